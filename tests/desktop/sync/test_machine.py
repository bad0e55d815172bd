"""The machine on its own: it is deterministic, deaf to what it does not wait for, and always comes to an end."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.identifiers import BucketId, DeviceId, OperationId
from casework.wire.protocol import HelloReply, Limits, PullReply, PushReply, Result, Sealed
from desktop.sync import machine
from desktop.sync.events_and_effects import (
    Begin,
    Call,
    Choose,
    Chosen,
    Effect,
    Erase,
    Event,
    Facts,
    Finish,
    Fork,
    KeepAnswers,
    Known,
    LookBack,
    Offer,
    Phase,
    Refused,
    Replied,
    Restart,
    Stale,
    Unanswered,
)
from desktop.sync.machine import step
from desktop.sync.state import MAX_TURNS, State

FACTS = Facts(DeviceId("ASH-0001"), epoch="e1", cursor=5, entitled=frozenset({BucketId("c:core")}), last_seq=3)
OP = Sealed(op_id=OperationId("op-1"), payload="{}", signature="")


def hello(epoch: str = "e1", acked: int = 3, state: str = "active") -> HelloReply:
    return HelloReply(
        proto=1,
        epoch=epoch,
        now="",
        acked_device_seq=acked,
        device_state=state,  # type: ignore[arg-type]
        lease_until="",
        limits=Limits(ops=500, bytes=1_000_000),
        forms_missing=[],
        standing=[],
        crl_pem="",
    )


def page(*, more: bool = False, entitled: list[BucketId] | None = None) -> PullReply:
    return PullReply(
        epoch="e1", cursor_from=5, cursor_to=9, items=[], digests={}, filled={}, entitled=entitled, more=more
    )


def after(*events_of: Event) -> tuple[State, Effect]:
    """Answers each effect in turn; an event is given without its number."""
    state, effects = step(State(), Begin())
    for event in events_of:
        state, effects = step(state, replace(event, number=state.number))
    return state, effects[0]


KNOWN = Known(0, FACTS)


def test_a_quiet_cycle_is_one_hello_and_one_pull() -> None:
    paths = []
    state, effects = step(State(), Begin())
    while not isinstance(effects[0], Finish):
        effect = effects[0]
        event: Event = Known(effect.number, FACTS)
        if isinstance(effect, Call):
            paths.append(effect.path)
            event = Replied(effect.number, hello() if effect.path == "/v1/hello" else page())
        elif isinstance(effect, Choose):
            event = Chosen(effect.number, ())
        state, effects = step(state, event)

    assert paths == ["/v1/hello", "/v1/pull"]
    assert effects[0].problem is None


def test_a_restored_service_is_given_what_it_lost() -> None:
    _, effect = after(KNOWN, Replied(0, hello(epoch="e2", acked=1)), KNOWN)

    assert effect == Restart(effect.number, "e2", 1, relays=True)


def test_offering_what_colleagues_wrote_goes_on_after_a_cut() -> None:
    """The epoch is known by then, and does not say that it was never finished."""
    known = Known(0, replace(FACTS, relaying=True))
    _, effect = after(known, Replied(0, hello()), known, Chosen(0, ()))

    assert isinstance(effect, Offer)
    assert effect.after == 0


def test_a_copy_asks_after_everything_before_it_becomes_another() -> None:
    waiting = replace(FACTS, asking=tuple(OperationId(f"op-{number}") for number in range(700)))
    look = (KNOWN, Replied(0, hello(acked=9)), KNOWN)
    _, first = after(*look)
    _, second = after(*look, Known(0, waiting))
    _, third = after(*look, Known(0, waiting), Replied(0, hello(acked=9)), KNOWN)
    _, last = after(*look, Known(0, waiting), Replied(0, hello(acked=9)), KNOWN, Replied(0, hello(acked=9)), KNOWN)

    assert isinstance(first, LookBack)
    assert first.all_waiting
    asked = [call.message.asking for call in (second, third) if isinstance(call, Call)]  # type: ignore[attr-defined]
    assert [len(part) for part in asked] == [500, 200]
    assert isinstance(last, Fork)


def test_a_wipe_order_goes_before_everything() -> None:
    _, effect = after(KNOWN, Replied(0, hello(epoch="other", acked=99, state="wipe")))

    assert isinstance(effect, Erase)


def test_a_body_that_is_too_large_is_halved_until_it_fits() -> None:
    state, effect = after(KNOWN, Replied(0, hello()), KNOWN, Chosen(0, (OP,)), Refused(0, 413, "too_large", "no"))

    assert isinstance(effect, Choose)
    assert (effect.max_ops, state.max_ops) == (250, 250)


def test_a_page_that_does_not_add_up_is_asked_for_again_and_then_from_the_start() -> None:
    begun = (KNOWN, Replied(0, hello()), KNOWN, Chosen(0, ()), Replied(0, page()))
    _, again = after(*begun, Stale(0))
    anew = (*begun, Stale(0), KNOWN, Replied(0, hello()), KNOWN, Chosen(0, ()), Replied(0, page()))
    _, from_start = after(*anew, Stale(0))

    assert isinstance(again, LookBack)
    assert isinstance(from_start, Restart)
    assert from_start.acked == FACTS.last_seq


def test_an_answer_to_an_older_question_changes_nothing() -> None:
    state, effect = after(KNOWN, Replied(0, hello()), KNOWN, Chosen(0, (OP,)))
    reply = PushReply(results=[Result(op_id=OperationId("op-1"), status="accepted")], acked_device_seq=4, now="")
    moved, kept = step(state, Replied(state.number, reply))

    assert isinstance(effect, Call)
    assert isinstance(kept[0], KeepAnswers)
    assert step(moved, Replied(state.number, reply)) == (moved, ())
    assert step(moved, Unanswered(state.number, "late")) == (moved, ())


EVENTS = st.one_of(
    st.builds(Known, st.just(0), st.just(FACTS)),
    st.builds(Known, st.just(0), st.builds(lambda seq: replace(FACTS, last_seq=seq), st.integers(0, 9))),
    st.builds(Replied, st.just(0), st.builds(hello, st.sampled_from(["e1", "e2"]), st.integers(0, 9))),
    st.builds(Replied, st.just(0), st.builds(lambda more: page(more=more), st.booleans())),
    st.builds(Replied, st.just(0), st.just(page(entitled=["c:core", "d:core"]))),
    st.builds(Chosen, st.just(0), st.sampled_from([(), (OP,)])),
    st.just(Stale(0)),
    st.builds(
        Refused,
        st.just(0),
        st.just(409),
        st.sampled_from(["epoch_changed", "device_forked", "feed_behind", "x"]),
        st.just("no"),
    ),
    st.builds(Unanswered, st.just(0), st.just("no network")),
)


@settings(max_examples=300)
@given(events=st.lists(EVENTS, max_size=60))
def test_it_never_breaks_and_every_step_is_numbered(events: list[Event]) -> None:
    """Whatever it is told in whatever order, it asks for one thing at a time, and never goes back."""
    state, effects = step(State(), Begin())
    for event in events:
        moved, asked = step(state, replace(event, number=state.number))
        assert step(state, replace(event, number=state.number)) == (moved, asked), "it is deterministic"
        if asked:
            assert len(asked) == 1
            assert asked[0].number == moved.number > state.number
            effects = asked
        state = moved
        if state.phase is Phase.DONE:
            assert isinstance(effects[0], Finish)
            return


def test_a_service_that_never_settles_is_given_up_on() -> None:
    """Every answer sends the machine back to the start: after some turns it says so and stops."""
    state, effects = step(State(), Begin())
    for _turn in range(20 * MAX_TURNS):
        effect = effects[0]
        if isinstance(effect, Finish):
            break
        event: Event = Known(effect.number, FACTS)
        if isinstance(effect, Call):
            event = Replied(effect.number, hello())
            if effect.path != "/v1/hello":
                event = Refused(effect.number, 409, "epoch_changed", "changed")
        elif isinstance(effect, Choose):
            event = Chosen(effect.number, (OP,))
        state, effects = step(state, event)

    assert isinstance(effects[0], Finish)
    assert "keeps changing" in str(effects[0].problem)


def test_a_child_of_whom_much_was_told_is_one_child_that_leaves() -> None:
    """Each kind of notice lies in a bucket of its own for each reader; what startles is how many children go."""
    kinds = ("missing", "education", *(f"to.reader{number}.form" for number in range(9)))
    held = frozenset(BucketId(f"child{number}:{kind}") for number in range(3) for kind in kinds)

    assert not machine._is_startling(held, frozenset(bucket for bucket in held if not bucket.startswith("child0:")))
    ten = [BucketId(f"child{number}:missing") for number in range(10)]
    assert machine._is_startling(frozenset(ten), frozenset(ten[:1]))
