"""What is written before a laptop joins: kept, made its officer's on joining, sent once, and never somebody else's."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from casework.errors import KnownError, NotJoined
from casework.identifiers import OperationId
from casework.records import Stamp
from desktop.compose import build_catalogue
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.unlocking import Gate, lock
from desktop.flows.council import kept_apart, not_taken_in
from desktop.flows.council.sending import sync
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.record import editing, notes
from desktop.flows.record.attaching import attach
from desktop.flows.signing import signing
from desktop.paths import resources
from desktop.store.exchange.written_before import KeptApart, NamedMeanwhile
from tests.central.running import Council
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate, set_up_quickly

PASSPHRASE = "otter lantern gravel mosaic thirteen"
CHILD = {"given_name": "Wren", "family_name": "Hollowby", "date_of_birth": "2011-06-09"}
AWAY = {"last_seen_at": "2026-03-24T22:20:00+00:00", "found_at": "2026-03-25T21:40:00+00:00"}
DURING = "f/during"


@dataclass
class Written:
    """A laptop that has joined nobody, with an interview begun, half a sentence and a photograph."""

    gate: Gate
    desk: Desk
    child: str
    episode: str
    interview: str

    def reopened(self) -> Written:
        lock(self.desk)
        self.desk = self.gate.unlock(self.desk.vault.folder, PASSPHRASE)
        return self

    @property
    def records(self) -> tuple[str, ...]:
        return self.child, self.episode, self.interview

    def operations(self) -> list[tuple[object, ...]]:
        """What is to stay as it was, of every operation here in its order."""
        found = [op for one in self.records for op in self.desk.vault.operations(one)]
        return sorted((op.device_seq, op.op_id, op.at, op.hlc, op.kind, op.changes, op.after) for op in found)


def write(home: Path, council: Council, name: str) -> Written:
    clock = Clock()
    clock.at = council.clock()
    gate = quick_gate(home, build_catalogue(), clock)
    desk = set_up_quickly(gate, name, PASSPHRASE)
    child = editing.new_record(desk, "child", "", CHILD)
    episode = editing.new_record(desk, "missing_episode", child, AWAY)
    interview = start_interview(desk, episode)
    notes.add_note(desk, interview, "Row about phone.")
    editing.answer(desk, child, {"best_way_to_talk": "Side by side."})
    attach(desk, child, resources() / "demo" / "pictures" / "wren.png")
    editing.save(desk, interview, DURING, "I was at Kai")
    return Written(gate, desk, child, episode, interview)


@pytest.fixture
def written(tmp_path: Path, council: Council) -> Iterator[Written]:
    found = write(tmp_path / "ann", council, "Ann")
    yield found
    found.desk.vault.close()


def test_it_is_kept_and_waits_for_nobody(written: Written) -> None:
    desk = written.reopened().desk

    assert desk.vault.outbox.count() == 0
    assert desk.name_of(desk.vault.operations(written.child)[0].officer_id) == "Ann"
    assert editing.current_view(desk, written.interview).answer(DURING) == "I was at Kai"
    with pytest.raises(NotJoined, match="has not joined a council yet"):
        sync(desk)
    with pytest.raises(NotJoined, match="can be signed once this laptop has joined"):
        signing.sign(desk, written.interview, name="Ann", passphrase=PASSPHRASE)


def test_joining_makes_it_the_officers_and_it_goes_once(written: Written, council: Council, tmp_path: Path) -> None:
    before = written.operations()
    provisional = (written.desk.officer.id, written.desk.writes_as)
    join(written.desk, council.url, council.code("ann"))
    desk = written.desk

    assert written.operations() == before
    found = [op for one in written.records for op in desk.vault.operations(one)]
    key = desk.author.key.public_key()
    for op in found:
        op.verify(Ed25519PublicKey.from_public_bytes(key.public_bytes_raw()))
        assert (op.officer_id, op.device_id) == ("ann", desk.device.id)
        assert [one for one in provisional if one in op.text] == []
    assert desk.vault.outbox.count() == len(desk.vault.outbox.ids()) >= len(found)
    report = sync(desk)
    assert (report.problem, report.quarantined, report.held) == (None, 0, 0)
    assert desk.vault.outbox.count() == 0
    assert sync(desk).accepted == 0
    _another_reads_it(written, council, tmp_path)


def _another_reads_it(written: Written, council: Council, tmp_path: Path) -> None:
    council.allocate("ben", written.child)
    gate = quick_gate(tmp_path / "ben", build_catalogue(), written.gate.now)
    other = set_up_quickly(gate, "Ben", PASSPHRASE)
    join(other, council.url, council.code("ben"))
    assert sync(other).problem is None

    view = other.vault.view(written.interview)
    assert view.answer(DURING) == "I was at Kai"
    assert {op.officer_id for one in written.records for op in other.vault.operations(one)} == {"ann"}
    assert other.name_of(other.vault.operations(written.child)[0].officer_id) == "Ann"
    assert editing.current_view(other, written.child).answer("f/best_way_to_talk") == "Side by side."
    other.vault.close()


def test_words_go_on_after_joining(written: Written, council: Council) -> None:
    join(written.desk, council.url, council.code("ann"))
    assert sync(written.desk).problem is None
    editing.answer(written.desk, written.interview, {"during": "I was at Kai’s all night."})

    assert sync(written.desk).quarantined == 0
    assert written.desk.vault.outbox.count() == 0
    assert written.desk.vault.view(written.interview).conflicts == ()


@pytest.fixture
def by_another(tmp_path: Path, council: Council) -> Iterator[Written]:
    """Set up by Sam; the code that came is Ann's."""
    found = write(tmp_path / "sam", council, "Sam Tindle")
    yield found
    found.desk.vault.close()


