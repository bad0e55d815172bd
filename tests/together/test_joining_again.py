"""A laptop that joined after the backup from which the council's service was restored (docs, joining-again)."""

from __future__ import annotations

import select as select_module
import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec import structs
from sqlalchemy import select

from casework.identifiers import BucketId, DeviceId
from casework.wire.enrolment_code import BadCode
from casework.wire.laptop_messages import Enrolled
from central.commands import service_backup
from central.database import tables
from central.people import accounts, revoking
from desktop.store.database.remembered import SERVICE, CouncilService
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.connection_failures import NO_ANSWER
from desktop.sync.enrolment import enrol
from desktop.sync.errors import NOT_KNOWN, Refusal, Unreachable
from desktop.sync.state import ERASED, WITHDRAWN
from tests.central.running import Council, running
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through
from tests.together.laptops import PASSPHRASE, Laptop, terms_of
from tests.together.test_restored import restore

CHILD = "child-1"


@dataclass
class Forgotten:
    """Ann's laptop joined after the backup; what it wrote lies with Ben too. Cas was there before."""

    council: Council
    ann: Laptop
    ben: Laptop
    cas: Laptop
    backup: Path

    def restored(self) -> None:
        """The allocations are the council's to repeat."""
        service = self.council.service
        restore(self.council, self.backup)
        service.close()
        for officer in ("ann", "ben", "cas"):
            self.council.allocate(officer, CHILD)

    def join_again(self, code: str = "") -> Enrolled:
        return enrol(self.ann.vault, self.council.url, code or self.council.code("ann"), now=self.council.clock)

    @property
    def stored(self) -> set[str]:
        with self.council.service.database.reading() as connection:
            return set(connection.execute(select(tables.operation.c.op_id)).scalars())

    @property
    def waiting(self) -> dict[str, str]:
        with self.council.service.database.reading() as connection:
            rows = connection.execute(select(tables.waiting.c.op_id, tables.waiting.c.code))
            return {row.op_id: row.code for row in rows}

    def device(self, device_id: object) -> accounts.Device | None:
        with self.council.service.database.reading() as connection:
            return accounts.device_of(connection, DeviceId(str(device_id)))

    def everybody_agrees(self) -> None:
        """The service has every operation of everybody; all show the same; nothing waits; the trails are good."""
        for laptop in (self.ann, self.ben, self.cas, self.ann, self.ben, self.cas):
            assert laptop.synced().quarantined == 0
        laptops = (self.ann, self.ben, self.cas)
        held = {op.op_id for laptop in laptops for op in laptop.vault.operations(CHILD)}
        assert held <= self.stored
        assert self.waiting == {}
        assert all(laptop.vault.outbox.waiting() == [] for laptop in laptops)
        assert len({laptop.view(CHILD).content_hash for laptop in laptops}) == 1
        for bucket in (BucketId(f"{CHILD}:core"), BucketId(f"{CHILD}:missing")):
            found = {(laptop.vault.feed.digest(bucket), laptop.vault.feed.recount(bucket)) for laptop in laptops}
            assert len(found) == 1
            assert len(set(*found)) == 1
        assert not any(laptop.vault.audit.check().sentence for laptop in laptops)


@pytest.fixture
def forgotten(council: Council, join: Join, tmp_path: Path) -> Forgotten:
    ben, cas = join("ben"), join("cas")
    for officer in ("ann", "ben", "cas"):
        council.allocate(officer, CHILD)
    ben.child(CHILD, given_name="Zoë", family_name="Ōtsuka")
    ben.synced()
    cas.synced()
    backup = service_backup.back_up(council.home, tmp_path / "backups", council.clock())
    ann = join("ann")
    ann.synced()
    ann.say(CHILD, known_as="Zo")
    episode = ann.episode(CHILD, police_ref="1")
    ann.sign(episode)
    ann.synced()
    ben.synced()
    ann.say(CHILD, pronouns="she")
    return Forgotten(council, ann, ben, cas, backup)


def test_it_is_told_what_to_do_and_loses_nothing(forgotten: Forgotten) -> None:
    old = str(forgotten.ann.device["id"])
    forgotten.restored()

    report = forgotten.ann.sync()

    assert (report.problem, report.is_ordinary) == (NOT_KNOWN, False)
    assert identity.is_unknown(forgotten.ann.vault)
    assert forgotten.join_again().device_id != old
    assert not identity.is_unknown(forgotten.ann.vault)
    forgotten.everybody_agrees()
    found = forgotten.device(old)
    assert found is not None
    assert (found.state, found.officer_id) == ("forked", "ann")
    again = forgotten.ann.say(CHILD, other_names="Zuzu")
    assert again.device_id == forgotten.ann.device["id"] != old
    assert forgotten.ann.synced().accepted == 1


