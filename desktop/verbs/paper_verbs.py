"""Verbs of paper: a blank form to fill in by hand, and the page before a visit with its sheet."""

from __future__ import annotations

import argparse
from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.papers import before_you_go as flow
from desktop.flows.papers.visit_lines import as_json, told
from desktop.verbs.result import Result


def blank_form(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.papers import blank_forms  # noqa: PLC0415 - what makes PDFs takes half a second to load

    to = args.to or Path(blank_forms.suggested_blank(args.form))
    said = blank_forms.save_blank(
        desk, args.form, to, child_id=args.child, record_id=args.record, large=args.large_type, language=args.language
    )
    return {"file": str(to), "form": args.form, "large_type": args.large_type, "language": args.language}, said


def scan(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.papers import returned_sheets  # noqa: PLC0415 - what reads pictures takes a while to load

    found = returned_sheets.look_at_scan(desk, args.files, args.record)
    value: dict[str, JSON] = {**returned_sheets.as_json(found), "kept": args.keep}
    if not args.keep:
        return value, f"{returned_sheets.told(found)}\nNothing is kept yet. To keep the pages: --keep"
    if not found.record_id:
        message = f"{returned_sheets.told(found)}\nSay which record it is: homeward scan FILE… --record ID --keep"
        raise KnownError(message)
    said = returned_sheets.keep_pages(desk, found, found.record_id)
    return value, "\n".join((*found.said, said))


def before_you_go(args: argparse.Namespace, desk: Desk) -> Result:
    found = flow.before_you_go(desk, args.record)
    said = told(found, desk.now())
    if args.pdf:
        from desktop.flows.papers.visit_paper import save_sheet  # noqa: PLC0415 - what makes PDFs is slow to load

        said = save_sheet(desk, found, args.pdf)
    return {**as_json(found), "file": str(args.pdf) if args.pdf else None}, said