def test_it_is_never_sent_as_somebody_elses(by_another: Written, council: Council) -> None:
    desk, before = by_another.desk, by_another.operations()
    join(desk, council.url, council.code("ann"))
    apart = kept_apart.kept_apart(desk)
    assert apart is not None
    assert apart.title == "Written before joining by Sam Tindle. This laptop joined as Ann."

    with pytest.raises(KeptApart):
        editing.answer(desk, by_another.child, {"best_way_to_talk": "Not now."})
    with pytest.raises(KeptApart):
        editing.new_record(desk, "missing_episode", by_another.child, AWAY)
    editing.new_record(desk, "child", "", {"given_name": "Otis"})
    assert sync(desk).problem is None
    assert desk.vault.outbox.count() == 0
    assert by_another.reopened().operations() == before
    desk = by_another.desk
    assert desk.name_of(desk.vault.operations(by_another.child)[0].officer_id) == "Sam Tindle"
    assert editing.current_view(desk, by_another.interview).answer(DURING) == "I was at Kai"


def test_it_goes_once_they_have_said_that_it_is_theirs(by_another: Written, council: Council) -> None:
    desk = by_another.desk
    join(desk, council.url, council.code("ann"))
    own = editing.new_record(desk, "child", "", {"given_name": "Otis"})
    assert kept_apart.kept_apart(desk) is not None

    assert kept_apart.are_mine(desk) >= len(by_another.records)
    assert kept_apart.kept_apart(desk) is None
    assert sync(desk).quarantined == 0
    assert {op.officer_id for one in (*by_another.records, own) for op in desk.vault.operations(one)} == {"ann"}
    assert desk.vault.outbox.count() == 0
    with pytest.raises(KnownError, match="Nothing here was written before joining"):
        kept_apart.are_mine(desk)


