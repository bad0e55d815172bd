"""Does the machine's effects: the network through the transport, everything that stays through the vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import JSON
from casework.errors import NotJoined
from casework.protocol import (
    HelloReply,
    Message,
    PullReply,
    PushReply,
    Sealed,
    seal,
    unseal,
)
from casework.records.digest import BucketDigest
from desktop.store.errors import StalePage
from desktop.store.feed import Item, Page
from desktop.store.outbox import Answer
from desktop.store.vault import Vault
from desktop.sync import machine
from desktop.sync.errors import NotTheCouncil, Refusal, Unreachable
from desktop.sync.machine import Effect, Event, Facts
from desktop.sync.transport import Signer, Transport, pinned

Progress = Callable[[str, int, int], None]
REPLIES: dict[str, type[Message]] = {"/v1/hello": HelloReply, "/v1/push": PushReply, "/v1/pull": PullReply}
CANCELLED = "You stopped it. What was sent was sent; the rest goes next time."


@dataclass(frozen=True, slots=True)
class SyncReport:
    """`problem` is one plain sentence, or None. `is_ordinary`: nothing is wrong, there was just no network."""

    pushed: int
    accepted: int
    held: int
    quarantined: int
    pulled: int
    finished_at: str
    problem: str | None
    is_ordinary: bool = True

    def to_json(self) -> dict[str, JSON]:
        return cast("dict[str, JSON]", asdict(self))


class Runner:
    """One officer's laptop and its council."""

    def __init__(self, vault: Vault, *, now: Callable[[], datetime]) -> None:
        self._vault = vault
        self._now = now
        self._tally = machine.Tally()
        self._pulled = 0

    def sync(
        self,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> SyncReport:
        """Raises NotJoined; a network that is not there is an outcome, not an error."""
        service = _service(self._vault)
        transport = Transport(service["url"], pinned(service["ca_pem"]), self._now)
        try:
            return _Cycle(self._vault, transport, self._now, progress or _silent, cancelled).run()
        finally:
            transport.close()


class _Cycle:
    def __init__(
        self,
        vault: Vault,
        transport: Transport,
        now: Callable[[], datetime],
        progress: Progress,
        cancelled: Callable[[], bool],
    ) -> None:
        self._vault = vault
        self._transport = transport
        self._now = now
        self._progress = progress
        self._cancelled = cancelled
        self._pulled = 0
        self._to_send = len(vault.outbox.waiting())

    def run(self) -> SyncReport:
        """Until the machine says it is finished."""
        state, effects = machine.step(machine.State(), machine.Begin())
        while True:
            (effect,) = effects
            if isinstance(effect, machine.Finish):
                return self._report(state, effect)
            state, effects = machine.step(state, self._event(effect))
            self._progress("sending", state.tally.accepted, self._to_send)

    def _event(self, effect: Effect) -> Event:
        number = effect.number
        if self._cancelled():
            return machine.Unanswered(number, CANCELLED)
        try:
            return self._do(effect)
        except StalePage:
            return machine.Stale(number)
        except Refusal as refusal:
            return machine.Refused(number, refusal.status, refusal.code, str(refusal))
        except (Unreachable, NotTheCouncil) as error:
            return machine.Unanswered(number, str(error))

    def _do(self, effect: Effect) -> Event:
        match effect:
            case machine.Look(all_waiting=all_waiting):
                return self._known(effect, all_waiting=all_waiting)
            case machine.Call(path=path, message=message):
                reply = self._transport.call(path, message, REPLIES[path], self._signer())
                return machine.Replied(effect.number, reply)
            case machine.Choose(max_ops=max_ops, max_bytes=max_bytes):
                return machine.Chosen(effect.number, self._batch(max_ops, max_bytes))
            case machine.KeepGreeting(reply=reply):
                self._keep_greeting(reply)
            case machine.KeepAnswers(results=results, at=at):
                answers = [Answer(r.op_id, r.status, r.seq, r.code, r.detail) for r in results]
                self._vault.outbox.all_answered(answers, at=at)
            case machine.Restart(epoch=epoch, acked=acked):
                self._vault.feed.restart(epoch)
                self._vault.outbox.send_again(self._device()["id"], after=acked)
            case machine.Entitle(buckets=buckets):
                self._vault.feed.entitle(buckets)
            case machine.TakePage(reply=page):
                self._take(page)
        return self._known(effect)

    def _known(self, effect: Effect, *, all_waiting: bool = False) -> machine.Known:
        standing = self._vault.feed.standing()
        waiting = self._vault.outbox.waiting()
        asking = tuple(item.op_id for item in waiting if all_waiting or item.status != "waiting")
        facts = Facts(
            device_id=self._device()["id"],
            epoch=standing.epoch,
            cursor=standing.cursor,
            filling=standing.filling,
            entitled=standing.entitled,
            last_seq=self._vault.outbox.last_number(self._device()["id"]),
            waiting=len(waiting),
            asking=asking,
            audit_head=_head(self._vault),
            now=self._now().isoformat(),
        )
        return machine.Known(effect.number, facts)

    def _batch(self, max_ops: int, max_bytes: int) -> tuple[Sealed, ...]:
        return tuple(seal(operation) for operation in self._vault.outbox.batch(max_ops, max_bytes))

    def _keep_greeting(self, reply: HelloReply) -> None:
        changed = [r for r in reply.standing if r.status != "unknown"]
        answers = [Answer(r.op_id, r.status, r.seq, r.code, r.detail) for r in changed]
        if answers:
            self._vault.outbox.all_answered(answers, at=reply.now)
        self._vault.settings.put("lease", {"until": reply.lease_until, "state": reply.device_state})
        self._vault.settings.put("last_heard", self._now().isoformat())

    def _take(self, reply: PullReply) -> None:
        operations = [unseal(item.op) for item in reply.items if item.op is not None]
        self._vault.take(operations, page=_page(reply))
        self._pulled += len(operations)
        self._progress("receiving", self._pulled, self._pulled)

    def _report(self, state: machine.State, finish: machine.Finish) -> SyncReport:
        tally = state.tally
        return SyncReport(
            tally.pushed,
            tally.accepted,
            tally.held,
            tally.quarantined,
            self._pulled,
            self._now().isoformat(),
            finish.problem,
            finish.is_ordinary,
        )

    def _signer(self) -> Signer:
        device = self._device()
        return Signer(device["id"], Ed25519PrivateKey.from_private_bytes(bytes.fromhex(device["signing_key"])))

    def _device(self) -> dict[str, str]:
        return _texts(self._vault.settings.get("device"))


def _page(reply: PullReply) -> Page:
    return Page(
        cursor_from=reply.cursor_from,
        cursor_to=reply.cursor_to,
        items=tuple(Item(item.seq, item.bucket, item.kind, item.op_id, item.record_id) for item in reply.items),
        digests={name: BucketDigest.of(found.count, found.sum) for name, found in reply.digests.items()},
        filling={name: place for name, place in reply.filled.items() if place < reply.cursor_to},
        filled=frozenset(name for name, place in reply.filled.items() if place >= reply.cursor_to),
    )


def _service(vault: Vault) -> dict[str, str]:
    found = _texts(vault.settings.get("service"))
    if not found.get("url") or not _texts(vault.settings.get("device")).get("id"):
        message = "This laptop has not joined a council yet."
        raise NotJoined(message)
    return found


def _texts(value: JSON) -> dict[str, str]:
    return {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


def _silent(_what: str, _done: int, _total: int) -> None:
    """When nobody watches."""


def _head(vault: Vault) -> str:
    """The audit trail's length and last code: a later, shorter trail is then noticed by the council too."""
    head = vault.audit.head()
    return f"{head.count}:{head.mac}"
