"""A child's placements as moves: the latest, those before it, and what each still asks for (F11, S4 ¶77–79)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.forms.moments import span
from casework.practice.copies.copy_table import PLAN_COPY
from casework.practice.lives.states import rows
from casework.practice.placements.placement_rules import MOVE, Lives, MustHear, Placed, moved_on, must_hear, placed
from desktop.flows.case_file import CaseFile
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.store.vault import Summary

CARERS = "carer_or_placement"
NOTHING: Mapping[str, JSON] = {}


@dataclass(frozen=True, slots=True)
class PlacementMove:
    """`told`: council, day and whom there. `hear`: the councils that must hear, told or not; `waived`: why none is."""

    record_id: str
    moved_on: date | None
    from_name: str
    to_name: str
    to_address: str
    to_postcode: str
    kind: str
    why: str
    councils: str
    hear: tuple[MustHear, ...]
    told: tuple[tuple[str, date | None, str], ...]
    waived: str


@dataclass(frozen=True, slots=True)
class Placements:
    """`moves`: the latest first. `unwritten`: where the child's record says that the child lives, and no move says so;
    `holders`: who has a copy of the plan that was made before the last move, and has not been told."""

    child: Child
    placed: str
    moves: tuple[PlacementMove, ...]
    unwritten: str
    holders: tuple[str, ...]


def latest_move(file: CaseFile) -> Summary | None:
    """The one that says where the child lives today; a move that is only planned does not yet."""
    held = [(on, one) for one in file.of(MOVE) if (on := moved_on(one.answers)) and on <= file.today]
    return max(held, key=lambda found: (found[0], found[1].created_at), default=(None, None))[1]


def placed_now(file: CaseFile) -> Placed:
    """By the last move, and by the child's own record."""
    latest = latest_move(file)
    return placed(file.child.facts, latest.answers if latest else NOTHING, file.council)


def placed_elsewhere(desk: Desk, among: Iterable[Child]) -> Mapping[str, str]:
    """In words, by child, of those who are another council's or live in another's area; from one reading."""
    today, latest = local(desk.now()).date(), dict[str, Summary]()
    for one in desk.vault.summaries(form_id=MOVE):
        on, before = moved_on(one.answers), latest.get(one.child_id)
        if on and on <= today and (before is None or _later(one, before)):
            latest[one.child_id] = one
    found = {}
    for child in among:
        move = latest.get(child.child_id)
        said = placed(child.facts, move.answers if move else NOTHING, desk.catalogue.council)
        found[child.child_id] = placed_words(said)
    return {child: words for child, words in found.items() if words}


def placed_words(found: Placed) -> str:
    """“Another council’s child: Sheffield is responsible”; empty for a child of ours who lives in our area."""
    if found.lives is Lives.ANOTHERS:
        said = f"{found.council} is responsible" if found.council else "which one is responsible is not recorded"
        return f"Another council’s child: {said}"
    return f"Ours, placed in the area of {found.council}" if found.lives is Lives.ELSEWHERE else ""


def placements_of(desk: Desk, file: CaseFile) -> Placements:
    latest = latest_move(file)
    moves = sorted(file.of(MOVE), key=lambda one: (moved_on(one.answers) or date.min, one.created_at), reverse=True)
    return Placements(
        file.child,
        placed_words(placed_now(file)),
        tuple(_move(desk, file, one) for one in moves),
        _unwritten(file, latest),
        old_address_holders(file, latest),
    )


def carers_plan_owed(file: CaseFile, latest: Summary, plan: Summary) -> bool:
    """Whether the carers of the last move hold no copy of the live plan. Not where the child said no to that."""
    said_no = any(
        row.get("recipient") == CARERS and row.get("decision") == "no" for row in rows(plan.answers, "consents")
    )
    since = moved_on(latest.answers)
    given = any(
        copy.answers.get("copy") == CARERS and (made := span(copy.answers.get("made_at"))) and made.last.date() >= since
        for copy in file.of(PLAN_COPY)
        if since
    )
    return since is not None and not said_no and not given


def old_address_holders(file: CaseFile, latest: Summary | None) -> tuple[str, ...]:
    """Each once, by the name the copy was given under; the recall notice is made from the copy log."""
    since = moved_on(latest.answers) if latest else None
    names = []
    for copy in file.of(PLAN_COPY):
        made = span(copy.answers.get("made_at"))
        if since and made and made.last.date() < since and not copy.answers.get("recalled_at"):
            names.append(str(copy.answers.get("to_whom") or "Not recorded to whom"))
    return tuple(dict.fromkeys(sorted(names)))


def _later(one: Summary, other: Summary) -> bool:
    return (moved_on(one.answers) or date.min, one.created_at) > (moved_on(other.answers) or date.min, other.created_at)


def _move(desk: Desk, file: CaseFile, summary: Summary) -> PlacementMove:
    said = summary.answers
    form = desk.catalogue.form(MOVE, summary.form_version)
    named = [
        (str(row.get("council") or ""), span(row.get("on")), row.get("how")) for row in rows(said, "councils_told")
    ]
    waived = f"{_text(said, 'not_told_why')} ({_text(said, 'not_told_by')})" if _text(said, "not_told_by") else ""
    return PlacementMove(
        record_id=summary.record_id,
        moved_on=moved_on(said),
        from_name=_text(said, "from_name"),
        to_name=_text(said, "to_name") or "Not recorded where to",
        to_address=_text(said, "to_address"),
        to_postcode=_text(said, "to_postcode"),
        kind=desk.catalogue.display(form, "kind", said["kind"]) if said.get("kind") else "",
        why=_text(said, "why"),
        councils=placed_words(placed(file.child.facts, said, file.council)),
        hear=tuple(must_hear(file.child.facts, said, file.council)),
        told=tuple((council, on.first.date() if on else None, str(how or "")) for council, on, how in named),
        waived=waived,
    )


def _unwritten(file: CaseFile, latest: Summary | None) -> str:
    """A placement that was only written over on the child's record has no move, and nobody was told by rule of it."""
    now = _text(file.child.facts, "placement_name")
    written = _text(latest.answers, "to_name") if latest else ""
    return now if now and now.casefold() != written.casefold() else ""


def _text(said: Mapping[str, JSON], name: str) -> str:
    value = said.get(name)
    return value.strip() if isinstance(value, str) else ""


def history(moves: Sequence[PlacementMove]) -> Sequence[tuple[PlacementMove, date | None]]:
    """Each with the day on which the child left there; None for where the child lives now."""
    left = [None, *(move.moved_on for move in moves)]
    return list(zip(moves, left, strict=False))
