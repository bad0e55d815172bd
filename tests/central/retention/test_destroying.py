"""What is due goes by order of two keepers, leaves its hashes and its line in the log, and does not come back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from casework.identifiers import OperationId
from casework.records import Operation
from casework.records.digest import BucketDigest, digest_of
from casework.wire.protocol import PullReply
from central.commands import service_backup
from central.database import tables
from central.database.fact_tables import episode_fact
from central.database.home import Home
from central.retention import destruction_log
from central.service import Service
from tests.central.pushing import Pusher, statuses
from tests.central.retention.ruled import (
    EPISODE,
    MARKER,
    SHA,
    add,
    age,
    changed,
    destroyed,
    due,
    emptied,
    marked_files,
    publish_rules,
    send_file,
    typed,
)
from tests.central.running import Clock, Council, keepers_words


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council as it is on its first day: made once."""
    found = Council.found(tmp_path_factory.mktemp("founded") / "central")
    for officer_id in ("ann", "ben"):
        found.officer(officer_id)
    publish_rules(found)
    found.service.close()
    return found.home.folder


@pytest.fixture
def council(founded: Path, tmp_path: Path) -> Iterator[Council]:
    """Over SQLite: what is asked of PostgreSQL as well stands in test_on_both.py."""
    shutil.copytree(founded, tmp_path / "central")
    clock, home = Clock(), Home(tmp_path / "central")
    found = Council(home, clock, Service.open(home, now=clock))
    yield found
    found.service.close()


@pytest.fixture
def ann(council: Council) -> Pusher:
    """A child with an episode long over, whose every word holds the marker, and another child who stays."""
    found = Pusher.of(council, "ann")
    born = {"given_name": "Wren", "date_of_birth": "2012-03-27"}
    said = found.push(
        found.create("wren", **born),
        found.create("wren", "ep", "missing", EPISODE, last_seen_at="2015-01-02T10:00:00+00:00", found_where=MARKER),
        found.create("mia", given_name="Mia", date_of_birth="2012-03-27"),
    )
    said += found.push(add(found, "wren", "ep", "found_at", "2015-01-03T10:00:00+00:00"))
    assert set(statuses(said)) == {"accepted"}, statuses(said)
    age(council, "ep", "wren", "mia")
    return found


def sums(reply: PullReply) -> dict[str, BucketDigest]:
    """What a laptop that came new reckons of a whole pull, by its hashes alone."""
    found: dict[str, dict[str, dict[OperationId, str]]] = {}
    for item in reply.items:
        records = found.setdefault(item.bucket, {})
        if item.kind == "out":
            records.pop(item.record_id, None)
        else:
            hashed = Operation.from_payload(item.op.payload, "").payload_hash if item.op else item.left
            records.setdefault(item.record_id, {})[item.op_id] = hashed
    return {
        name: digest_of(pair for ops in records.values() for pair in ops.items()) for name, records in found.items()
    }


def data_folder(council: Council) -> Path:
    """Where the database's own files lie."""
    if council.service.database.is_sqlite:
        return council.home.folder
    with council.service.database.reading() as connection:
        connection.execute(text("SELECT 1"))
        data = connection.execute(text("SHOW data_directory")).scalar_one()
        number = connection.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    return Path(data) / "base" / str(number)


def test_the_words_go_and_what_proves_the_log_stays(council: Council, ann: Pusher) -> None:
    send_file(council, ann, "ep")
    head = json.loads(typed(council, "audit", "--json").out)["head"]
    assert marked_files(council.home.folder)

    told = destroyed(council)

    assert (told["records"], told["operations"], told["files"], told["traces"]) == (1, 2, 1, "none")
    assert emptied(council, "ep") == [("", "")] * 2
    assert marked_files(council.home.folder) == []
    assert marked_files(data_folder(council)) == []
    assert typed(council, "audit", "--against", head).ended == 0
    with council.service.database.reading() as connection:
        facts = select(func.count()).select_from(episode_fact).where(episode_fact.c.record_id == "ep")
        assert connection.execute(facts).scalar_one() == 0
        uses = select(func.count()).select_from(tables.blob_use)
        assert connection.execute(uses).scalar_one() == 0
    assert not (council.home.blobs / SHA[:2] / SHA).exists()
    reply = ann.pull()
    assert {name: (one.count, one.hex) for name, one in sums(reply).items()} == {
        name: (one.count, one.sum) for name, one in reply.digests.items()
    }
    assert [item.destroyed != "" for item in reply.items if item.kind == "out"] == [True]


def test_the_log_names_nobody_and_the_notes_of_the_keepers_have_it(council: Council, ann: Pusher) -> None:
    destroyed(council)
    log = (council.home.folder / destruction_log.LOG).read_text(encoding="utf-8")

    for word in ("wren", "Wren", "ep-", '"ep"', MARKER, str(ann.device_id)):
        assert word not in log
    (row,) = json.loads(typed(council, "retention", "log", "--json").out)
    assert (row["form"], row["records"], row["operations"], row["rule"]) == (EPISODE, 1, 2, "6 years after closing")
    assert (row["first"], row["by"]) == ("2015-03-27", "Ada Ruiz, Ben Sato")
    assert "destroyed" in typed(council, "keys", "notes").out


