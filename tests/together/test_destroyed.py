"""Records that the council destroyed, on real laptops: old ones, restored ones, relaying ones; none keeps a word."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from casework.identifiers import BucketId
from casework.practice.roles import Role
from central.commands import founding, service_backup
from central.database.database import Database
from desktop.compose import build_catalogue
from desktop.flows.child.child_page import child_page
from desktop.flows.desk import Desk
from desktop.flows.due.today import today
from desktop.flows.record.linked_records import linked
from desktop.store.exchange.destroyed_here import DESTROYED
from tests.central.retention.ruled import MARKER, age, destroyed, emptied, marked_files, publish_rules, typed
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop
from tests.together.test_scenarios_photographs import attach, document

FOUND = "2015-01-03T10:00:00+00:00"
PAGE, RESERVED, SALT = 4096, 80, 16
BY_YEARS = """
[[retention]]
form = "missing_episode"
years_after_closing = 6
reason = "Wispmere, records schedule 4.2"

[[retention]]
form = "return_home_interview"
years_after_closing = 6
reason = "Wispmere, records schedule 4.2"

[[retention]]
form = "note"
years_after_closing = 6
reason = "Wispmere, records schedule 4.2"
"""


def marked_pages(laptop: Laptop, marker: str = MARKER) -> list[str]:
    """Which files of a closed store hold the marker once their pages are read with its key: free pages, and what the
    write-ahead log still has of before, like any other."""
    key = bytes.fromhex(laptop.vault._key.subkey("database").hex())
    files = [path for path in sorted(laptop.vault.folder.rglob("*")) if path.is_file()]
    return [file.name for file in files if marker.encode() in b"".join(_pages(file.read_bytes(), key, file.name))]


def _pages(data: bytes, key: bytes, name: str) -> Iterator[bytes]:
    yield data
    start, gap = (32, 24) if name.endswith("-wal") else (0, 0)
    for at in range(start, len(data) - PAGE - gap + 1, PAGE + gap) if name.startswith("vault.db") else ():
        page = data[at + gap : at + gap + PAGE]
        for skipped in (0, SALT):  # the first page begins with the salt
            whole = page[skipped : PAGE - RESERVED]
            yield Cipher(algorithms.AES(key), modes.CBC(page[-RESERVED : -RESERVED + 16])).decryptor().update(whole)


def episode(laptop: Laptop, child: str, words: str = MARKER) -> str:
    return laptop.episode(child, last_seen_at="2015-01-02T10:00:00+00:00", found_at=FOUND, found_where=words)


def told(laptop: Laptop) -> list[tuple[str, int]]:
    return [(one.form, one.count) for one in laptop.vault.settings.get(DESTROYED).told]


def is_gone(laptop: Laptop, record_id: str) -> bool:
    """From records, search and operations alike."""
    return (
        laptop.vault.operations(record_id) == ()
        and laptop.vault.summary(record_id) is None
        and laptop.vault.search("Otterby") == []
    )


def test_every_laptop_lets_go_and_words_that_were_not_sent_are_read_first(council: Council, join: Join) -> None:
    publish_rules(council, BY_YEARS)
    council.officer("boss", "missing_manager")
    council.officer("co", Role.MISSING_COORDINATOR.value)
    ann, ben, co = join("ann"), join("ben"), join("co")
    child = ann.child("wren", given_name="Wren", date_of_birth="2012-03-27")
    lost = episode(ann, child)
    stays = episode(ann, child, "at school")
    ann.synced()
    for officer in ("ben", "co"):
        council.allocate(officer, child)
    for laptop in (ben, co):
        laptop.synced()
        assert laptop.vault.search("Otterby")
    assert marked_pages(ben) == ["vault.db-wal"] or "vault.db" in marked_pages(ben)
    ben.say(lost, police_ref="said on the way home")
    age(council, lost)

    assert destroyed(council)["records"] == 1
    for laptop in (ann, ben, co):
        laptop.synced()

    for laptop in (ann, ben, co, join("ann")):
        laptop.synced()
        assert is_gone(laptop, lost)
        assert laptop.vault.summary(stays) is not None
        for bucket in (BucketId(f"{child}:core"), BucketId(f"{child}:missing")):
            assert laptop.vault.feed.digest(bucket) == laptop.vault.feed.recount(bucket)
        again = laptop.reopened()
        laptop.vault = again.vault
        assert marked_pages(laptop) == []
    assert told(ann) == told(ben) == told(co) == [("missing_episode", 1)]
    (item,) = ben.vault.quarantine.open_items()
    assert (item.status, item.code) == ("quarantined", "destroyed")
    (waits,) = json.loads(typed(council, "quarantine", "list", "--json").out)
    assert "said on the way home" in waits["payload"]
    typed(council, "quarantine", "return", waits["op_id"], "--reason", "I have read it. Thank you.")
    ben.synced()
    (item,) = ben.vault.quarantine.open_items()
    assert item.why == "I have read it. Thank you."
    ben.vault.quarantine.deal(item.operation.op_id, "done")
    assert ben.vault.quarantine.items() == []


def test_a_twin_keeps_the_file_that_both_have(council: Council, join: Join) -> None:
    """And a photograph that was not sent yet goes up with the words that name it."""
    publish_rules(council)
    ann = join("ann")
    old = ann.child("old", given_name="Robin", date_of_birth="1999-03-27", family_name="Marsh")
    twin = ann.child("twin", given_name="Wren", date_of_birth="2012-03-27")
    both, alone = document(1, 9_000), document(2, 9_000)
    shas = [
        attach(ann, old, both, "b.pdf"),
        attach(ann, twin, both, "b.pdf"),
        attach(ann, old, alone, "a.pdf", "row-2"),
    ]
    ann.synced()
    late = attach(ann, old, document(3, 9_000), "late.pdf", "row-3")
    age(council, old)

    found = destroyed(council)

    assert (found["records"], found["files"]) == (1, 1)
    assert marked_files(council.home.blobs, both) != []
    assert marked_files(council.home.blobs, alone) == []
    ann.synced()
    ann.synced()
    assert is_gone(ann, old)
    assert [ann.vault.attachments.has(sha) for sha in (*shas, late)] == [True, True, False, False]
    assert marked_files(council.home.blobs, document(3, 9_000)) != []  # until somebody has read what names it
    (waits,) = json.loads(typed(council, "quarantine", "list", "--json").out)
    typed(council, "quarantine", "reject", waits["op_id"], "--reason", "read")
    typed(council, "retention", "repeat")
    assert marked_files(council.home.blobs, document(3, 9_000)) == []
    assert marked_files(council.home.blobs, both) != []


def test_a_laptop_restored_from_an_image_loses_it_again(council: Council, join: Join, tmp_path: Path) -> None:
    publish_rules(council, BY_YEARS)
    ann = join("ann")
    lost = episode(ann, ann.child("wren", given_name="Wren"))
    ann.synced()
    ann.vault = ann.reopened().vault
    image = tmp_path / "image"
    shutil.copytree(ann.vault.folder, image)
    age(council, lost)
    destroyed(council)
    ann.synced()
    ann.say("wren", known_as="Wrennie")
    ann.synced()
    folder = ann.vault.folder
    ann.vault.close()
    shutil.rmtree(folder)
    shutil.copytree(image, folder)
    ann.vault = Laptop.opened(folder, council.clock).vault
    assert ann.vault.search("Otterby")

    assert "earlier copy" in str(ann.sync().problem)
    ann.synced()

    assert is_gone(ann, lost)
    assert told(ann) == [("missing_episode", 1)]
    assert ann.answer("wren", "known_as") == "Wrennie"
    assert emptied(council, lost) == [("", "")]


def test_after_a_restore_what_laptops_bring_again_is_gone_before_anybody_sees_it(
    council: Council, join: Join, tmp_path: Path
) -> None:
    """From before the destruction, and from before the record: its author’s laptop was away, a colleague’s relays."""
    publish_rules(council, BY_YEARS)
    ann, ben, cas = join("ann"), join("ben"), join("cas")
    child = ann.child("wren", given_name="Wren")
    ann.synced()
    for officer in ("ben", "cas"):
        council.allocate(officer, child)
    kept = service_backup.back_up(council.home, tmp_path / "backups", council.clock())
    lost = episode(ann, child)
    ann.synced()
    for laptop in (ben, cas):
        laptop.synced()
    age(council, lost)
    destroyed(council)
    cas.synced()
    log = tmp_path / "destructions.jsonl"
    typed(council, "retention", "log", "--to", str(log))

    council.stop()
    council.service.close()
    for beside in ("", "-wal", "-shm"):
        (council.home.folder / f"central.sqlite{beside}").unlink(missing_ok=True)
    shutil.copyfile(kept / "central.sqlite", council.home.folder / "central.sqlite")
    assert typed(council, "retention", "repeat", str(log), keepers=2).ended == 0
    restored = Database(council.home.settings().database)
    founding.begin_epoch(restored)
    restored.close()
    council.restart()

    for laptop in (ben, ann, cas, ben, ann):
        laptop.synced()

    assert [is_gone(laptop, lost) for laptop in (ann, ben, cas)] == [True] * 3
    assert told(ann) == told(ben) == told(cas) == [("missing_episode", 1)]
    typed(council, "retention", "repeat")
    assert marked_files(council.home.folder) == []
    ann.say(child, known_as="Wrennie")
    ann.synced()
    ben.synced()
    assert ben.answer(child, "known_as") == "Wrennie"


def test_a_commissioned_interviewers_laptop_lets_go_and_its_sums_still_add_up(council: Council, join: Join) -> None:
    publish_rules(council, BY_YEARS)
    council.officer("eve", Role.COMMISSIONED_INTERVIEWER.value)
    ann, eve = join("ann"), join("eve")
    child = ann.child("wren", given_name="Wren")
    asked = episode(ann, child, "at school")
    ann.synced()
    council.commission("eve", child, asked, council.clock().date() + timedelta(days=5))
    eve.synced()
    said = {"episode_id": asked, "interviewer_type": "commissioned_agency", "offer_decision": "no", "before": MARKER}
    eve.create("talk", child, "missing", "return_home_interview", dict(said))
    eve.synced()
    eve.create("notes", child, "core", "note", {"about": "talk"})
    eve.sync()
    age(council, "talk", "notes")
    assert destroyed(council)["records"]

    ann.say(asked, police_ref="later words")
    ann.synced()
    eve.synced()

    assert is_gone(eve, "talk")
    assert eve.answer(asked, "police_ref") == "later words"
    assert ("return_home_interview", 1) in told(eve)
    assert eve.vault.feed.digest(BucketId(f"{child}:missing")) == eve.vault.feed.recount(BucketId(f"{child}:missing"))


def test_a_record_that_another_one_links_to_leaves_no_hole_that_a_page_falls_into(council: Council, join: Join) -> None:
    publish_rules(council, BY_YEARS)
    ann = join("ann")
    child = ann.child("wren", given_name="Wren", date_of_birth="2012-03-27")
    lost = episode(ann, child)
    ann.create("talk", child, "missing", "return_home_interview", {"episode_id": lost, "before": "He was at school."})
    ann.synced()
    age(council, lost)
    assert destroyed(council)["records"] == 1  # the interview is not closed

    ann.synced()

    desk = Desk(ann.vault, build_catalogue(), council.clock)
    assert is_gone(ann, lost)
    assert linked(desk, ann.view("talk")).get("episode", {}).get("found_where") is None
    assert child_page(desk, child) is not None
    assert today(desk) is not None
    assert typed(council, "export", "episodes", "--to", str(council.home.folder / "e.csv")).ended == 0
    assert marked_files(council.home.folder) == []
