"""Opening, filling in and sealing: what is typed is kept, what is said is never rewritten."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import AnswerError, UnknownRecord
from casework.identifiers import DeviceId, OfficerId, OperationId
from casework.records import Author, Change, RecordView, Stamp
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.decisions.conflicts import of_record
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import DEVICE, Device
from desktop.store.exchange.service_answers import Answer
from desktop.store.records.histories import read
from tests.desktop.flows.colleague import BEFORE, PATH, Colleague, arrives, share


@pytest.fixture
def rhi(desk: Desk) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    about = editing.new_record(desk, "missing_episode", child, {"found_at": "2026-03-25T21:40:00+00:00"})
    return editing.new_record(desk, "return_home_interview", child, {"episode_id": about})


def test_a_draft_is_there_after_a_restart_and_was_not_sent(desk: Desk, rhi: str, reopen: Callable[[], Desk]) -> None:
    before = len(desk.vault.operations(rhi))
    editing.save(desk, rhi, "f/before", "I had a row")
    again = reopen()

    assert editing.open_record(again, rhi).answers["before"] == "I had a row"
    assert len(again.vault.operations(rhi)) == before


def test_sealing_makes_one_operation_of_everything_typed(desk: Desk, rhi: str) -> None:
    before = len(desk.vault.operations(rhi))
    editing.save(desk, rhi, "f/before", "I had a row")
    editing.save(desk, rhi, "f/before", "I had a row with staff")
    row = editing.add_row(desk, rhi, "places")
    editing.save(desk, rhi, f"r/places/{row}/name", "Skate park")
    assert editing.seal(desk, rhi)

    operations = desk.vault.operations(rhi)
    assert len(operations) == before + 1
    assert {change.path for change in operations[-1].changes} == {"f/before", f"r/places/{row}", f"r/places/{row}/name"}
    assert not editing.seal(desk, rhi)
    assert desk.vault.drafts.of(rhi) == {}


def test_rows_are_added_changed_and_removed_by_their_ids(desk: Desk, rhi: str) -> None:
    editing.answer(desk, rhi, {"places": [{"name": "Skate park"}, {"name": "Canal"}]})
    first, second = (row["id"] for row in editing.open_record(desk, rhi).answers["places"])
    editing.answer(desk, rhi, {"places": [{"id": first, "felt": "safe"}, {"id": second, "removed": True}]})

    assert editing.open_record(desk, rhi).answers["places"] == [{"id": first, "name": "Skate park", "felt": "safe"}]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("f/no_such_question", "x"),
        ("f/places", "a group holds no answer of its own"),
        ("f/actions", None),
        ("r/places/r1/no_such_column", "x"),
        ("f/how_now", "no_such_option"),
        ("f/started_at", "yesterday"),
        ("nonsense", "x"),
    ],
)
def test_what_no_question_can_take_is_refused_and_nothing_is_saved(
    desk: Desk, rhi: str, path: str, value: object
) -> None:
    with pytest.raises(AnswerError):
        editing.save(desk, rhi, path, value)  # type: ignore[arg-type]

    assert desk.vault.drafts.of(rhi) == {}


def test_a_record_that_is_not_here_is_said_to_be_so(desk: Desk) -> None:
    with pytest.raises(UnknownRecord, match="not on this laptop"):
        editing.open_record(desk, "0" * 32)


def test_typing_over_one_of_two_texts_leaves_the_other(desk: Desk, rhi: str) -> None:
    """A form shows one of two conflicting texts; what it did not show is not replaced."""
    editing.answer(desk, rhi, {"before": "first"})
    (standing,) = desk.vault.view(rhi).values["f/before"]
    colleague = Author(OfficerId("dele"), DeviceId("d2"), Ed25519PrivateKey.generate())
    stamp = Stamp(OperationId("d2.1"), 1, "2026-03-27T14:40:00+00:00", "00000000000000ff")
    seen = RecordView(**{**vars(desk.vault.view(rhi)), "values": {}})
    desk.vault.take([colleague.say(stamp, seen, [Change("f/before", "theirs")])])
    shown = desk.vault.view(rhi).answer("f/before")
    editing.answer(desk, rhi, {"before": "typed over"})
    left = {other.value for other in desk.vault.view(rhi).values["f/before"]}

    assert standing.value == "first"
    assert left == ({"first", "theirs"} - {shown}) | {"typed over"}


def test_words_typed_while_a_sync_seals_do_not_disagree_with_themselves(desk: Desk, rhi: str) -> None:
    """The store's worker saves while the network's seals: every text is kept, and the last one stands alone."""
    texts = [f"I went to the park {'again ' * number}" for number in range(40)]
    typed = threading.Event()

    def seal_and_seal() -> None:
        while not typed.is_set():
            editing.seal(desk, rhi)

    with ThreadPoolExecutor(1) as network:
        sealing = network.submit(seal_and_seal)
        for text in texts:
            editing.save(desk, rhi, "f/before", text)
        typed.set()
        sealing.result()
    editing.seal(desk, rhi)

    view = desk.vault.view(rhi)
    assert view.answer("f/before") == texts[-1]
    assert view.conflicts == ()


def test_a_laptop_that_took_a_new_name_while_it_was_open_writes_on_under_it(desk: Desk, rhi: str) -> None:
    """A copy of a laptop is given a name and a key of its own in the middle of a sync (scenario 37)."""
    editing.save(desk, rhi, "f/before", "I had a row")
    key = Ed25519PrivateKey.generate()
    desk.vault.settings.put(
        DEVICE, Device(id=DeviceId("d2"), name="ASH-0999", signing_key=key.private_bytes_raw().hex())
    )

    assert editing.seal(desk, rhi)

    said = desk.vault.operations(rhi)[-1]
    assert (said.device_id, desk.device.name) == ("d2", "ASH-0999")
    said.verify(key.public_key())


def test_what_a_colleague_said_since_the_screen_was_drawn_is_not_replaced_unseen(desk: Desk) -> None:
    shared = share(desk)
    shown = editing.open_record(desk, shared.record_id).view
    arrives(desk, Colleague().says(shared.view, PATH, "Ring Nan first."))

    editing.save(desk, shared.record_id, PATH, "Ring Jude first.", shown=shown)
    editing.seal(desk, shared.record_id)

    standing = desk.vault.view(shared.record_id).values[PATH]
    assert {found.value for found in standing} == {"Ring Nan first.", "Ring Jude first."}


def test_what_the_same_screen_sealed_before_is_replaced(desk: Desk) -> None:
    """A sync in the middle of typing seals what was typed; the next words go on from there."""
    shared = share(desk)
    shown = editing.open_record(desk, shared.record_id).view
    for words in ("Ring", "Ring Jude", "Ring Jude first."):
        editing.save(desk, shared.record_id, PATH, words, shown=shown)
        editing.seal(desk, shared.record_id)

    assert [found.value for found in desk.vault.view(shared.record_id).values[PATH]] == ["Ring Jude first."]


def test_of_two_texts_the_one_that_was_not_shown_stays(desk: Desk) -> None:
    shared = share(desk)
    shared.mine("missing_when", "Ring Jude first.")
    arrives(desk, Colleague().says(shared.view, PATH, "Ring Nan first.", hlc="9" * 16))
    shown = editing.open_record(desk, shared.record_id).view
    assert shown.answer(PATH) == "Ring Nan first."

    editing.save(desk, shared.record_id, PATH, "Ring Nan, then Pauline.", shown=shown)
    editing.seal(desk, shared.record_id)

    standing = desk.vault.view(shared.record_id).values[PATH]
    assert {found.value for found in standing} == {"Ring Jude first.", "Ring Nan, then Pauline."}


def test_a_row_taken_away_keeps_what_a_colleague_wrote_in_it_unseen(desk: Desk) -> None:
    shared = share(desk)
    row = editing.add_row(desk, shared.record_id, "associates")
    editing.save(desk, shared.record_id, f"r/associates/{row}/name", "Tay")
    editing.seal(desk, shared.record_id)
    known = desk.vault.view(shared.record_id)
    shown = editing.open_record(desk, shared.record_id).view
    arrives(desk, Colleague().says(known, f"r/associates/{row}/name", "Tay Ashdown"))

    editing.save(desk, shared.record_id, f"r/associates/{row}", {"removed": True}, shown=shown)
    editing.seal(desk, shared.record_id)

    assert [found.id for found in desk.vault.view(shared.record_id).rows("associates")] == [row]


def test_nobody_signs_what_came_after_they_had_read_it(desk: Desk) -> None:
    shared = share(desk)
    read = signing.check(desk, shared.record_id)
    arrives(desk, Colleague().says(shared.view, PATH, "Ring Nan first."))

    with pytest.raises(signing.ChangedSince):
        signing.sign(desk, shared.record_id, name="Nadia", passphrase=PASSPHRASE, read=read)

    assert not desk.vault.view(shared.record_id).locked


@pytest.mark.parametrize("typed", ["before the signature came", "after it came, on a screen drawn before"])
def test_words_typed_while_a_colleague_signed_become_a_proposed_amendment(desk: Desk, typed: str) -> None:
    shared = share(desk)
    shown = editing.open_record(desk, shared.record_id).view
    signature = Colleague().signs(shared.view)
    if typed.startswith("after"):
        arrives(desk, signature)
    editing.save(desk, shared.record_id, PATH, "Ring Jude first.", shown=shown)
    if typed.startswith("before"):
        arrives(desk, signature)

    editing.seal_all(desk)

    view = desk.vault.view(shared.record_id)
    assert (view.locked, view.signatures[0].intact, view.answer(PATH)) == (True, True, BEFORE)
    assert [change.value for found in view.proposed for change in found.changes] == ["Ring Jude first."]
    assert [side.text for found in of_record(desk, shared.record_id) for side in found.sides] == ["Ring Jude first."]
    assert desk.vault.drafts.of(shared.record_id) == {}


def test_words_typed_in_a_record_that_leaves_the_caseload_go_up_to_be_decided(desk: Desk) -> None:
    """One text was saved before it left, one is typed after it was purged: neither is lost, both can be sent."""
    first, second = share(desk), share(desk)
    bucket = {one.record_id: desk.vault.view(one.record_id).bucket for one in (first, second)}
    screens = {one.record_id: editing.open_record(desk, one.record_id).view for one in (first, second)}
    editing.save(desk, first.record_id, PATH, "Ring Jude first.", shown=screens[first.record_id])
    desk.vault.feed.entitle(bucket.values())
    desk.vault.outbox.all_answered(
        [Answer(waiting.op_id, "accepted", 1, "", "") for waiting in desk.vault.outbox.waiting()], at="2026-03-27"
    )
    desk.vault.feed.entitle([])
    purged = desk.vault.operations(second.record_id)
    for words in ("Ring Nan", "Ring Nan first."):
        editing.save(desk, second.record_id, PATH, words, shown=screens[second.record_id])

    editing.seal_all(desk)

    ops = [read(text) for _, _, text in desk.vault.outbox.sealed(100, 1_000_000)]
    sent = {op.bucket: op.changes[0].value for op in ops}
    assert purged == ()
    assert sent == {bucket[first.record_id]: "Ring Jude first.", bucket[second.record_id]: "Ring Nan first."}
    assert desk.vault.drafts.records() == []


def test_a_time_without_its_offset_gets_the_one_the_clocks_had(desk: Desk, rhi: str) -> None:
    """By `homeward answer` too: October’s second hour is asked about, and spring’s missing one refused (D)."""
    editing.answer(desk, rhi, {"started_at": "2026-06-15T15:00", "offers": [{"id": "o", "at": "2026-06-15T10:00"}]})
    said = editing.open_record(desk, rhi).answers
    assert said["started_at"] == "2026-06-15T15:00:00+01:00"
    assert said["offers"] == [{"id": "o", "at": "2026-06-15T10:00:00+01:00"}]
    with pytest.raises(AnswerError, match=r"came twice that night.*\+01:00 for before, or \+00:00 for after"):
        editing.answer(desk, rhi, {"started_at": "2026-10-25T01:30"})
    with pytest.raises(AnswerError, match="The clocks went forward that night"):
        editing.answer(desk, rhi, {"started_at": "2026-03-29T01:30"})


def test_what_the_store_would_refuse_is_put_right_before_it_is_kept(desk: Desk, rhi: str) -> None:
    """A break from Word, and a character no font draws."""
    editing.save(desk, rhi, "f/before", "I left at nine.\x0bThen\x00 I got the bus.")

    assert editing.open_record(desk, rhi).answers["before"] == "I left at nine.\nThen I got the bus."


def test_more_than_one_operation_takes_is_sealed_as_several(desk: Desk, rhi: str) -> None:
    """Each within what the council takes; an operation above it would be refused for ever."""
    long = {name: name[0] + "é" * 99_000 for name in ("before", "during", "after", "helped", "changes_wanted")}
    known = {name: words for name, words in long.items() if name in editing.open_record(desk, rhi).definition.by_id}
    before = len(desk.vault.operations(rhi))
    for name, words in known.items():
        editing.save(desk, rhi, f"f/{name}", words)
    assert editing.seal(desk, rhi)

    made = desk.vault.operations(rhi)[before:]
    assert len(made) > 1
    assert all(len(operation.payload) < 512 * 1024 for operation in made)
    assert {name: editing.open_record(desk, rhi).answers[name] for name in known} == known
    assert desk.vault.drafts.of(rhi) == {}