def test_what_is_sent_again_is_a_duplicate_and_what_is_new_is_read_and_never_taken_in(
    council: Council, ann: Pusher
) -> None:
    again = ann.create("wren", "ep-2", "missing", EPISODE, last_seen_at="2015-02-02T10:00:00+00:00")
    ann.push(again)
    age(council, "ep-2")
    late = add(ann, "wren", "ep", "found_where", f"{MARKER}, once more")
    destroyed(council)

    (result,) = ann.push(late)

    assert (result.status, result.code) == ("quarantined", "destroyed")
    assert "The council destroyed this record on" in result.detail
    assert "wait" not in str(typed(council, "retention", "due").out)  # it holds nothing back
    council.officer("mo", "missing_manager")
    kept = typed(council, "quarantine", "accept", late.op_id, "--reason", "let it in")
    assert kept.ended == 1
    assert "cannot be taken in" in kept.err
    assert typed(council, "quarantine", "reject", late.op_id, "--reason", "read, and gone with the record").ended == 0
    typed(council, "retention", "repeat")
    assert marked_files(council.home.folder) == []
    assert statuses(ann.push(late)) == ["rejected destroyed"]


def test_a_childs_own_record_goes_last_and_only_with_everything_else(council: Council) -> None:
    ann = Pusher.of(council, "ann")
    ann.push(
        ann.create("old", given_name="Old", date_of_birth="1999-01-02"),
        ann.create("old", "ep", "missing", EPISODE, last_seen_at="2015-01-02T10:00:00+00:00"),
    )
    age(council, "old", "ep")
    (row,) = json.loads(typed(council, "retention", "due", "--json").out)["records"]
    assert (row["form"], row["held"]) == ("child", "other records of the child are left")  # nobody has found her yet
    assert typed(council, "retention", "destroy", "0" * 16, keepers=2).ended == 1

    ann.push(add(ann, "old", "ep", "found_at", "2015-01-03T10:00:00+00:00"))
    age(council, "ep")
    told = destroyed(council)

    assert told["records"] == 2
    assert json.loads(typed(council, "children", "--json").out) == []
    assert typed(council, "subject-access", "old", "--for", "ann", "--to", str(council.home.folder / "x")).ended == 1


def test_one_keeper_alone_destroys_nothing(council: Council, ann: Pusher) -> None:
    found = due(council)

    for count in (0, 1):
        said = typed(council, "retention", "destroy", found, keepers=count)
        assert (said.ended, said.out) == (1, "")
    assert emptied(council, "ep")[0][0]
    assert not (council.home.folder / destruction_log.LOG).exists()
    assert ann.number


def test_a_list_that_changed_after_it_was_looked_at_is_refused(council: Council, ann: Pusher) -> None:
    found = due(council)
    ann.push(ann.create("mia", "ep-mia", "missing", EPISODE, found_at="2015-01-03T10:00:00+00:00"))
    age(council, "ep-mia")

    said = typed(council, "retention", "destroy", found, keepers=2)

    assert (said.ended, said.err.count("\n")) == (1, 1)
    assert "not what was looked over" in said.err
    assert emptied(council, "ep")[0][0]


def test_a_hold_put_between_stops_it_and_is_listed_with_who_and_why(council: Council, ann: Pusher) -> None:
    found = due(council)
    words = ("--reason", "an inquiry", "--by", "Mo Karim, data protection", "--until", "2099-12-31")
    hold = json.loads(typed(council, "retention", "hold", "wren", *words, "--json").out)

    assert typed(council, "retention", "destroy", found, keepers=2).ended == 1
    (row,) = json.loads(typed(council, "retention", "due", "--json").out)["records"]
    assert row["held"] == "on hold: an inquiry"
    (listed,) = json.loads(typed(council, "retention", "holds", "--json").out)
    assert (listed["placed_by"], listed["until"]) == ("Mo Karim, data protection", "2099-12-31")
    over = typed(council, "retention", "release", hold["hold"], "--reason", "it is over", "--by", "Mo Karim")
    assert over.ended == 0
    assert destroyed(council)["records"] == 1
    assert typed(council, "retention", "release", hold["hold"], "--reason", "x", "--by", "y").ended == 1
    assert ann.number


@pytest.mark.parametrize(
    ("old", "new"), [('\\"operations\\":2', '\\"operations\\":1'), ('"signature": "30', '"signature": "31')]
)
def test_a_log_that_somebody_wrote_into_is_not_believed(council: Council, ann: Pusher, old: str, new: str) -> None:
    destroyed(council)
    with changed(council.home.folder / destruction_log.LOG, old, new):
        said = typed(council, "retention", "repeat")

    assert (said.ended, said.err.count("\n")) == (1, 1)
    assert "line 1: this was not signed by the council’s keepers" in said.err
    assert typed(council, "retention", "repeat").ended == 0
    assert ann.number


