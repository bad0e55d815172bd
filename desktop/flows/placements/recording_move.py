"""A child moves: the move is written down, the child's record follows, and whoever must hear is named (F11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.errors import AnswerError, KnownError, NotThisRole, UnknownRecord
from casework.practice.placements.placement_rules import MOVE, Hears, moved_on, must_hear
from casework.practice.roles import role_name
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.flows.case_file import CaseFile, case_file
from desktop.flows.children import born_words
from desktop.flows.desk import Desk
from desktop.flows.placements.placement_history import latest_move
from desktop.flows.record import editing
from desktop.flows.record.who_writes import writes_form
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new

KINDS = ("foster", "relatives", "childrens_home", "supported", "secure", "hospital", "other")
TO_A_COUNCIL: Mapping[Hears, str] = {
    Hears.RESPONSIBLE: "This child, for whom your council is responsible, has moved.",
    Hears.LIVES_THERE: "This child, for whom our council is responsible, lives in your area now.",
    Hears.LEFT: "This child, for whom our council is responsible, has left your area.",
}
_AHEAD = 28  # days: a move that is further off is not written down yet


@dataclass(frozen=True, slots=True)
class NewMove:
    """As a person says it; where nothing is said of councils, both are ours."""

    on: date
    to_name: str
    address: str = ""
    postcode: str = ""
    kind: str = ""
    why: str = ""
    host: str = ""
    responsible: str = ""


def writes_moves(desk: Desk) -> bool:
    return writes_form(desk, MOVE) and writes_form(desk, "child")


def record_move(desk: Desk, child_id: str, new: NewMove) -> str:
    """The new record. A move of today or before changes where the child's record says that the child lives, and that
    tells the worker, the reviewing officer and the missing team. Raises NotThisRole, AnswerError, UnknownRecord."""
    _refuse_other_roles(desk)
    file = case_file(desk, child_id)
    _refuse_unlikely(file, new)
    made = editing.new_record(desk, MOVE, child_id, _said(file, new))
    latest = latest_move(case_file(desk, child_id))
    if latest is not None and latest.record_id == made:
        editing.answer(desk, child_id, _lives_there(new))
    return made


def tell_council(desk: Desk, move_id: str, council: str, how: str) -> None:
    """That a council has heard, from whom and how. Raises AnswerError without either, and NotThisRole."""
    _refuse_other_roles(desk)
    if not council.strip() or not how.strip():
        message = "Say which council was told, and who there, and how."
        raise AnswerError(message)
    told: dict[str, JSON] = {"council": council.strip(), "on": _today(desk).isoformat(), "how": how.strip()}
    editing.answer(desk, _move_of(desk, move_id)[1], {"councils_told": [told]})


def council_notice(desk: Desk, move_id: str, council: str, to: Path) -> str:
    """The notice to one council, as a signed page, and that it was made. Says what was saved. Raises KnownError for a
    council that need not hear, NotJoined without a certificate, NotThisRole before anything is written."""
    _refuse_other_roles(desk)
    file, record_id = _move_of(desk, move_id)
    said = desk.vault.view(record_id).answers()
    due = must_hear(file.child.facts, said, file.council)
    one = next((one for one in due if one.council.casefold() == council.strip().casefold()), None)
    if one is None:
        names = ", ".join(one.council for one in due) or "none"
        message = f"That council need not hear of this move. Those that must: {names}."
        raise KnownError(message)
    on = moved_on(said)
    where = ", ".join(str(said[part]) for part in ("to_name", "to_address", "to_postcode") if said.get(part))
    born = born_words(file.child) or "Not recorded"
    asks = f"{TO_A_COUNCIL[one.why]} Please note it, and tell us whom to reach with you when the child is missing."
    paper = TablePaper(
        form="placement_notice",
        title="Placement of a looked-after child",
        line=f"To: {one.council}. {asks}",
        heads=("Child", "Born", "Moved", "Lives now", "Responsible", "Reach"),
        widths=(0.17, 0.13, 0.13, 0.25, 0.16, 0.16),
        rows=[
            (
                file.child.name, born, day(on) if on else "Day not recorded",
                where if one.why is not Hears.LEFT else "Not in your area",
                str(said.get("responsible_la") or desk.officer.council), _reach(file, desk),
            )
        ],
        author=desk.officer.name,
        council=desk.officer.council,
        officer_id=desk.officer.id,
        made=desk.now(),
    )  # fmt: skip
    data = seal_pdf(table_pdf(paper, fonts()), identity(desk), reason="Notice", place=paper.council, at=paper.made)
    write_new(to, data)
    tell_council(desk, record_id, one.council, "By notice")
    desk.vault.audit.add("exported", record=record_id, copy="placement_notice", to=one.council)
    return f"Saved as {to.name}, for {one.council}. This laptop does not send it: you do."


def _refuse_other_roles(desk: Desk) -> None:
    if not writes_moves(desk):
        message = f"The role “{role_name(desk.officer.role)}” does not write down moves. The child’s worker does."
        raise NotThisRole(message)


def _refuse_unlikely(file: CaseFile, new: NewMove) -> None:
    if not new.to_name.strip():
        message = "Write where the child moved to."
        raise AnswerError(message)
    if file.child.facts.get("care_status") != "lac":
        message = "The child’s record does not say looked after. Enter the status there first, then the move."
        raise AnswerError(message)
    if (new.on - file.today).days > _AHEAD:
        message = f"{day(new.on)} is more than four weeks away. Write the move down nearer the day."
        raise AnswerError(message)
    if new.kind and new.kind not in KINDS:
        message = f"“{new.kind}” is not a kind of placement. Choose from: {', '.join(KINDS)}."
        raise AnswerError(message)


def _said(file: CaseFile, new: NewMove) -> dict[str, JSON]:
    known, before = file.child.facts, latest_move(file)
    said: dict[str, JSON] = {
        "moved_on": new.on.isoformat(),
        "from_name": known.get("placement_name") or known.get("address"),
        "from_postcode": known.get("placement_postcode"),
        "from_la": before.answers.get("host_la") if before else None,
        "to_name": new.to_name.strip(),
        "to_address": new.address.strip(),
        "to_postcode": new.postcode.strip(),
        "kind": new.kind,
        "why": new.why.strip(),
        "responsible_la": new.responsible.strip() or (known.get("responsible_la") if known.get("other_la") else None),
        "host_la": new.host.strip(),
    }
    return {name: value for name, value in said.items() if isinstance(value, str) and value}


def _lives_there(new: NewMove) -> dict[str, JSON]:
    """How far it is nobody has measured yet: the miles of the old placement would send the wrong interviewer."""
    lives = ", ".join(part for part in (new.to_name.strip(), new.address.strip()) if part)
    miles: dict[str, JSON] = {name: {"none": "not_known"} for name in ("placement_home_miles", "placement_miles")}
    return {
        "placement_name": new.to_name.strip(),
        "placement_postcode": new.postcode.strip() or None,
        "placement_moved_on": new.on.isoformat(),
        "address": lives,
        **miles,
    }


def _move_of(desk: Desk, move_id: str) -> tuple[CaseFile, str]:
    view = editing.current_view(desk, move_id)
    if view.form_id != MOVE:
        message = "That is no move. The moves of a child are listed with: homeward placements CHILD"
        raise UnknownRecord(message)
    return case_file(desk, view.child_id), view.record_id


def _reach(file: CaseFile, desk: Desk) -> str:
    known = file.child.facts
    named = [str(known[name]) for name in ("allocated_worker", "worker_contact") if known.get(name)]
    return ", ".join(named) or f"{desk.officer.name}, {desk.officer.council}"


def _today(desk: Desk) -> date:
    return local(desk.now()).date()
