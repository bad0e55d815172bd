"""A group's agenda as the service works it out for a chair who does not hold every child, and who may be that chair."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from casework.identifiers import ChildId, OfficerId
from casework.records.operation import NAMED
from casework.wire.commission_messages import DAY_OR_NONE
from casework.wire.message import Message
from casework.wire.status_messages import PlanTold


class WhyTold(Message):
    """By its code; `words` are the rule's own, of days and numbers, and `rule` where it comes from."""

    why: str
    words: str
    rule: str = ""


class ChangeTold(Message):
    """That something happened on a day, and nothing of what was said or found."""

    on: str
    words: str


class ChildOnAgenda(Message):
    """`worker`: who can be asked about the child, and writes down what the group decides."""

    child: ChildId
    name: str
    age: int | None
    worker: str
    why: list[WhyTold]
    changed: list[ChangeTold]
    plan: PlanTold


class AgendaTold(Message):
    """For a meeting on the day of the answer; it counts from `since`."""

    kind: str
    since: str
    children: list[ChildOnAgenda]


class AgendaAsked(Message):
    """`mark` is that of the answer which is kept, and empty for none; `opened`: somebody looks at the agenda now."""

    mark: Annotated[str, Meta(max_length=200)] = ""
    opened: bool = False


class AgendasTold(Message):
    """`agendas` is None where what is kept still stands. `looked`: the children whose records changed since the kept
    answer, and of whom alone this one speaks; None where it speaks of all. `renewed`, kept by a laptop: when it last
    took in such a part."""

    at: str
    mark: str
    agendas: list[AgendaTold] | None
    looked: list[ChildId] | None = None
    renewed: str = ""


class ChairTold(Message):
    """`until` is the last day on which this officer chairs, and empty for one who could."""

    officer: OfficerId
    name: str
    until: str = ""


class Chairs(Message):
    """Whoever keeps a group’s minutes and does not hold every child, by name."""

    officers: list[ChairTold]


class ChairNamed(Message):
    """`last` is a day, and is empty where it is to end now."""

    officer: Annotated[OfficerId, NAMED]
    last: Annotated[str, Meta(pattern=DAY_OR_NONE)] = ""
