"""What the machine of a reconciliation is told, and what it asks to have done. Each pair shares a number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import TypeAlias

from casework.identifiers import BucketId, DeviceId, OperationId
from casework.wire.laptop_messages import Order
from casework.wire.message import Message
from casework.wire.protocol import HelloReply, Pull, PullReply, Result, Sealed


class Phase(StrEnum):
    LOOKING = "looking"
    GREETING = "greeting"
    PREPARING = "preparing"
    CHOOSING = "choosing"
    PUSHING = "pushing"
    RELAYING = "relaying"
    PULLING = "pulling"
    FORKING = "forking"
    ERASING = "erasing"
    DONE = "done"


class Ending(Enum):
    """How a reconciliation ended; the sentence beside it is for the person, and nothing is decided by that."""

    DONE = "done"
    LATER = "later"  # nobody answered, or it was stopped: tried again by itself
    REFUSED = "refused"  # for a person to look at
    WITHDRAWN = "withdrawn"
    ERASED = "erased"
    STARTLING = "startling"  # so much would leave this laptop that a person has to agree
    OUTDATED = "outdated"  # it handed over its words, and is given nothing new until it is updated
    JOIN_AGAIN = "join_again"  # the service does not know this laptop

    @property
    def is_ordinary(self) -> bool:
        """Nothing is wrong: all went well, or there was just no network."""
        return self in (Ending.DONE, Ending.LATER)


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the laptop stands, as its vault knows it. `asking`: what the service holds back, or everything that waits
    when this laptop may be a copy. `relaying`: a restored service has not been offered everything yet."""

    device_id: DeviceId
    epoch: str = ""
    cursor: int = 0
    filling: Mapping[BucketId, int] = field(default_factory=dict)
    entitled: frozenset[BucketId] = frozenset()
    last_seq: int = 0
    waiting: int = 0
    asking: tuple[OperationId, ...] = ()
    forms: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    audit_head: str = ""
    seen: str = ""
    crl_at: str = ""
    now: str = ""
    relaying: bool = False


# Events: each answers the effect of the same number.


@dataclass(frozen=True, slots=True)
class Begin:
    number: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """The facts, after whatever the effect changed in the vault."""

    number: int
    facts: Facts


@dataclass(frozen=True, slots=True)
class Replied:
    number: int
    reply: Message


@dataclass(frozen=True, slots=True)
class Chosen:
    """The oldest operations that may be sent; none when nothing waits."""

    number: int
    ops: tuple[Sealed, ...]


@dataclass(frozen=True, slots=True)
class Offered:
    """Others' operations that this laptop holds, after some place in its log and up to another."""

    number: int
    op_ids: tuple[OperationId, ...]
    upto: int


@dataclass(frozen=True, slots=True)
class Stale:
    """The vault refused a page that does not follow, or does not add up."""

    number: int


@dataclass(frozen=True, slots=True)
class Refused:
    number: int
    status: int
    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """No network, or no answer, or the person cancelled."""

    number: int
    sentence: str


Event: TypeAlias = Begin | Known | Replied | Chosen | Offered | Stale | Refused | Unanswered


# Effects.


@dataclass(frozen=True, slots=True)
class LookBack:
    """Read the facts. `all_waiting`: ask after everything that waits."""

    number: int
    all_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """`ahead`: what will be asked next if the answer to a hello brings no surprise."""

    number: int
    path: str
    message: Message
    ahead: Pull | None = None


@dataclass(frozen=True, slots=True)
class Choose:
    number: int
    max_ops: int
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Name others' operations, after a place in the laptop's own log."""

    number: int
    after: int
    limit: int


@dataclass(frozen=True, slots=True)
class Fetch:
    """Bring these operations, to be pushed for the colleagues who wrote them."""

    number: int
    op_ids: tuple[OperationId, ...]


@dataclass(frozen=True, slots=True)
class KeepGreeting:
    """The service's answers about held operations, the lease, the revocation list."""

    number: int
    reply: HelloReply


@dataclass(frozen=True, slots=True)
class KeepAnswers:
    number: int
    results: tuple[Result, ...]
    at: str


@dataclass(frozen=True, slots=True)
class Restart:
    """Cursors to nought; own operations after `acked` wait again. `relays`: what colleagues wrote will be offered.
    `unannounced`: the service went back without saying so, which a person has to know."""

    number: int
    epoch: str
    acked: int
    relays: bool = False
    unannounced: bool = False


@dataclass(frozen=True, slots=True)
class Entitle:
    number: int
    buckets: frozenset[BucketId]


@dataclass(frozen=True, slots=True)
class TakePage:
    number: int
    reply: PullReply


@dataclass(frozen=True, slots=True)
class Fork:
    """Become another laptop: a new key and id; what waits is numbered again."""

    number: int


@dataclass(frozen=True, slots=True)
class Erase:
    """If the order is the council's own: destroy the keys, then tell the service how much was lost with them."""

    number: int
    order: Order | None


@dataclass(frozen=True, slots=True)
class Finish:
    number: int
    problem: str | None
    ending: Ending


Effect: TypeAlias = (
    LookBack
    | Call
    | Choose
    | Offer
    | Fetch
    | KeepGreeting
    | KeepAnswers
    | Restart
    | Entitle
    | TakePage
    | Fork
    | Erase
    | Finish
)
