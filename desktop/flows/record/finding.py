"""Finding a child or a record among those on this laptop."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from casework.canonical import JSON
from casework.practice.copies.copy_table import COPIES
from casework.practice.homes.of_no_child import OF_NO_CHILD
from casework.practice.notices.notice_table import NOTICE
from desktop.flows.children import child_of, title_of
from desktop.flows.desk import Desk
from desktop.flows.record.plan_versions import PlanStanding, version_of
from desktop.store.database.search_words import is_id
from desktop.store.vault import Summary

QUIET = ("note", NOTICE, *OF_NO_CHILD, *COPIES)


@dataclass(frozen=True, slots=True)
class Match:
    """A record whose words match; `where` says what of it matched."""

    record_id: str
    child_id: str
    child_name: str
    title: str
    where: str


def find(desk: Desk, text: str, limit: int = 50) -> tuple[Match, ...]:
    """Names, aliases, references and narratives, by the beginnings of words, and days of birth; then names that are
    nearly so. Accents, signs and case do not matter."""
    if not text.strip():
        return ()
    found = []
    for hit in desk.vault.search(text, limit, near=True):
        summary = desk.vault.summary(hit.record_id)
        if summary is not None and summary.form_id not in QUIET and not _is_replaced(desk, summary):
            child = child_of(desk, summary.child_id)
            found.append(
                Match(
                    summary.record_id,
                    summary.child_id,
                    child.name_and_age,
                    _titled(desk, summary),
                    _shown(hit.snippet),
                )
            )
    return tuple(found)


def _is_replaced(desk: Desk, summary: Summary) -> bool:
    """An older plan is found under its child alone: at three in the morning it must not be taken for the live one."""
    version = version_of(desk, summary)
    return version is not None and version.standing is PlanStanding.REPLACED


def _titled(desk: Desk, summary: Summary) -> str:
    version = version_of(desk, summary)
    return f"{title_of(desk, summary)}. {version.line}" if version else title_of(desk, summary)


def as_json(match: Match) -> dict[str, JSON]:
    return asdict(match)


def told(match: Match) -> str:
    """One line, as the window shows it."""
    return f"{match.child_name}: {match.title}. {match.where}".rstrip()


def _shown(snippet: str) -> str:
    """Without what only a machine can read, which older stores have among their words."""
    return " ".join(word for word in snippet.split() if not is_id(word.strip("…")))
