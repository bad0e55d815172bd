"""A child's missing episodes as rules count them: those that were episodes, and of two that may be one the earlier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from casework.forms.conditions import is_answered
from casework.forms.moments import span
from casework.identifiers import RecordId, child_named
from casework.practice.lives.kept_record import K, KeptRecord
from casework.practice.lives.states import rows
from casework.practice.oversight import Started, possible_doubles
from casework.practice.triggers import Episode

NO_EPISODE = ("entered_in_error", "duplicate")


def real_episodes(held: Iterable[K]) -> list[tuple[K, datetime]]:
    """Those whose beginning is known, oldest first."""
    known = [(one, start) for one in held if one.answers.get("outcome") not in NO_EPISODE and (start := began(one))]
    return sorted(known, key=lambda one: one[1].timestamp())


def undecided_doubles(real: Sequence[tuple[KeptRecord, datetime]]) -> tuple[tuple[str, str], ...]:
    """Pairs that may be one episode, and about which nobody has decided; the earlier of each first."""
    if len(real) < 2:
        return ()
    apart = {frozenset((one.record_id, other)) for one, _start in real for other in _looked_at(one)}
    found = possible_doubles(_started(one, start) for one, start in real)
    return tuple(pair for pair in found if frozenset(pair) not in apart)


def every_episode(real: Sequence[tuple[KeptRecord, datetime]], child: Mapping[str, Any]) -> list[Episode]:
    """As they were recorded, doubles too; what an episode does not say of its child’s care, the child’s record does."""
    usual = child.get("care_status")
    return [
        Episode(one.record_id, start, ended(one), str(one.answers.get("care_status") or usual or ""))
        for one, start in real
    ]


def counted_episodes(every: Sequence[Episode], doubles: Iterable[tuple[str, str]]) -> list[Episode]:
    """Of two that may be one, the later waits until somebody has decided."""
    later = {second for _first, second in doubles}
    return [episode for episode in every if episode.id not in later]


def began(episode: KeptRecord) -> datetime | None:
    """From when the child was missing; for a time known only roughly, the earliest it can have been."""
    known = span(episode.answers.get("last_seen_at")) or span(episode.answers.get("reported_at"))
    return known.first if known else None


def ended(episode: KeptRecord) -> datetime | None:
    """When the child was found; for a return whose time is not known, the end of the day it is known by. Of one whose
    day is not known either no length can be told, so it counts as none."""
    found = span(episode.answers.get("found_at"))
    if found is None and is_answered(episode.answers.get("found_at")):
        return began(episode)
    return found.last if found else None


def _looked_at(episode: KeptRecord) -> Iterable[str]:
    """The episodes somebody has said this one is not the same as."""
    return (str(row.get("episode_id")) for row in rows(episode.answers, "not_same_as"))


def _started(episode: KeptRecord, start: datetime) -> Started:
    reference = str(episode.answers.get("police_ref") or "").strip().casefold()
    return Started(RecordId(episode.record_id), child_named(episode.child_id), start, ended(episode), reference)
