"""The files that schools send each other, by school: asked for, uploaded, found; and how long it took (S2 §9, §17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import counted
from casework.errors import NotThisRole
from casework.folding import folded
from casework.forms.moments import day_said
from casework.plain_table import PlainTable
from casework.practice.lives.case_shapes import CASE, SHAPES
from casework.practice.lives.states import rows
from casework.practice.roles import EDUCATION, reach_of
from desktop.flows.desk import Desk

CTF, LOST = "ctf", "lost_pupil"
HEADS = (
    "School", "Children", "Files asked for", "Files uploaded", "Files found", "Still asked for", "Longest wait in days",
    "Uploaded to the lost pupil database", "Found in the lost pupil database", "Not found there",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileStep:
    """One thing done about one child's file. `case`: of which case."""

    case: str
    child_id: str
    file: str
    step: str
    school: str
    on: date


@dataclass(frozen=True, slots=True)
class SchoolFiles:
    """`waiting`: files asked for, of which nothing has come since; `longest`: the days the slowest took, None while
    none has come."""

    school: str
    children: int
    asked: int
    uploaded: int
    found: int
    waiting: int
    longest: int | None
    lost_uploaded: int
    lost_found: int
    lost_not_found: int


def keeps_files(desk: Desk) -> bool:
    return reach_of(desk.officer.role).opens(CASE, EDUCATION)


def files_between(desk: Desk, *, since: date | None = None) -> tuple[SchoolFiles, ...]:
    """By the name of the school; of steps since a day. Raises NotThisRole."""
    if not keeps_files(desk):
        message = "Files between schools are kept by those who work with children missing education."
        raise NotThisRole(message)
    by_school: dict[str, list[FileStep]] = defaultdict(list)
    for one in _steps(desk):
        if since is None or one.on >= since:
            by_school[folded(one.school)].append(one)
    found = (_of_school(steps) for steps in by_school.values())
    return tuple(sorted(found, key=lambda one: one.school.casefold()))


def table_of(found: Iterable[SchoolFiles]) -> PlainTable:
    """A row a school."""
    return PlainTable(HEADS, [_cells(one) for one in found])


def as_json(one: SchoolFiles) -> dict[str, JSON]:
    return {
        "school": one.school,
        "children": one.children,
        "ctf": {"asked": one.asked, "uploaded": one.uploaded, "found": one.found, "waiting": one.waiting},
        "longest_days": one.longest,
        "lost_pupil": {"uploaded": one.lost_uploaded, "found": one.lost_found, "not_found": one.lost_not_found},
    }


def told(found: Iterable[SchoolFiles]) -> str:
    lines = [f"{one.school}: {line_of(one)}" for one in found]
    return "\n".join(lines) or "No file between schools is noted yet. Each step stands in the case."


def line_of(one: SchoolFiles) -> str:
    """“2 children. Files: 2 asked for, 1 uploaded, 0 found, 1 still asked for, longest 12 days. …”."""
    longest = f", longest {counted(one.longest, 'day')}" if one.longest is not None else ""
    files = f"{one.asked} asked for, {one.uploaded} uploaded, {one.found} found, {one.waiting} still asked for{longest}"
    lost = f"{one.lost_uploaded} uploaded, {one.lost_found} found, {one.lost_not_found} not found"
    return f"{counted(one.children, 'child', 'children')}. Files: {files}. Lost pupil database: {lost}."


def _cells(one: SchoolFiles) -> tuple[object, ...]:
    longest = "" if one.longest is None else one.longest
    files = (one.asked, one.uploaded, one.found, one.waiting, longest)
    return (one.school, one.children, *files, one.lost_uploaded, one.lost_found, one.lost_not_found)


def _steps(desk: Desk) -> Iterator[FileStep]:
    held = (one for form in SHAPES for one in desk.vault.summaries(form_id=form) if not one.discarded)
    for summary in held:
        for row in rows(summary.answers, "transfers"):
            if (step := _step(summary.record_id, summary.child_id, row)) is not None:
                yield step


def _step(case: str, child_id: str, row: Mapping[str, object]) -> FileStep | None:
    """None for a row in which the school, the day or the step is not said yet."""
    school, on = str(row.get("school") or "").strip(), day_said(row, "on")
    if not school or on is None or not row.get("step"):
        return None
    return FileStep(case, child_id, str(row.get("file") or CTF), str(row["step"]), school, on)


def _of_school(steps: list[FileStep]) -> SchoolFiles:
    waits = list(_waits(steps))
    done = [days for days in waits if days is not None]
    return SchoolFiles(
        school=max(steps, key=lambda one: one.on).school,
        children=len({one.child_id for one in steps}),
        asked=_count(steps, CTF, "asked"),
        uploaded=_count(steps, CTF, "uploaded"),
        found=_count(steps, CTF, "found"),
        waiting=len(waits) - len(done),
        longest=max(done, default=None),
        lost_uploaded=_count(steps, LOST, "uploaded"),
        lost_found=_count(steps, LOST, "found"),
        lost_not_found=_count(steps, LOST, "not_found"),
    )


def _waits(steps: list[FileStep]) -> Iterator[int | None]:
    """For each child's file that was asked for, the days until it was there; None while it is not."""
    cases = {one.case for one in steps if one.file == CTF and one.step == "asked"}
    for case in sorted(cases):
        own = [one for one in steps if one.case == case and one.file == CTF]
        asked = min(one.on for one in own if one.step == "asked")
        came = [one.on for one in own if one.step in ("uploaded", "found") and one.on >= asked]
        yield (min(came) - asked).days if came else None


def _count(steps: list[FileStep], file: str, step: str) -> int:
    """Children, each once."""
    return len({one.child_id for one in steps if one.file == file and one.step == step})
