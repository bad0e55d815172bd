"""Verbs of looking over the caseload: find, who is missing, what is due, tables."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import typed_day
from casework.errors import KnownError
from casework.plain_table import PlainTable
from desktop.flows.caseload import case_row, case_table, cross_list, saved_table
from desktop.flows.caseload.saved_views import SavedView, keep_view, saved_view
from desktop.flows.child import told_of_child
from desktop.flows.desk import Desk
from desktop.flows.due import doubles, due_list, missing_listed, missing_now
from desktop.flows.figures.periods_offered import PeriodOffered
from desktop.flows.record import as_text
from desktop.flows.record import finding as searching
from desktop.flows.sheet_reading import month_typed
from desktop.verbs.result import Result


def list_records(args: argparse.Namespace, desk: Desk) -> Result:
    rows = as_text.listed(desk, form_id=args.form, child_id=args.child)
    lines = [f"{row['record']}  {row['state']:<7} {row['title']}, {row['child_name']}" for row in rows]
    return list(rows), "\n".join(lines) or "No records here yet. Add one, or fetch yours with: homeward sync"


def find(args: argparse.Namespace, desk: Desk) -> Result:
    found = searching.find(desk, " ".join(args.words))
    said = "\n".join(map(searching.told, found)) or "No match on this laptop."
    return [searching.as_json(one) for one in found], said


def list_missing(args: argparse.Namespace, desk: Desk) -> Result:
    found = missing_now.missing_now(desk)
    if args.csv:
        return table_saved(args.csv, desk, "missing now", missing_listed.table_of(found, desk.now()))
    return [missing_listed.as_json(one) for one in found], missing_listed.told(found, desk)


def list_told(args: argparse.Namespace, desk: Desk) -> Result:
    found = told_of_child.told_listed(desk, args.child)
    parts = [
        "\n".join([f"{one.child.name}. {one.about}".rstrip(". "), *(f"  {name}: {words}" for name, words in one.lines)])
        for one in found
    ]
    line = [found[0].line] if found else []
    none = "The council told nothing of records that are not on this laptop."
    return [told_of_child.as_json(one) for one in found], "\n\n".join([*line, *parts]) or none


def list_doubles(_args: argparse.Namespace, desk: Desk) -> Result:
    found = doubles.every_double(desk)
    lines = [
        f"{one.second.record_id}  {one.child.name}, {one.second.title}\n"
        f"  {one.why}: {one.first.record_id}, {one.first.title}"
        for one in found
    ]
    values: list[JSON] = [
        {"child": d.child.child_id, "episode": d.second.record_id, "other": d.first.record_id, "why": d.why}
        for d in found
    ]
    return values, "\n".join(lines) or "No two episodes here look like one."


def decide_double(args: argparse.Namespace, desk: Desk) -> Result:
    deed = doubles.not_same_as if args.two else doubles.same_as
    deed(desk, args.record, args.other)
    value: JSON = {"episode": args.record, "other": args.other, "same": not args.two}
    said = "They are two episodes, and both count." if args.two else "They are one episode, and count once."
    return value, f"{said} Both records stay to be read."


def list_due(args: argparse.Namespace, desk: Desk) -> Result:
    found = due_list.due_list(desk, until=typed_date(args.until), strand=args.strand)
    if args.csv:
        return table_saved(args.csv, desk, "due", due_list.table_of(found))
    return due_list.as_json(found), due_list.told(found)


def list_cases(args: argparse.Namespace, desk: Desk) -> Result:
    case_table.refuse_without_cases(desk)
    on = typed_date(args.register) or typed_date(args.on)
    only, wanted = _wanted_cases(args, desk)
    held = case_table.caseload(desk, on=on)
    tables = [case_row.CaseTable(only)] if only else list(held.tables)
    found = {table: case_row.chosen(held.tables.get(table, ()), wanted) for table in tables}
    if args.pdf:
        from desktop.flows.caseload.printed_table import print_caseload  # noqa: PLC0415 - what makes PDFs takes half a second to load

        table = tables[0]
        said = print_caseload(desk, args.pdf, table, found[table], held.today, wanted=wanted)
        return {"file": str(args.pdf), "rows": len(found[table])}, said
    if args.csv:
        every = case_row.table_of(row for rows in found.values() for row in rows)
        return table_saved(args.csv, desk, "caseload", every)
    value: JSON = [case_row.as_json(row) for rows in found.values() for row in rows]
    return value, "\n\n".join(case_row.told(table, rows, held.today) for table, rows in found.items())


def list_crossed(args: argparse.Namespace, desk: Desk) -> Result:
    found = cross_list.cross_list(desk, since=typed_date(args.since))
    both = tuple(cross_list.Crossed(kind) for kind in args.both)
    rows = cross_list.crossed(found.rows, cross_list.CrossWanted(both, args.least, args.words, args.sort))
    if args.csv:
        return table_saved(args.csv, desk, "cross-list", cross_list.table_of(rows))
    value: JSON = {
        "since": found.since.isoformat(),
        "not_kept": [kind.value for kind in found.elsewhere],
        "children": [cross_list.as_json(row) for row in rows],
    }
    return value, cross_list.told(rows, found)


def _wanted_cases(args: argparse.Namespace, desk: Desk) -> tuple[str, case_row.Wanted]:
    """Which table, or an empty text for all, and which rows: as a kept view has them, or as the line says."""
    if args.view:
        kept = saved_view(desk, args.view)
        return kept.table, kept.wanted
    wanted = case_row.Wanted(
        stage=args.stage, locality=args.locality, officer=args.of, words=args.words, order=args.sort,
        register_only=args.register is not None,
        due_month=month_typed(args.due_in, "caseload").isoformat()[:7] if args.due_in else "",
    )  # fmt: skip
    only = args.strand or (case_row.CaseTable.MISSING_EDUCATION if wanted.register_only else "")
    if args.keep_view:
        table = case_row.CaseTable(only or case_table.tables_for(desk.officer.role)[0])
        keep_view(desk, SavedView(args.keep_view, table, wanted))
    return only, wanted


def table_saved(file: Path, desk: Desk, name: str, table: PlainTable) -> Result:
    """In a file; a dash prints it."""
    if str(file) == "-":
        text = saved_table.table_text(desk, name, table)
        return {"file": "", "rows": len(table.rows), "table": text}, text
    said = saved_table.save_table(desk, file, name, table)
    return {"file": str(file), "rows": len(table.rows)}, said


def typed_date(text: str | None) -> date | None:
    """Raises KnownError for what is no date."""
    try:
        return typed_day(text) if text else None
    except ValueError as error:
        message = f"“{text}” is not a date. Write it as 2026-12-31."
        raise KnownError(message) from error


def typed_period(args: argparse.Namespace, usual: PeriodOffered) -> tuple[date, date]:
    """The days of --from and --to, each the usual one where it is not told. Raises KnownError where one is wrong."""
    first, last = typed_date(args.first) or usual.first, typed_date(args.last) or usual.last
    if first > last:
        message = "The period ends before it begins. Give the first day with --from and the last with --to."
        raise KnownError(message)
    return first, last