def test_a_log_of_which_a_line_is_missing_is_not_believed(council: Council, ann: Pusher, tmp_path: Path) -> None:
    destroyed(council)
    first = tmp_path / "first.jsonl"
    assert typed(council, "retention", "log", "--to", str(first)).ended == 0
    between = service_backup.back_up(council.home, tmp_path / "backups", council.clock())
    later = ann.create("mia", "ep-mia", "missing", EPISODE, found_at="2015-01-03T10:00:00+00:00")
    ann.push(later)
    age(council, "ep-mia")
    destroyed(council)
    log = council.home.folder / destruction_log.LOG
    second = tmp_path / "second.jsonl"
    second.write_text(log.read_text(encoding="utf-8").splitlines()[1] + "\n", encoding="utf-8")

    assert "a line before it is missing" in typed(council, "retention", "repeat", str(second)).err
    assert "Bring the newest copy" in typed(council, "retention", "repeat", str(first)).err
    assert typed(council, "retention", "repeat", str(log)).ended == 0

    council.service.close()  # and restored from between the two orders it has to hear of the second
    shutil.copyfile(between / "central.sqlite", council.home.folder / "central.sqlite")
    assert typed(council, "epoch", "--new").ended == 1
    assert typed(council, "retention", "repeat").ended == 0
    assert typed(council, "epoch", "--new").ended == 0
    assert statuses(ann.push(later)) == ["duplicate"]
    assert emptied(council, "ep-mia") == [("", "")]


def test_killed_in_the_middle_it_is_finished_by_repeating_it(council: Council, ann: Pusher, tmp_path: Path) -> None:
    """Between the order, which is on the disk by then, and the end of its transaction."""
    # In a folder of its own: the folder “central” beside it would be taken for the package.
    program = tmp_path / "program" / "killed.py"
    program.parent.mkdir()
    program.write_text(KILLED, encoding="utf-8")
    found = due(council)
    words = ["--home", str(council.home.folder), "retention", "destroy", found]
    done = subprocess.run([sys.executable, program, *words, *keepers_words(council.home.folder)], check=False)
    assert done.returncode == -9
    assert emptied(council, "ep")[0][0]
    late = add(ann, "wren", "ep", "found_where", "said after the keepers had looked")
    assert statuses(ann.push(late)) == ["accepted"]

    assert "Order 1 was signed and not carried out" in typed(council, "retention", "due").err
    assert "repeat" in typed(council, "retention", "destroy", due(council), keepers=2).err
    assert typed(council, "epoch", "--new").ended == 1
    told = json.loads(typed(council, "retention", "repeat", "--json").out)

    assert (told["records"], told["to be read"]) == (1, 1)
    assert marked_files(council.home.folder) == []
    (waits,) = json.loads(typed(council, "quarantine", "list", "--json").out)
    assert "said after the keepers had looked" in waits["payload"]
    assert typed(council, "epoch", "--new").ended == 0


KILLED = """
import os, signal, sys
from central.__main__ import main as deed
from central.retention import destroying

def cut(*_):
    os.kill(os.getpid(), signal.SIGKILL)

destroying.feed.append = cut
sys.exit(deed(sys.argv[1:]))
"""


def test_a_council_without_rules_destroys_nothing_and_a_rule_for_no_form_is_said(council: Council) -> None:
    publish_rules(council, "")
    assert "no [[retention]] rule" in typed(council, "retention", "due").err
    publish_rules(council, '\n[[retention]]\nform = "episode"\nbirthday = 25\nreason = "S"\n')
    assert "“episode”" in typed(council, "retention", "due").err


def test_nobody_learns_from_an_answer_that_a_record_was_destroyed(council: Council, ann: Pusher) -> None:
    destroyed(council)
    ben = Pusher.of(council, "ben")
    ben.heads["ep"] = ()
    guess = add(ben, "wren", "ep", "found_where", "a guess")

    assert statuses(ben.push(guess)) == ["quarantined out_of_scope"]
    assert typed(council, "quarantine", "accept", guess.op_id, "--reason", "let it in").ended == 1
    assert ann.number


def test_an_extract_brings_no_destroyed_child_back(council: Council, tmp_path: Path) -> None:
    children, episodes = tmp_path / "children.csv", tmp_path / "episodes.csv"
    children.write_text(
        "Person ID,Forename,Surname,Known as,Date of birth,Gender\n0907,Robin,Alder,,14/02/1998,F\n", encoding="utf-8"
    )
    heads = "Episode ID,Person ID,Last seen,Reported,Found,Police reference"
    episodes.write_text(f"{heads}\nE-1,0907,05/10/2010 18:00,05/10/2010 21:30,06/10/2010 02:15,\n", encoding="utf-8")
    assert typed(council, "import", "children", str(children)).ended == 0
    assert destroyed(council)["records"] == 1

    for what, file in (("children", children), ("episodes", episodes)):
        said = typed(council, "import", what, str(file))
        assert (said.ended, "so it is not taken in again" in said.out) == (0, True), said

    assert json.loads(typed(council, "children", "--json").out) == []
    with council.service.database.reading() as connection:
        assert connection.execute(select(func.count()).select_from(tables.extract_number)).scalar_one() == 0
        assert connection.execute(select(func.count()).select_from(tables.record)).scalar_one() == 1
