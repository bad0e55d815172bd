"""Finding a child or a record among those on this laptop."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from casework.canonical import JSON
from casework.folding import folded
from casework.practice.copies.copy_table import COPIES
from casework.practice.homes.of_no_child import OF_NO_CHILD
from casework.practice.notices.notice_table import NOTICE
from desktop.flows.children import Child, child_of, title_of
from desktop.flows.desk import Desk
from desktop.flows.record.plan_versions import PlanStanding, version_of
from desktop.store.database.search_words import is_id
from desktop.store.vault import Hit, Summary

QUIET = ("note", NOTICE, *OF_NO_CHILD, *COPIES)


@dataclass(frozen=True, slots=True)
class Match:
    """A record whose words match; `where` says what of it matched, and `marks` which places of that, as (start, end).

    `where` is empty where the child's name alone matched, or something only nearly. `whose` has no age."""

    record_id: str
    child_id: str
    child_name: str
    title: str
    where: str
    marks: tuple[tuple[int, int], ...] = ()
    whose: str = ""

    @property
    def is_child(self) -> bool:
        return self.record_id == self.child_id


def find(desk: Desk, text: str, limit: int = 50) -> tuple[Match, ...]:
    """Names, aliases, references and narratives, by the beginnings of words, and days of birth; then names that are
    nearly so. Accents, signs and case do not matter."""
    if not text.strip():
        return ()
    known: dict[str, Child] = {}
    found = []
    for hit in desk.vault.search(text, limit, near=True):
        summary = desk.vault.summary(hit.record_id)
        if summary is not None and summary.form_id not in QUIET and not _is_replaced(desk, summary):
            child = known.get(summary.child_id) or known.setdefault(summary.child_id, child_of(desk, summary.child_id))
            found.append(match_of(desk, summary, child, hit))
    return tuple(found)


def match_of(desk: Desk, summary: Summary, child: Child, hit: Hit | None = None) -> Match:
    where, marks = _where(hit, child) if hit else ("", ())
    title = titled(desk, summary)
    return Match(summary.record_id, summary.child_id, child.name_and_age, title, where, marks, child.name)


def _is_replaced(desk: Desk, summary: Summary) -> bool:
    """An older plan is found under its child alone: at three in the morning it must not be taken for the live one."""
    version = version_of(desk, summary)
    return version is not None and version.standing is PlanStanding.REPLACED


def titled(desk: Desk, summary: Summary) -> str:
    version = version_of(desk, summary)
    return f"{title_of(desk, summary)}. {version.line}" if version else title_of(desk, summary)


def as_json(match: Match) -> dict[str, JSON]:
    return asdict(match)


def told(match: Match) -> str:
    """One line, as the window shows it."""
    return f"{match.child_name}: {match.title}. {match.where}".rstrip(". ")


def _where(hit: Hit, child: Child) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The answer in which the first of the words stands, and not the answers beside it; nothing that only a machine can
    read, which older stores have among their words."""
    start = 0
    for line in hit.snippet.split("\n"):
        end = start + len(line)
        marks = tuple((first - start, last - start) for first, last in hit.marks if start <= first and last <= end)
        if marks and not _says_nothing(line, child):
            return line, marks
        start = end + 1
    return "", ()


def _says_nothing(line: str, child: Child) -> bool:
    """What only a machine can read, or the child's own name, which stands there anyhow."""
    words = [word.strip("…") for word in line.split()]
    return any(map(is_id, words)) or set(map(folded, words)) <= set(map(folded, child.name.split()))
