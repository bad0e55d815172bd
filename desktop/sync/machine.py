"""One reconciliation, as a machine without input or output: step(state, event) -> state, effects.

hello, then push until nothing waits, then pull until nothing is missing. Every effect is answered by one event that
carries its number; an answer to an older request changes nothing, so late and doubled replies are harmless. The
runner does the effects over the network and the vault; the simulation does them in memory, against this same code.
"""

from __future__ import annotations

from dataclasses import replace

from casework import APP, VERSION
from casework.identifiers import BucketId
from casework.wire.message import Message
from casework.wire.protocol import (
    MAX_OPS,
    PROTOCOL,
    Have,
    HaveReply,
    Hello,
    HelloReply,
    Pull,
    PullReply,
    Push,
    PushReply,
    Sealed,
    entitled_digest,
)
from desktop.sync.errors import UNKNOWN
from desktop.sync.events_and_effects import (
    Begin,
    Call,
    Choose,
    Chosen,
    Ending,
    Entitle,
    Erase,
    Event,
    Fetch,
    Finish,
    Fork,
    KeepAnswers,
    KeepGreeting,
    Known,
    LookBack,
    Offer,
    Offered,
    Phase,
    Refused,
    Replied,
    Restart,
    Stale,
    TakePage,
    Unanswered,
)
from desktop.sync.state import (
    ANSWERS,
    BELOW_FLOOR,
    ERASED,
    LEAST_STARTLING,
    MAX_STALE,
    MAX_TURNS,
    NOT_ADDING_UP,
    OUTDATED,
    RECEIVED,
    REPLIES,
    STARTLING,
    UNSETTLED,
    WITHDRAWN,
    Outcome,
    State,
)


def step(state: State, event: Event) -> Outcome:
    """Anything but the answer being waited for leaves the state as it is."""
    if event.number != state.number or not _is_awaited(state, event):
        return state, ()
    moved, effects = _step(state, event)
    return (replace(moved, awaits=effects[0]), effects) if effects else (moved, effects)


def _is_awaited(state: State, event: Event) -> bool:
    if state.phase is Phase.DONE:
        return False
    if isinstance(event, Replied):
        return isinstance(state.awaits, Call) and isinstance(event.reply, REPLIES[state.awaits.path])
    return isinstance(event, ANSWERS[type(state.awaits)])


def _step(state: State, event: Event) -> Outcome:  # noqa: PLR0911 - one line for each event
    match event:
        case Begin():
            return _look(state)
        case Refused() as refusal:
            return _refused(state, refusal)
        case Unanswered(sentence=sentence):
            return _finish(state, sentence)
        case Stale():
            return _stale(state)
        case Known(facts=facts):
            return _known(replace(state, facts=facts))
        case Chosen(ops=ops):
            return _chosen(state, ops)
        case Offered() as found:
            return _offered(state, found)
        case Replied(reply=reply):
            return _replied(state, reply)


def _known(state: State) -> Outcome:  # noqa: PLR0911 - one line for each phase
    match state.phase:
        case Phase.LOOKING:
            return _greet(replace(state, to_ask=state.facts.asking) if state.to_ask is not None else state)
        case Phase.FORKING:
            return _look(state)
        case Phase.GREETING:
            return _prepare(state)
        case Phase.PREPARING | Phase.PUSHING:
            return _choose(state)
        case Phase.PULLING if not state.more:
            return _finish(state, None, Ending.DONE)
        case Phase.ERASING:
            return _finish(state, ERASED, Ending.ERASED)
        case _:
            return _pull(state)


def _replied(state: State, reply: Message) -> Outcome:
    match reply:
        case HelloReply():
            return _greeted(state, reply)
        case PushReply():
            return _pushed(state, reply)
        case PullReply():
            return _pulled(state, reply)
        case HaveReply():
            return _missed(state, reply)
        case _:
            return state, ()


def _look(state: State, *, all_waiting: bool = False) -> Outcome:
    moved = _next(state, Phase.LOOKING)
    return moved, (LookBack(moved.number, all_waiting),)


