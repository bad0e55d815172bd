"""Finding a child or a record among those on this laptop."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.flows.children import child_of, title_of
from desktop.flows.desk import Desk


@dataclass(frozen=True, slots=True)
class Match:
    """A record whose words match; `where` says what of it matched."""

    record_id: str
    child_id: str
    child_name: str
    title: str
    where: str


def find(desk: Desk, text: str, limit: int = 50) -> tuple[Match, ...]:
    """Names, aliases, references and narratives, by the beginnings of words; accents and case do not matter."""
    if not text.strip():
        return ()
    found = []
    for hit in desk.vault.search(text, limit):
        summary = desk.vault.summary(hit.record_id)
        if summary is not None and summary.form_id != "note":
            child = child_of(desk, summary.child_id)
            found.append(
                Match(summary.record_id, summary.child_id, child.name_and_age, title_of(desk, summary), hit.snippet)
            )
    return tuple(found)
