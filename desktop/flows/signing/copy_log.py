"""Who holds a copy of what: filled by saving one, and read when a plan is replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import day, day_and_time, local
from casework.errors import UnknownRecord
from casework.forms.moments import span
from casework.plain_table import PlainTable
from casework.practice.copies.copy_table import PLAN, form_of_copy
from casework.practice.lives.kept_record import signing_order
from casework.practice.roles import reach_of
from desktop.flows.children import title_of
from desktop.flows.desk import Desk
from desktop.flows.record.editing import new_record
from desktop.flows.record.plan_versions import PlanVersion, live_plan, plan_versions, version_of
from desktop.store.vault import Summary

HEADS = ("Given to", "Which copy", "Version", "How", "With a password", "When", "By whom", "Now", "Copy")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Given:
    """To whom a copy goes, as the person who saves it says; empty words are filled from the copy's own title."""

    to_whom: str = ""
    how: str = ""
    protected: bool = False  # it opens with a password, which is written nowhere


@dataclass(frozen=True, slots=True)
class CopyGiven:
    """`is_old`: of a plan, a later version is agreed and nobody has told this holder."""

    record_id: str
    about: str
    copy: str
    version: int
    to_whom: str
    how: str
    made_at: datetime | None
    made_by: str
    recalled_at: datetime | None
    is_old: bool
    protected: bool = False

    @property
    def line(self) -> str:
        """“Police, version 2, 10 March 2026, by Nadia Brightwater”."""
        version = f"version {self.version}" if self.version else ""
        made = day(local(self.made_at).date()) if self.made_at else ""
        by, kept = f"by {self.made_by}" if self.made_by else "", "with a password" if self.protected else ""
        parts = (self.to_whom, version, self.how.lower(), kept, made, by)
        return ", ".join(part for part in parts if part)

    @property
    def state(self) -> str:
        if self.recalled_at:
            return f"Told on {day(local(self.recalled_at).date())} that it is replaced"
        return "Holds an old version" if self.is_old else ""


def note_copy(desk: Desk, about: str, *, copy: str, title: str, given: Given) -> str:
    """The copy that was just saved. A role that writes no such record leaves it in this laptop's own trail alone."""
    view = desk.vault.view(about)
    strand = view.bucket.rpartition(":")[2]
    form, reach = form_of_copy(view.form_id), reach_of(desk.officer.role)
    if not (reach.writes_form(form) and reach.opens(form, strand)):
        return ""
    version = version_of(desk, view)
    known: dict[str, JSON] = {
        "about": about,
        "about_form": view.form_id,
        "version": version.number if version else None,
        "copy": copy,
        "to_whom": (given.to_whom.strip() or title)[:LONGEST],
        "how": given.how or None,
        "protected": given.protected or None,
        "made_at": desk.now().isoformat(timespec="seconds"),
        "made_by": desk.officer.name,
    }
    return new_record(desk, form, view.child_id, {name: v for name, v in known.items() if v is not None}, strand=strand)


def copies_of(desk: Desk, record_id: str) -> tuple[CopyGiven, ...]:
    """The newest first; of a plan, those of every version of this child's. Raises UnknownRecord."""
    summary = desk.vault.summary(record_id)
    if summary is None:
        message = "That record is not on this laptop."
        raise UnknownRecord(message)
    plans = desk.vault.summaries(form_id=PLAN, child_id=summary.child_id) if summary.form_id == PLAN else []
    wanted = {plan.record_id for plan in plans} | {record_id}
    live = live_plan(plan_versions(plans))
    held = desk.vault.summaries(form_id=form_of_copy(summary.form_id), child_id=summary.child_id)
    found = [_read(desk, one, live) for one in held if one.answers.get("about") in wanted]
    return tuple(sorted(found, key=lambda one: _stamp(one.made_at), reverse=True))


def old_holders(found: Iterable[CopyGiven]) -> tuple[CopyGiven, ...]:
    return tuple(one for one in found if one.is_old)


def old_copies_about(desk: Desk, child_id: str) -> tuple[CopyGiven, ...]:
    """Who holds a version of the plan that a later one has replaced, and has not been told."""
    plans = sorted((p for p in desk.vault.summaries(form_id=PLAN, child_id=child_id) if p.locked), key=signing_order)
    return old_holders(copies_of(desk, plans[-1].record_id)) if plans else ()


def as_json(one: CopyGiven) -> dict[str, JSON]:
    return {
        "copy": one.record_id,
        "record": one.about,
        "which": one.copy,
        "version": one.version or None,
        "to": one.to_whom,
        "how": one.how or None,
        "protected": one.protected,
        "made_at": one.made_at.isoformat() if one.made_at else None,
        "made_by": one.made_by,
        "recalled_at": one.recalled_at.isoformat() if one.recalled_at else None,
        "old": one.is_old,
    }


def table_of(found: Sequence[CopyGiven]) -> PlainTable:
    return PlainTable(HEADS, list(_cells(found)))


def told(found: Sequence[CopyGiven]) -> str:
    lines = [f"{one.record_id}  {one.line}{f'. {one.state}' if one.state else ''}" for one in found]
    return "\n".join(lines) or "No copy of it is known to have been made."


def _cells(found: Sequence[CopyGiven]) -> Iterator[tuple[str, ...]]:
    for one in found:
        made = day_and_time(one.made_at) if one.made_at else ""
        version = str(one.version) if one.version else ""
        kept = "Yes" if one.protected else ""
        yield one.to_whom, one.copy, version, one.how, kept, made, one.made_by, one.state, one.record_id


def _read(desk: Desk, summary: Summary, live: PlanVersion | None) -> CopyGiven:
    said, form = summary.answers, desk.catalogue.form(summary.form_id, summary.form_version)
    how = desk.catalogue.display(form, "how", said["how"]) if said.get("how") else ""
    version = number if isinstance(number := said.get("version"), int) else 0
    made, recalled = span(said.get("made_at")), span(said.get("recalled_at"))
    is_old = bool(live and version and version < live.number and not recalled)
    return CopyGiven(
        summary.record_id, str(said.get("about")), str(said.get("copy") or ""), version,
        str(said.get("to_whom") or title_of(desk, summary)), how,
        made.first if made else None, str(said.get("made_by") or ""), recalled.first if recalled else None, is_old,
        said.get("protected") is True,
    )  # fmt: skip


def _stamp(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0