def _greet(state: State) -> Outcome:
    facts = state.facts
    asking = facts.asking if state.to_ask is None else state.to_ask
    moved = _next(state, Phase.GREETING)
    if state.to_ask is not None:
        moved = replace(moved, to_ask=asking[MAX_OPS:])
    hello = Hello(
        proto_min=PROTOCOL,
        proto_max=PROTOCOL,
        app=APP,
        epoch=facts.epoch or None,
        last_device_seq=facts.last_seq,
        unsent=facts.waiting,
        forms={name: list(versions) for name, versions in facts.forms.items()},
        asking=list(asking[:MAX_OPS]),
        audit_head=facts.audit_head,
        seen=facts.seen,
        crl_at=facts.crl_at,
        now=facts.now,
    )
    has_business = facts.waiting or asking or facts.relaying or not facts.epoch
    ahead = None if has_business or state.is_copy else _question(state)
    return moved, (Call(moved.number, "/v1/hello", hello, ahead),)


def _greeted(state: State, reply: HelloReply) -> Outcome:
    if reply.device_state in ("wipe", "wiped"):
        moved = _next(state, Phase.ERASING)
        return moved, (Erase(moved.number, reply.order),)
    moved = _next(state, Phase.GREETING)
    moved = replace(
        moved,
        service_epoch=reply.epoch,
        acked=reply.acked_device_seq,
        draining=reply.device_state == "drain",
        floor=reply.floor,
        went_back=reply.went_back,
        max_ops=min(state.max_ops, reply.limits.ops),
        max_bytes=min(state.max_bytes, reply.limits.bytes),
        is_copy=state.is_copy or reply.device_state == "forked" or reply.acked_device_seq > state.facts.last_seq,
    )
    return moved, (KeepGreeting(moved.number, reply),)


def _prepare(state: State) -> Outcome:
    """After hello: is this laptop the only one of its name, and the service the one it knew?"""
    if state.is_copy and state.to_ask is None:
        return _look(replace(state, to_ask=()), all_waiting=True)
    if state.is_copy and state.to_ask:
        return _greet(state)
    if state.is_copy:
        moved = _next(replace(state, is_copy=False, to_ask=None), Phase.FORKING)
        return moved, (Fork(moved.number),)
    if state.facts.epoch != state.service_epoch:
        return _restart(replace(state, relay_from=0 if state.facts.epoch else None), acked=state.acked)
    if state.went_back:
        return _set_back(state)
    return _choose(replace(state, relay_from=0) if state.facts.relaying and state.relay_from is None else state)


def _restart(state: State, *, acked: int, unannounced: bool = False) -> Outcome:
    moved = _next(state, Phase.PREPARING)
    relays = state.relay_from is not None
    return moved, (Restart(moved.number, state.service_epoch, acked, relays=relays, unannounced=unannounced),)


def _set_back(state: State) -> Outcome:
    """It lost what this laptop has seen in the same epoch: as after a restore, only that nobody said so."""
    return _restart(replace(state, went_back=False, relay_from=0), acked=state.acked, unannounced=True)


def _choose(state: State) -> Outcome:
    moved = _next(state, Phase.CHOOSING)
    return moved, (Choose(moved.number, moved.max_ops, moved.max_bytes),)


def _chosen(state: State, ops: tuple[Sealed, ...]) -> Outcome:
    if not ops:
        return _offer(state) if state.relay_from is not None else _pull(state)
    moved = _next(state, Phase.PUSHING)
    push = Push(batch_id=ops[0].op_id, epoch=state.facts.epoch, ops=list(ops))
    return moved, (Call(moved.number, "/v1/push", push),)


def _offer(state: State) -> Outcome:
    """The service was restored: what it lost of colleagues' words may be here still."""
    moved = _next(state, Phase.RELAYING)
    return moved, (Offer(moved.number, state.relay_from or 0, MAX_OPS),)


def _offered(state: State, found: Offered) -> Outcome:
    if not found.op_ids:
        return _pull(replace(state, relay_from=None))
    moved = _next(replace(state, relay_from=found.upto), Phase.RELAYING)
    have = Have(epoch=state.facts.epoch, op_ids=list(found.op_ids))
    return moved, (Call(moved.number, "/v1/have", have),)


def _missed(state: State, reply: HaveReply) -> Outcome:
    if not reply.missing_here:
        return _offer(state)
    moved = _next(state, Phase.CHOOSING)
    return moved, (Fetch(moved.number, tuple(reply.missing_here)),)


