"""What this laptop holds about one child, read once and sorted by form: what pictures and warnings are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.forms.moments import span
from casework.practice.council import Council
from casework.practice.deadlines import Clocks, rhi_clocks
from casework.practice.triggers import Episode
from desktop.flows.children import Child, child_from, child_of
from desktop.flows.desk import Desk
from desktop.flows.wording import local
from desktop.store.vault import Summary

EPISODE, INTERVIEW, PLAN = "missing_episode", "return_home_interview", "find_me_plan"
NO_EPISODE = ("entered_in_error", "duplicate")


@dataclass(frozen=True)
class CaseFile:
    """One child's records; `of` gives those of a form, latest change first."""

    child: Child
    records: Mapping[str, Sequence[Summary]]
    now: datetime
    council: Council

    @property
    def today(self) -> date:
        return local(self.now).date()

    def of(self, form_id: str) -> Sequence[Summary]:
        return self.records.get(form_id, ())

    def real_episodes(self) -> list[Summary]:
        """Those that were episodes, and whose beginning is known, oldest first."""
        known = [s for s in self.of(EPISODE) if s.answers.get("outcome") not in NO_EPISODE and began(s)]
        return sorted(known, key=lambda s: _stamp(began(s)))

    def episodes(self) -> list[Episode]:
        return [self._episode(summary, start) for summary in self.real_episodes() if (start := began(summary))]

    def agreed_plans(self) -> list[Summary]:
        """The agreed versions, first to last: the place in the list is the version less one."""
        return sorted((plan for plan in self.of(PLAN) if plan.locked), key=lambda plan: plan.created_at)

    def _episode(self, summary: Summary, start: datetime) -> Episode:
        care = str(summary.answers.get("care_status") or self.child.facts.get("care_status") or "")
        return Episode(summary.record_id, start, ended(summary), care)


def case_file(desk: Desk, child_id: str) -> CaseFile:
    """Raises UnknownRecord when this laptop holds no such child."""
    return _sorted_out(desk, child_of(desk, child_id), desk.vault.summaries(child_id=child_id))


def case_files(desk: Desk, summaries: Iterable[Summary]) -> dict[str, CaseFile]:
    """Every child's, from one reading of the store."""
    by_child: dict[str, list[Summary]] = defaultdict(list)
    for summary in summaries:
        by_child[summary.child_id].append(summary)
    return {child_id: file for child_id, held in by_child.items() if (file := _of_child(desk, child_id, held))}


def began(episode: Summary) -> datetime | None:
    """From when the child was missing; for a time known only roughly, the earliest it can have been."""
    known = span(episode.answers.get("last_seen_at")) or span(episode.answers.get("reported_at"))
    return known.first if known else None


def ended(episode: Summary) -> datetime | None:
    """When the child was found; for a return whose time is not known, the end of the day it is known by."""
    found = span(episode.answers.get("found_at"))
    return found.last if found else None


def return_clocks(episode: Mapping[str, JSON], now: datetime, council: Council) -> Clocks:
    """Both clocks of an episode; a return whose time is not known cannot be counted in hours."""
    found = span(episode.get("found_at"))
    if found is None:
        return rhi_clocks(None, now, council)
    exact = found.first == found.last
    return rhi_clocks(found.first if exact else local(found.last).date(), now, council)


def _of_child(desk: Desk, child_id: str, held: Sequence[Summary]) -> CaseFile | None:
    own = next((s for s in held if s.record_id == child_id and s.form_id == "child"), None)
    return _sorted_out(desk, child_from(desk, own), held) if own is not None else None


def _sorted_out(desk: Desk, child: Child, held: Iterable[Summary]) -> CaseFile:
    records: dict[str, list[Summary]] = defaultdict(list)
    for summary in held:
        records[summary.form_id].append(summary)
    return CaseFile(child, records, desk.now(), desk.catalogue.council)


def _stamp(when: datetime | None) -> float:
    return when.timestamp() if when else 0.0
