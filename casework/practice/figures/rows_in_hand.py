"""What a scorecard counts, of records that are in hand: the same columns as the service’s, without a database.

A field worker's laptop counts its own store with these; a test holds them against the service's for the same records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from casework.identifiers import ChildId, RecordId
from casework.practice.figures.figure_cards import Card, Code, Figure
from casework.practice.figures.small_numbers import holds
from casework.practice.figures.what_counts import Facts

NONE, WRONG, NO_YEAR_GROUP = -1, -2, -99
Row: TypeAlias = dict[str, Code]


@dataclass(frozen=True, slots=True)
class Held:
    """One set of facts of a record that stands now."""

    record_id: RecordId
    child_id: ChildId
    facts: Facts

    def code(self, name: str) -> str:
        return str(self.facts.get(name) or "")

    def number(self, name: str) -> int | None:
        found = self.facts.get(name)
        return found if isinstance(found, int) else None


@dataclass(frozen=True, slots=True)
class InHand:
    """Facts by subject; a period, both days in it; and the day that it is looked at."""

    by_subject: Mapping[str, list[Held]]
    first: int
    last: int
    today: int
    days: tuple[date, date]

    @classmethod
    def of(cls, by_subject: Mapping[str, list[Held]], first: date, last: date, today: date) -> InHand:
        return cls(by_subject, first.toordinal(), last.toordinal(), today.toordinal(), (first, last))

    def held(self, subject: str) -> list[Held]:
        return self.by_subject.get(subject, [])

    def children(self) -> dict[str, Held]:
        """Each child once, should there be two records of it."""
        found: dict[str, Held] = {}
        for one in sorted(self.held("child"), key=lambda held: held.record_id):
            if one.code("standing") == "counted":
                found.setdefault(one.child_id, one)
        return found


def counted_ids(card: Card, rows: Iterable[Row]) -> dict[str, list[str]]:
    """By figure: the records, children or families that it counts."""
    all_rows = list(rows)
    found = {}
    for figure in card.figure:
        wanted = list(card.conditions(figure))
        mine = [row for row in all_rows if all(holds(test, row[column]) for column, test in wanted)]
        found[figure.number] = sorted(_ids(figure, mine))
    return found


def _ids(figure: Figure, rows: Iterable[Row]) -> Iterator[str]:
    if figure.count == "records":
        yield from (str(row["record_id"]) for row in rows)
        return
    key, of = ("family", "child_id") if figure.count == "families" else ("child_id", "record_id")
    groups: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        groups[str(row[key])].add(str(row[of]))
    groups.pop("", None)
    most = figure.most
    yield from (one for one, members in groups.items() if figure.at_least <= len(members) <= (most or len(members)))


def episodes(hand: InHand) -> Iterator[Row]:
    children, interviews = hand.children(), _interviews(hand.held("interview"))
    for one in hand.held("episode"):
        started = one.number("started_day")
        if started is None or hand.first <= started <= hand.last:
            yield _episode(hand, one, children.get(one.child_id), interviews.get(one.record_id))


def _episode(hand: InHand, one: Held, child: Held | None, interview: Held | None) -> Row:
    started, found = one.number("started_day"), one.number("found_day")
    is_out = one.code("returned") == "no"
    end = min(hand.last, hand.today) if is_out else found
    return {
        **_keys(one),
        "placed": "no_day" if started is None else "yes",
        **{name: one.code(name) for name in ("care_status", "cse_level", "other_la")},
        "days": _days(started, found, end),
        "still_missing": _yes(is_out or (found is not None and found > hand.last)),
        "decision": interview.code("decision") if interview else "not_recorded",
        "reply": interview.code("reply") if interview else "not_recorded",
        "timely": _timely(hand, one, interview),
        **_of_child(child, "sex", "ethnicity"),
        "age": _age(one.number("started_ymd"), child.number("born_ymd") if child else None),
        "miles": _or_none(one.number("miles")),
    }


def _days(started: int | None, found: int | None, end: int | None) -> int:
    if started is not None and found is not None and found < started:
        return WRONG
    return NONE if started is None or end is None else end - started


def _age(on: int | None, born: int | None) -> int:
    return NONE if on is None or born is None else (on - born) // 10_000


def _interviews(held: Iterable[Held]) -> dict[str, Held]:
    """Of those about one episode, the one that went furthest."""
    found: dict[str, Held] = {}
    for one in sorted(
        held, key=lambda one: (one.number("preference") or 0, one.number("held_day") or 0, one.record_id)
    ):
        if one.code("standing") == "counted":
            found.setdefault(one.code("episode_id"), one)
    return found


def _timely(hand: InHand, episode: Held, interview: Held | None) -> str:
    due = episode.number("due_day")
    if interview is None:
        return "not_recorded"
    held, day = interview.code("held"), interview.number("held_day")
    if held in ("unsettled", "no"):
        return "unsettled" if held == "unsettled" else "not_held"
    if held == "yes":
        return "day_not_recorded" if day is None or due is None else "in_time" if day <= due else "late"
    return "not_due" if due is not None and due >= hand.today else "not_recorded"


def referrals(hand: InHand) -> Iterator[Row]:
    children = hand.children()
    for one in hand.held("referral"):
        opened, closed = one.number("opened_day"), one.number("closed_day")
        is_over = closed is not None and closed < hand.first and not (opened is not None and opened >= hand.first)
        if (opened is None or opened <= hand.last) and not is_over:
            yield _referral(hand, one, children.get(one.child_id))


_REFERRAL = (
    "outcome", "previous", "locality", "phase", "school_type", "fsm", "need", "social_care", "help_locality",
    "help_partners", "help_unspecified",
)  # fmt: skip


def _referral(hand: InHand, one: Held, child: Held | None) -> Row:
    opened, closed, state = one.number("opened_day"), one.number("closed_day"), one.code("closed")
    was_open = opened is not None and opened < hand.first
    said = one.code("ethnicity")
    person = _of_child(child, "sex", "ethnicity")
    return {
        **_keys(one),
        **{name: one.code(name) for name in _REFERRAL},
        "family": one.code("family"),
        "new": "no_day" if opened is None else _yes(opened >= hand.first),
        "opening": _yes(was_open and (state == "no" or (closed is not None and closed >= hand.first))),
        "active": _yes(opened is not None and (state == "no" or (closed is not None and closed > hand.last))),
        "resolved": _resolved(hand, state, opened, closed),
        "months": _months(hand, one.number("opened_ymd")),
        "year_group": _or_none(one.number("year_group")),
        "sex": person["sex"],
        "ethnicity": person["ethnicity"] if said == "not_recorded" else said,
    }


def _resolved(hand: InHand, state: str, opened: int | None, closed: int | None) -> str:
    if state not in ("no", "known"):
        return "no_day"
    if closed is not None and opened is not None and opened > closed:
        return "before_opening"
    return _yes(closed is not None and hand.first <= closed <= hand.last)


def _months(hand: InHand, opened: int | None) -> int:
    if opened is None:
        return NONE
    last = hand.days[1]
    short = 1 if opened % 100 > last.day else 0
    return last.year * 12 + last.month - (opened // 10_000) * 12 - (opened // 100) % 100 - short


def home_education(hand: InHand) -> Iterator[Row]:
    children = hand.children()
    for one in hand.held("home_education"):
        began, ended = one.number("started_day"), one.number("ended_day")
        is_over = ended is not None and ended < hand.first and not (began is not None and began >= hand.first)
        if (began is None or began <= hand.last) and not is_over:
            yield _spell(hand, one, children.get(one.child_id))


def _spell(hand: InHand, one: Held, child: Held | None) -> Row:
    kind, stage, state = one.code("kind"), one.code("stage"), _state(hand, one)
    is_asked = kind == "enquiry" and (state == "current" or (state == "ended" and stage == "not_ehe"))
    is_known = (kind == "spell" and state in ("current", "ended")) or is_asked
    born = child.number("born_ymd") if child else None
    group = NO_YEAR_GROUP if born is None else hand.days[0].year - (born - 900) // 10_000 - 5
    sex = _of_child(child, "sex")
    return {
        **_keys(one),
        "kind": kind,
        "stage": stage,
        "state": state,
        "known": _yes(is_known),
        "support": one.code("support"),
        **sex,
        "year_group": group,
    }


def _state(hand: InHand, one: Held) -> str:
    began, ended = one.number("started_day"), one.number("ended_day")
    if one.code("ended") not in ("no", "known"):
        return "no_end_day"
    if began is None:
        return "no_day"
    if ended is not None and ended < began:
        return "before_beginning"
    return "current" if one.code("ended") == "no" or (ended is not None and ended > hand.last) else "ended"


def exclusions(hand: InHand) -> Iterator[Row]:
    children = hand.children()
    codes = ("kind", "phase", "reason", "send", "looked_after", "reinstated", "validated")
    for one in hand.held("exclusion"):
        day = one.number("from_day")
        if day is None or hand.first <= day <= hand.last:
            yield {
                **_keys(one),
                **{name: one.code(name) for name in codes},
                "placed": "no_day" if day is None else "yes",
                "half_days": _or_none(one.number("half_days")),
                **_of_child(children.get(one.child_id), "sex", "ethnicity"),
            }


ROWS: Mapping[str, Callable[[InHand], Iterator[Row]]] = {
    "episode": episodes,
    "referral": referrals,
    "home_education": home_education,
    "exclusion": exclusions,
}


def _keys(one: Held) -> Row:
    return {"record_id": one.record_id, "child_id": one.child_id, "family": "", "standing": one.code("standing")}


def _of_child(child: Held | None, *names: str) -> Row:
    return {name: child.code(name) if child else "not_recorded" for name in names}


def _or_none(number: int | None) -> int:
    return NONE if number is None else number


def _yes(condition: bool) -> str:
    return "yes" if condition else "no"
