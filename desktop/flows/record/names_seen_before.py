"""What this laptop knew of a person or a place before they were named here (F13: the same name in two records)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casework.forms.carrying import provenance
from desktop.flows.children import child_of, title_of
from desktop.flows.desk import Desk
from desktop.flows.record.linked_records import CALLED, happened
from desktop.store.vault import Summary

SHORTEST = 3  # letters: two would find half of the store
_NOT_LOOKED_IN = {"note", "appointment"}


@dataclass(frozen=True, slots=True)
class KnownBefore:
    """`line` and `record_id` are empty when no other record on this laptop has the name."""

    name: str
    line: str
    record_id: str = ""


def known_before(desk: Desk, record_id: str, names: Sequence[str]) -> tuple[KnownBefore, ...]:
    """One line for each name, in their order; records of every child this officer has, as people go about together."""
    kept = dict.fromkeys(name.strip() for name in names if len(name.strip()) >= SHORTEST)
    return tuple(_known(desk, record_id, name) for name in kept)


def _known(desk: Desk, record_id: str, name: str) -> KnownBefore:
    hits = desk.vault.search(name, 20)
    found = [(s, hit.snippet) for hit in hits if (s := desk.vault.summary(hit.record_id)) and _counts(s, record_id)]
    found.sort(key=lambda pair: happened(pair[0].answers, pair[0].created_at), reverse=True)
    if not found:
        return KnownBefore(name, "")
    summary, snippet = found[0]
    return KnownBefore(name, f"{_where(desk, summary)}: {' '.join(snippet.split())}", summary.record_id)


def _counts(summary: Summary, record_id: str) -> bool:
    return summary.record_id != record_id and summary.form_id not in _NOT_LOOKED_IN and not summary.discarded


def _where(desk: Desk, summary: Summary) -> str:
    """“Kit Dunmore, the interview of 16 March 2026”."""
    when = {"updated_at": happened(summary.answers, summary.created_at)}
    source = CALLED.get(summary.form_id)
    what = provenance(source, when).removeprefix("from ") if source else title_of(desk, summary)
    return f"{child_of(desk, summary.child_id).name}, {what}"
