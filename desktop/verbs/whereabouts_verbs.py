"""Verbs of where a child may be or lives: harbouring notices, placements and moves, the Find Me card."""

from __future__ import annotations

import argparse

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import AnswerError
from desktop.flows.case_file import case_file
from desktop.flows.children import children
from desktop.flows.desk import Desk
from desktop.flows.harbouring import deciding_notice, harbouring_listed
from desktop.flows.placements import placements_listed
from desktop.flows.placements.placement_history import placed_elsewhere, placements_of
from desktop.verbs.caseload_verbs import table_saved, typed_date
from desktop.verbs.result import Result


def list_harbouring(args: argparse.Namespace, desk: Desk) -> Result:
    found, today = harbouring_listed.harbouring_notices(desk, args.ending_in), local(desk.now()).date()
    if args.csv:
        return table_saved(args.csv, desk, "harbouring notices", harbouring_listed.table_of(found, today))
    return [harbouring_listed.as_json(one) for one in found], harbouring_listed.told(found, today, args.ending_in)


def renew_harbouring(args: argparse.Namespace, desk: Desk) -> Result:
    said = deciding_notice.renew_notice(desk, args.notice, typed_date(args.until), args.why)
    return {"notice": args.notice}, said


def end_harbouring(args: argparse.Namespace, desk: Desk) -> Result:
    said = deciding_notice.end_notice(desk, args.notice, args.how, args.why, args.by, typed_date(args.on))
    return {"notice": args.notice}, said


def list_placements(args: argparse.Namespace, desk: Desk) -> Result:
    """Of one child, or of each whom another council has a part in."""
    who = [args.child] if args.child else placed_elsewhere(desk, children(desk))
    found = [placements_of(desk, case_file(desk, child)) for child in who]
    if args.csv:
        return table_saved(args.csv, desk, "placements", placements_listed.table_of(found))
    values: list[JSON] = [placements_listed.as_json(one) for one in found]
    said = "\n\n".join(placements_listed.told(one, local(desk.now()).date()) for one in found)
    nobody = "No child on this laptop is another council’s, or is known to live in another’s area."
    return values[0] if args.child else values, said or nobody


def move(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.placements import recording_move  # noqa: PLC0415 - what makes PDFs takes half a second to load

    on = typed_date(args.on)
    if on is None:
        message = "Say on which day the child moved, as 2026-12-31."
        raise AnswerError(message)
    new = recording_move.NewMove(
        on, args.to_name, args.address, args.postcode, args.kind, args.why, args.host, args.responsible
    )
    made = recording_move.record_move(desk, args.child, new)
    found = placements_of(desk, case_file(desk, args.child))
    value: JSON = {"record": made, "placements": placements_listed.as_json(found)}
    return value, f"{made}\n{placements_listed.told(found, local(desk.now()).date())}"


def tell_council(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.placements import recording_move  # noqa: PLC0415 - as above

    if args.pdf:
        said = recording_move.council_notice(desk, args.move, args.council, args.pdf)
        return {"move": args.move, "council": args.council, "file": str(args.pdf)}, said
    recording_move.tell_council(desk, args.move, args.council, args.how)
    return {"move": args.move, "council": args.council, "how": args.how}, f"{args.council} was told, as of today."


def find_me_card(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.child import find_me  # noqa: PLC0415 - as above
    from desktop.flows.signing.copy_log import Given  # noqa: PLC0415 - as above

    if args.pdf:
        given = Given(args.given_to) if args.given_to else None
        made = find_me.save_card(desk, args.child, args.pdf, given=given, for_police=args.for_police)
        return {"file": str(args.pdf)}, f"{made.title}: saved as {made.path.name}. {made.note}".rstrip()
    found = find_me.find_me(desk, args.child)
    return find_me.as_json(found), find_me.told(found)