def _pushed(state: State, reply: PushReply) -> Outcome:
    moved = _next(state, Phase.PUSHING)
    statuses = [result.status for result in reply.results]
    tally = state.tally
    tally = replace(
        tally,
        pushed=tally.pushed + len(statuses),
        accepted=tally.accepted + sum(status in RECEIVED for status in statuses),
        held=tally.held + statuses.count("held"),
        quarantined=tally.quarantined + sum(status in ("quarantined", "returned", "rejected") for status in statuses),
    )
    return replace(moved, tally=tally), (KeepAnswers(moved.number, tuple(reply.results), reply.now),)


def _pull(state: State) -> Outcome:
    if state.draining:
        return _finish(state, WITHDRAWN, Ending.WITHDRAWN)
    if state.floor or state.outdated:
        sentence = BELOW_FLOOR.format(own=VERSION, floor=state.floor) if state.floor else OUTDATED
        return _finish(state, sentence, Ending.OUTDATED)
    moved = _next(state, Phase.PULLING)
    return moved, (Call(moved.number, "/v1/pull", _question(state)),)


def _question(state: State) -> Pull:
    facts = state.facts
    return Pull(
        epoch=facts.epoch,
        cursor=facts.cursor,
        filling=dict(facts.filling),
        entitled=entitled_digest(facts.entitled),
        whole=state.stale > 0,
    )


def _pulled(state: State, reply: PullReply) -> Outcome:
    moved = _next(state, Phase.PULLING)
    if reply.entitled is None:
        return replace(moved, more=reply.more), (TakePage(moved.number, reply),)
    if state.turns >= MAX_TURNS:
        return _finish(state, UNSETTLED)
    wanted = frozenset(reply.entitled)
    if _is_startling(state.facts.entitled, wanted) and not state.losses_confirmed:
        return _finish(state, STARTLING, Ending.STARTLING)
    return replace(moved, more=True, turns=state.turns + 1), (Entitle(moved.number, wanted),)


def _is_startling(before: frozenset[BucketId], after: frozenset[BucketId]) -> bool:
    """Losing a child or two is work; losing a fifth of them at once may be somebody's mistake (scenario 50)."""
    held, kept = _children(before), _children(after)
    lost = len(held - kept)
    return lost >= LEAST_STARTLING and lost * 5 > len(held)


def _children(buckets: frozenset[BucketId]) -> set[str]:
    """A child has a bucket for each strand, and one for each kind of notice and its reader."""
    return {bucket.partition(":")[0] for bucket in buckets}


def _stale(state: State) -> Outcome:
    """Ask again; if it still does not add up, fetch everything from the start, whole."""
    if state.stale >= MAX_STALE:
        return _finish(state, NOT_ADDING_UP, Ending.REFUSED)
    again = replace(state, stale=state.stale + 1)
    return _restart(again, acked=state.facts.last_seq) if again.stale == MAX_STALE else _look(again)


def _refused(state: State, refusal: Refused) -> Outcome:  # noqa: PLR0911 - one line for each refusal
    turned = replace(state, turns=state.turns + 1)
    if turned.turns > MAX_TURNS:
        return _finish(state, UNSETTLED)
    match refusal.code:
        case "epoch_changed":
            return _look(turned)
        case "device_forked":
            return _look(replace(turned, is_copy=True, to_ask=()), all_waiting=True)
        case "cursor_too_old":
            return _restart(turned, acked=state.facts.last_seq)
        case "feed_behind":
            return _set_back(turned)
        case "upgrade_required" if state.facts.epoch:
            return _choose(replace(turned, outdated=True))
        case "too_large" if state.phase is Phase.PUSHING and state.max_ops > 1:
            return _choose(replace(turned, max_ops=state.max_ops // 2, max_bytes=state.max_bytes // 2))
        case _:
            unknown = refusal.code == UNKNOWN
            return _finish(state, refusal.sentence, Ending.JOIN_AGAIN if unknown else Ending.REFUSED)


def _next(state: State, phase: Phase) -> State:
    return replace(state, phase=phase, number=state.number + 1)


def _finish(state: State, problem: str | None, ending: Ending = Ending.LATER) -> Outcome:
    moved = _next(state, Phase.DONE)
    return moved, (Finish(moved.number, problem, ending),)