def test_what_a_colleague_brought_first_leaves_the_quarantine_by_itself(forgotten: Forgotten) -> None:
    forgotten.restored()
    forgotten.ben.synced()
    forgotten.cas.synced()
    brought = forgotten.waiting
    assert set(brought.values()) == {"bad_signature"}

    forgotten.join_again()

    assert forgotten.waiting == {}
    assert set(brought) <= forgotten.stored
    forgotten.everybody_agrees()


def test_what_only_a_colleague_still_holds_comes_back_too(forgotten: Forgotten, tmp_path: Path) -> None:
    """Ann's laptop was put back to the image of an earlier day: what she wrote since lies with Ben alone."""
    image, clock = tmp_path / "image", forgotten.council.clock
    forgotten.ann.synced()
    shutil.copytree(forgotten.ann.vault.folder, image, ignore=shutil.ignore_patterns("*lock*"))
    forgotten.ann.say(CHILD, other_names="Zuzu")
    forgotten.ann.synced()
    forgotten.ben.synced()
    forgotten.ann = Laptop(Vault.open(image, PASSPHRASE, terms=terms_of(clock)), clock)
    kept = {op.op_id for op in forgotten.ben.vault.operations(CHILD)}
    forgotten.restored()
    forgotten.ben.synced()

    forgotten.join_again()

    assert kept <= forgotten.stored
    forgotten.everybody_agrees()
    forgotten.ann.vault.close()


def test_words_that_may_have_gone_are_never_written_anew(forgotten: Forgotten) -> None:
    """Ben has them as they were first signed, though Ann's laptop never heard that they arrived."""
    sync_through(forgotten.ann, Faults(lose_answer=lambda path: path == "/v1/push"))
    forgotten.ben.synced()
    waiting = {item.op_id for item in forgotten.ann.vault.outbox.waiting()}
    assert waiting & {op.op_id for op in forgotten.ben.vault.operations(CHILD)}
    forgotten.restored()

    forgotten.join_again()

    forgotten.everybody_agrees()


@pytest.mark.parametrize("path", ["/v1/hello", "/v1/push", "/v1/have", "/v1/pull"])
def test_a_cut_in_the_first_sync_leaves_nothing_behind(forgotten: Forgotten, path: str) -> None:
    """Also while it still offers what colleagues wrote: the next sync goes on with that."""
    forgotten.cas.say(CHILD, other_names="Zuzu")
    forgotten.cas.synced()
    forgotten.ann.synced()
    of_cas = {op.op_id for op in forgotten.ann.vault.operations(CHILD) if op.officer_id == "cas"}
    forgotten.restored()
    forgotten.join_again()

    cut = sync_through(forgotten.ann, Faults(lose_answer=lambda asked: asked == path))
    forgotten.ann.synced()

    assert cut.problem == NO_ANSWER
    assert of_cas <= forgotten.stored
    forgotten.everybody_agrees()


def test_the_answer_to_the_code_may_be_lost_anywhere(forgotten: Forgotten) -> None:
    """A connection cut after so many bytes of the answer; between the tries the laptop goes on as it can."""
    forgotten.restored()
    code, old = forgotten.council.code("ann"), forgotten.ann.device["id"]
    ends, was_known = set(), set()
    for after in range(0, 9_000, 600):
        with cutting(forgotten.council.port, after) as url:
            try:
                enrol(forgotten.ann.vault, url, code, now=forgotten.council.clock)
            except (Unreachable, Refusal) as error:
                ends.add(type(error))
                was_known.add(forgotten.device(old) is not None)
            else:
                break
        forgotten.ann.say(CHILD, known_as=f"Zo {after}")
        forgotten.ann.sync()

    assert ends == {Unreachable}
    assert was_known == {False, True}, "cut both before the service had heard, and after"
    with forgotten.council.service.database.reading() as connection:
        names = [found.id for found in accounts.devices(connection) if found.officer_id == "ann"]
    assert str(forgotten.ann.device["id"]) in names
    forgotten.ann.vault.settings.put(SERVICE, service_at(forgotten))
    forgotten.everybody_agrees()


def service_at(forgotten: Forgotten) -> CouncilService:
    """The council's own address instead of the one that cuts."""
    return structs.replace(identity.service_of(forgotten.ann.vault), url=forgotten.council.url)


def test_the_code_of_another_officer_is_refused_and_not_spent(forgotten: Forgotten) -> None:
    forgotten.restored()
    code, before = forgotten.council.code("ben"), forgotten.ann.device

    with pytest.raises(Refusal, match="made for another officer"):
        forgotten.join_again(code)

    assert forgotten.ann.device == before
    assert enrol(forgotten.ben.vault, forgotten.council.url, code, now=forgotten.council.clock).officer.id == "ben"


