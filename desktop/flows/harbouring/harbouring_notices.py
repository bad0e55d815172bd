"""A child's harbouring notices as this laptop holds them; a role that may not hold them is told nothing of any."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.dates_in_words import day
from casework.forms.moments import span
from casework.practice.council import Council
from casework.practice.lives.harbouring_stands import harbouring_state, is_undecided, last_day, stands_on
from casework.practice.roles import MISSING, reach_of
from desktop.flows.case_file import CaseFile
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.store.vault import Summary

HARBOURING = "harbouring_notice"
NOBODY = "somebody whose name is not recorded"
_ENDED = {"withdrawn": "Withdrawn", "ran_out": "Ran out"}


@dataclass(frozen=True, slots=True)
class HarbouringNotice:
    """`last` is None where no last day is named; `is_open`: nobody has said that it ended, though it may have run out;
    `is_ending`: its last day is near or past, and somebody must say what becomes of it."""

    record_id: str
    child: Child
    given_to: str
    address: str
    relation: str
    issued_on: date | None
    last: date | None
    state: str
    stands: bool
    is_open: bool
    is_ending: bool
    ended: str
    why: str

    @property
    def against(self) -> str:
        """“Against Marlon Pryce, 14 Mill Lane”."""
        return ", ".join(part for part in (f"Against {self.given_to}", self.address) if part)

    @property
    def line(self) -> str:
        """“Against Marlon Pryce, 14 Mill Lane, until 3 December 2026”."""
        if self.ended:
            return f"{self.against}. {self.ended}"
        if self.last is None:
            return f"{self.against}, no last day recorded" if self.stands else self.against
        return f"{self.against}, until {day(self.last)}" if self.stands else f"{self.against}. Ended {day(self.last)}"


def holds_harbouring(desk: Desk) -> bool:
    """Whether this officer's role may open such notices."""
    return not desk.officer.role or reach_of(desk.officer.role).opens(HARBOURING, MISSING)


def decides_harbouring(desk: Desk) -> bool:
    """Whether this officer renews and ends them."""
    return not desk.officer.role or (holds_harbouring(desk) and reach_of(desk.officer.role).writes_form(HARBOURING))


def notices_of(desk: Desk, file: CaseFile) -> Sequence[HarbouringNotice]:
    """Those that stand first, then by their last day; the one that ends first comes first."""
    found = [_notice(desk, file, summary) for summary in file.of(HARBOURING) if file.holds(HARBOURING)]
    return sorted(found, key=lambda one: (not one.is_open, one.last or date.max, one.given_to.casefold()))


def standing_lines(file: CaseFile) -> Iterator[str]:
    """Of each that stands today, for whoever looks for the child."""
    held = [one for one in file.of(HARBOURING) if file.holds(HARBOURING) and stands_on(one.answers, file.today)]
    for summary in sorted(held, key=lambda one: last_day(one.answers) or date.max):
        said, last = summary.answers, last_day(summary.answers)
        named = ", ".join(part for part in (_text(said, "given_to") or NOBODY, _text(said, "address")) if part)
        yield f"Stands against {named}{f', until {day(last)}' if last else ''}"


def ends_soon(last: date | None, today: date, council: Council) -> bool:
    """Within the council's days ahead, and from then on."""
    return last is not None and last <= today + timedelta(days=council.number("harbouring_ahead_days"))


def _notice(desk: Desk, file: CaseFile, summary: Summary) -> HarbouringNotice:
    said = summary.answers
    form = desk.catalogue.form(HARBOURING, summary.form_version)
    issued, last, is_open = span(said.get("issued_on")), last_day(said), is_undecided(said)
    ended_on = span(said.get("ended_on"))
    state = harbouring_state(said)
    ended = f"{_ENDED[state]}{f' {day(ended_on.last.date())}' if ended_on else ''}" if state in _ENDED else ""
    return HarbouringNotice(
        record_id=summary.record_id,
        child=file.child,
        given_to=_text(said, "given_to") or NOBODY,
        address=_text(said, "address"),
        relation=desk.catalogue.display(form, "relation", said["relation"]) if said.get("relation") else "",
        issued_on=issued.last.date() if issued else None,
        last=last,
        state=state,
        stands=stands_on(said, file.today),
        is_open=is_open,
        is_ending=is_open and ends_soon(last, file.today, file.council),
        ended=ended,
        why=_text(said, "ended_why"),
    )


def _text(said: Mapping[str, object], name: str) -> str:
    value = said.get(name)
    return value.strip() if isinstance(value, str) else ""
