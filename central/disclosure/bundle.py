"""The folder of an export: whole or not there, for its owner alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from casework.canonical import JSON
from casework.forms import QuestionType
from casework.plain_table import PlainTable
from casework.practice.copies.copy_table import COPIES
from central.database.errors import CentralError
from central.database.home import write_private
from central.disclosure import bundle_pages
from central.disclosure.bundle_pages import Export
from central.disclosure.held_about import HeldAbout
from central.disclosure.record_told import ToldRecord

FILES = "files"
KNOWN_ENDS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/heic": ".heic",
    "image/avif": ".avif",
    "application/pdf": ".pdf",
}
NOT_EMPTY = "{} is there already. Name a folder that is not, so that two exports never lie in one."


def refuse_taken(folder: Path) -> None:
    """Raises CentralError before anything was gathered."""
    if folder.exists():
        raise CentralError(NOT_EMPTY.format(folder))


def place_files(about: HeldAbout, records: tuple[ToldRecord, ...]) -> dict[str, str]:
    """Where each file will lie; empty for one that has not reached the service. Named by number: a name given by
    somebody may lead out of the folder."""
    found: dict[str, str] = {}
    for value in _files(records):
        sha256 = str(value.get("sha256"))
        if sha256 not in found:
            end = KNOWN_ENDS.get(str(value.get("type")), "")
            found[sha256] = f"{FILES}/{len(found) + 1:03}{end}" if about.blobs.path(sha256).is_file() else ""
    return found


def write(export: Export, folder: Path) -> None:
    """Beside its place first, so that half an export never looks like one."""
    beside = folder.with_name(folder.name + ".new")
    if beside.exists():
        shutil.rmtree(beside)
    beside.mkdir(parents=True, mode=0o700)
    for name, text in _texts(export):
        write_private(beside / name, text.encode("utf-8-sig" if PurePath(name).suffix == ".csv" else "utf-8"))
    for sha256, place in export.files.items():
        if place:
            write_private(beside / place, export.about.blobs.path(sha256).read_bytes())
    beside.rename(folder)


def _texts(export: Export) -> Iterator[tuple[str, str]]:
    yield bundle_pages.DECIDE, bundle_pages.decide_page(export)
    yield bundle_pages.RECORDS, bundle_pages.records_page(export)
    yield "records.json", json.dumps(_as_json(export), ensure_ascii=False, indent=1) + "\n"
    yield "decide.csv", _table(list(_marks(export)))
    yield "history.csv", _table(list(_history(export)))
    yield "access.csv", _table(bundle_pages.access_rows(export.about))
    yield "copies.csv", _table(list(_copies(export)))


def _table(rows: list[dict[str, object]]) -> str:
    return PlainTable.of(rows).csv() + "\n"


def _files(records: tuple[ToldRecord, ...]) -> Iterator[Mapping[str, JSON]]:
    """Also those that were taken out again: the history names them."""
    for record in records:
        for op in record.held.operations:
            yield from (
                change.value
                for change in op.changes
                if isinstance(change.value, dict) and {"sha256", "bytes", "type", "name"} == set(change.value)
            )


def _marks(export: Export) -> Iterator[dict[str, object]]:
    for mark in export.marks:
        record = mark.record
        place = {"number": record.number if record else "", "record": record.title if record else ""}
        yield {**place, "question": mark.question, "why": str(mark.why), "what": mark.words, "decided": ""}


def _history(export: Export) -> Iterator[dict[str, object]]:
    for record in export.records:
        for deed in record.history:
            said = "\n".join((deed.what, *deed.lines))
            yield {"number": record.number, "record": record.title, "when": deed.at, "who": deed.who, "what": said}


def _copies(export: Export) -> Iterator[dict[str, object]]:
    """Copies that went out, and letters."""
    for record in export.records:
        if record.held.view.form_id in (*COPIES, "letter"):
            answers = {a.question.id: a.text for a in record.answers if a.question and a.question.type not in _NOT_SAID}
            yield {
                "number": record.number,
                "what": record.title,
                "to": answers.get("to_whom") or answers.get("to_name", ""),
                "how": answers.get("how", ""),
                "when": answers.get("made_at") or answers.get("sent_on", ""),
                "by": answers.get("made_by", ""),
            }


_NOT_SAID = (QuestionType.FILE, QuestionType.INK)


def _as_json(export: Export) -> dict[str, JSON]:
    """For whoever has to search or move it by program: the very operations, as they were signed."""
    return {
        "child": export.about.child_id,
        "name": export.about.name,
        "made_at": export.made.isoformat(timespec="seconds"),
        "made_by": export.by,
        "made_for": export.to,
        "records": [_record_json(record) for record in export.records],
        "not_taken_in": [
            {"status": str(row["status"]), "received_at": str(row["received_at"]), "as_sent": str(row["payload"])}
            for row in export.about.waiting
        ],
    }


def _record_json(record: ToldRecord) -> JSON:
    view = record.held.view
    return {
        "number": record.number,
        "title": record.title,
        "record": view.record_id,
        "form": view.form_id,
        "form_version": view.form_version,
        "answers": view.answers(),
        "history": [op.to_json() for op in record.held.operations],
    }