def test_another_council_is_refused(forgotten: Forgotten, tmp_path: Path) -> None:
    with running(tmp_path / "other") as other:
        other.officer("ann")
        with pytest.raises(BadCode, match="another council’s"):
            enrol(forgotten.ann.vault, other.url, other.code("ann"), now=other.clock)

    assert forgotten.ann.synced().problem is None


def test_a_laptop_still_known_is_replaced(forgotten: Forgotten) -> None:
    """As a copy would be: the name before syncs no more, and what waited under it arrives as it was signed."""
    old = str(forgotten.ann.device["id"])
    unsent = forgotten.ann.say(CHILD, other_names="Zuzu")

    forgotten.join_again()

    forgotten.everybody_agrees()
    found = forgotten.device(old)
    assert found is not None
    assert found.state == "forked"
    kept = next(op for op in forgotten.cas.vault.operations(CHILD) if op.op_id == unsent.op_id)
    assert (kept.device_id, kept.payload) == (old, unsent.payload)


def test_forgotten_twice(forgotten: Forgotten) -> None:
    """The second restore loses that it had joined again: its first name counts once more all the same."""
    forgotten.restored()
    forgotten.join_again()
    forgotten.ann.synced()
    forgotten.ann.say(CHILD, other_names="Zuzu")
    forgotten.ann.synced()
    forgotten.restored()
    assert forgotten.ann.sync().problem == NOT_KNOWN

    forgotten.join_again()

    forgotten.everybody_agrees()
    assert forgotten.ann.answer(CHILD, "other_names") == "Zuzu"


def test_a_copy_of_it_becomes_a_laptop_of_its_own(forgotten: Forgotten, tmp_path: Path) -> None:
    image = tmp_path / "image"
    shutil.copytree(forgotten.ann.vault.folder, image, ignore=shutil.ignore_patterns("*lock*"))
    copy = Laptop(Vault.open(image, PASSPHRASE, terms=terms_of(forgotten.council.clock)), forgotten.council.clock)
    forgotten.restored()
    forgotten.join_again()
    forgotten.ann.synced()

    copy.say(CHILD, other_names="Zuzu")
    copy.synced()

    assert len({str(laptop.device["id"]) for laptop in (forgotten.ann, copy)}) == 2
    forgotten.everybody_agrees()
    copy.synced()
    assert copy.view(CHILD).content_hash == forgotten.ann.view(CHILD).content_hash
    copy.vault.close()


@pytest.mark.parametrize("how", ["drain", "wipe"])
def test_a_withdrawn_laptop_gets_its_order_and_cannot_join_again(forgotten: Forgotten, how: revoking.How) -> None:
    council, vault = forgotten.council, forgotten.ann.vault
    with council.service.database.writing() as connection:
        name = str(forgotten.ann.device["id"])
        revoking.revoke(connection, DeviceId(name), how, council.clock(), root=council.root())

    with pytest.raises(Refusal, match="withdrawn"):
        forgotten.join_again()
    report = forgotten.ann.sync()

    assert report.problem == {"drain": WITHDRAWN, "wipe": ERASED}[how]
    assert vault.folder.exists() == (how == "drain")


def test_the_councils_way_in_is_made_anew_for_the_new_name(forgotten: Forgotten) -> None:
    forgotten.ann.vault.know_council()
    forgotten.restored()
    forgotten.join_again()

    assert forgotten.ann.vault.know_council()
    assert not forgotten.ann.vault.know_council()


@contextmanager
def cutting(port: int, after: int) -> Iterator[str]:
    """An address that passes bytes on, and ends the second connection after so many bytes of the service's answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        passing = threading.Thread(target=_pass_two, args=(listener, port, after))
        passing.start()
        try:
            yield f"https://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            passing.join(20)
    assert not passing.is_alive()


def _pass_two(listener: socket.socket, port: int, after: int) -> None:
    for budget in (sys.maxsize, after):
        client, _ = listener.accept()
        with client, socket.create_connection(("127.0.0.1", port)) as server:
            _pass_on(client, server, budget)


def _pass_on(client: socket.socket, server: socket.socket, budget: int) -> None:
    while True:
        for ready in select_ready([client, server]):
            found = ready.recv(65_536)
            if ready is server:
                client.sendall(found[:budget])
                budget -= len(found)
            elif found:
                server.sendall(found)
            if not found or budget <= 0:
                return


def select_ready(sockets: list[socket.socket]) -> list[socket.socket]:
    return select_module.select(sockets, [], [], 10)[0]