def test_what_the_role_may_not_write_comes_back_and_is_not_lost(written: Written, council: Council) -> None:
    council.officer("iris", "iro")
    written.desk.vault.close()
    home = written.gate.home.with_name("iris")
    reader = write(home, council, "Iris")
    join(reader.desk, council.url, council.code("iris"))
    report = sync(reader.desk)

    assert report.problem is None
    assert reader.desk.vault.outbox.count() > 0
    assert reader.desk.vault.view(reader.child).answer("f/given_name") == "Wren"
    assert {op.officer_id for op in reader.desk.vault.operations(reader.child)} == {"iris"}
    reader.desk.vault.close()


KILLED = """
import os, signal, sys
from pathlib import Path
from casework.identifiers import OperationId
from casework.records import Stamp
from desktop.compose import build_catalogue, now
from desktop.flows.access.joining_a_council import join
from desktop.store.exchange import written_before
from tests.desktop.doors import quick_gate
home, url, code, after = sys.argv[1:]
usual, done = written_before.made_anew, []
def counted(*given):
    usual(*given)
    done.append(given)
    if len(done) == int(after):
        os.kill(os.getpid(), signal.SIGKILL)
written_before.made_anew = counted
gate = quick_gate(Path(home), build_catalogue(), now)
join(gate.unlock(gate.cards()[0].folder, "otter lantern gravel mosaic thirteen"), url, code)
"""


@pytest.mark.parametrize("after", [1, 3])
def test_killed_in_the_middle_of_joining_nothing_has_happened_and_the_same_code_works(
    written: Written, council: Council, after: int
) -> None:
    before, code = written.operations(), council.code("ann")
    own = written.desk.writes_as
    lock(written.desk)
    line = [sys.executable, "-c", KILLED, str(written.gate.home), council.url, code, str(after)]
    ended = subprocess.run(line, check=False, env={**os.environ, "PYTHONPATH": str(Path.cwd())})
    assert ended.returncode == -signal.SIGKILL

    written.desk = written.gate.unlock(written.desk.vault.folder, PASSPHRASE)
    assert written.desk.vault.outbox.count() == 0
    sealed = written.operations()
    assert [op for op in before if op not in sealed] == []
    assert {op.device_id for op in written.desk.vault.operations(written.child)} == {own}
    join(written.desk, council.url, code)
    assert sync(written.desk).problem is None
    assert written.desk.vault.outbox.count() == 0
    assert {op.officer_id for op in written.desk.vault.operations(written.child)} == {"ann"}


def test_a_copy_of_before_joining_joins_too_and_nothing_is_there_twice(written: Written, council: Council) -> None:
    lock(written.desk)
    copied = written.gate.home / "vault-2"
    shutil.copytree(written.desk.vault.folder, copied)
    written.desk = written.gate.unlock(written.desk.vault.folder, PASSPHRASE)
    join(written.desk, council.url, council.code("ann"))
    assert sync(written.desk).problem is None

    copy = written.gate.unlock(copied, PASSPHRASE)
    join(copy, council.url, council.code("ann"))
    report = sync(copy)
    assert (report.problem, report.accepted, copy.vault.outbox.count()) == (None, 0, 0)
    assert not_taken_in.returned(copy) == ()
    assert copy.vault.view(written.interview).answer(DURING) == "I was at Kai"
    copy.vault.close()


def test_what_was_begun_as_it_joined_is_not_kept_under_a_name_given_up(written: Written, council: Council) -> None:
    """It would stand in no outbox for ever."""
    author, look = written.desk.author, written.desk.vault.before.look()
    view = written.desk.vault.view(written.child)
    late = author.say(Stamp(OperationId("late"), 99, "2026-03-27T14:32:00+00:00", "0"), view, ())
    join(written.desk, council.url, council.code("ann"))
    vault = written.desk.vault

    with pytest.raises(NamedMeanwhile):
        vault.author(lambda stamp: author.say(stamp, view, ()))
    with pytest.raises(NamedMeanwhile):
        vault.settings.put_all(first=lambda tx: look(tx, late))
    assert {op.officer_id for op in vault.operations(written.child)} == {"ann"}
