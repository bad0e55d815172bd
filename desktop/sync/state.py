"""What a reconciliation remembers between two steps, what may answer what, and the sentences it can end with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from casework.identifiers import DeviceId, OperationId
from casework.wire.message import Message
from casework.wire.protocol import MAX_OPS, MAX_PUSH_BYTES, HaveReply, HelloReply, PullReply, PushReply
from desktop.sync.events_and_effects import (
    Begin,
    Call,
    Choose,
    Chosen,
    Effect,
    Entitle,
    Erase,
    Event,
    Facts,
    Fetch,
    Fork,
    KeepAnswers,
    KeepGreeting,
    Known,
    LookBack,
    Offer,
    Offered,
    Phase,
    Refused,
    Restart,
    Stale,
    TakePage,
    Unanswered,
)

MAX_STALE = 2  # a page that does not add up, even from the start, is for a person to look at
MAX_TURNS = 8  # how often a cycle may begin anew because the service changed under it
LEAST_STARTLING = 3  # children
RECEIVED = frozenset({"accepted", "duplicate"})

ERASED = "The council has withdrawn this laptop. What it held has been erased."
FILES_LEFT = (
    "The council has withdrawn this laptop. Your words were handed over, and {files} could not be: keep this laptop as "
    "it is, and tell your supervisor."
)
WITHDRAWN = "The council has withdrawn this laptop. Your last work was handed over; nothing more can be fetched."
BELOW_FLOOR = (
    "This laptop has Homeward {own}, and the council now works with {floor} or later. What you wrote was sent, and "
    "nothing is lost. Nothing new comes here until Homeward is updated: ask your administrator, or see Sending."
)
OUTDATED = "This version of Homeward is too old for the council’s service. Your work was sent; please update."
NOT_ADDING_UP = "What the council’s service sends does not add up. Nothing was changed here; tell your administrator."
STARTLING = (
    "The council’s service would take more than a fifth of your records off this laptop. Nothing was removed. "
    "If that is right, say so under Sending."
)
UNSETTLED = "The council’s service keeps changing. Everything is saved here; it will be tried again."


TROUBLE = (Refused, Unanswered)
ANSWERS: dict[type[Effect | None], tuple[type[Event], ...]] = {
    type(None): (Begin,),
    Call: TROUBLE,
    Choose: (Chosen, *TROUBLE),
    Fetch: (Chosen, *TROUBLE),
    Offer: (Offered, *TROUBLE),
    TakePage: (Known, Stale, *TROUBLE),
    **dict.fromkeys((LookBack, KeepGreeting, KeepAnswers, Restart, Entitle, Fork, Erase), (Known, *TROUBLE)),
}
REPLIES: dict[str, type[Message]] = {
    "/v1/hello": HelloReply,
    "/v1/push": PushReply,
    "/v1/pull": PullReply,
    "/v1/have": HaveReply,
}


@dataclass(frozen=True, slots=True)
class Tally:
    """What the person is told at the end."""

    pushed: int = 0
    accepted: int = 0
    held: int = 0
    quarantined: int = 0
    pulled: int = 0


@dataclass(frozen=True, slots=True)
class State:
    phase: Phase = Phase.LOOKING
    number: int = 0
    awaits: Effect | None = None
    facts: Facts = field(default_factory=lambda: Facts(DeviceId("")))
    max_ops: int = MAX_OPS
    max_bytes: int = MAX_PUSH_BYTES
    service_epoch: str = ""
    acked: int = 0
    draining: bool = False
    outdated: bool = False
    floor: str = ""
    is_copy: bool = False
    went_back: bool = False
    to_ask: tuple[OperationId, ...] | None = None
    relay_from: int | None = None
    losses_confirmed: bool = False
    stale: int = 0
    turns: int = 0
    more: bool = True
    tally: Tally = field(default_factory=Tally)


Outcome: TypeAlias = tuple[State, tuple[Effect, ...]]
