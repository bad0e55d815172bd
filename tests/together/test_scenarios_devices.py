"""Sync study 4, scenarios 33 to 38, 48, 54: laptops that are withdrawn, copied or long away; a service restored."""

from __future__ import annotations

import base64
import shutil
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from casework.canonical import canonical
from casework.identifiers import DeviceId, OfficerId
from casework.wire.laptop_messages import Order
from casework.wire.protocol import HelloReply
from central.commands import founding
from central.commands.people import officer_leaves
from central.database import tables
from central.intake.quarantine_decisions import Deciding, Decision
from central.people import accounts, revoking
from desktop.store.database.remembered import LEASE
from desktop.store.disk.errors import VaultError, VaultInUse
from desktop.store.vault import Vault
from desktop.sync import identity
from desktop.sync.alarms import NOT_THE_SAME
from desktop.sync.errors import Refusal
from desktop.sync.events_and_effects import Ending
from desktop.sync.identity import ACK_SUFFIX, confirm_erased
from desktop.sync.runner import Cycle
from desktop.sync.state import ERASED, FILES_LEFT, WITHDRAWN, State
from desktop.sync.transport import Transport, pinned
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through
from tests.together.laptops import PASSPHRASE, Laptop, terms_of
from tests.together.test_scenarios_delivery import conversation
from tests.together.test_scenarios_photographs import attach, document, stored


def revoke(council: Council, laptop: Laptop, how: revoking.How) -> None:
    with council.service.database.writing() as connection:
        revoking.revoke(connection, DeviceId(str(laptop.device["id"])), how, council.clock(), root=council.root())


def state_of(council: Council, device_id: str) -> accounts.Device:
    with council.service.database.reading() as connection:
        found = accounts.device_of(connection, DeviceId(device_id))
    assert found is not None
    return found


def test_33_a_withdrawn_laptop_hands_over_its_work_to_a_supervisor(council: Council, join: Join) -> None:
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    late = ann.say(child, known_as="Zo")
    revoke(council, ann, "drain")

    report = ann.sync()
    ben.synced()

    assert (report.pushed, report.quarantined, report.problem) == (1, 1, WITHDRAWN)
    assert None is ben.answer(child, "known_as")
    deciding = Deciding(council.service.database, council.service.definitions, council.clock)
    decision = Decision(late.op_id, "accept", "d-1", by=OfficerId("manager"), reason="Ann's last visit")
    assert deciding.decide(decision).status == "accepted"
    assert deciding.decide(decision).status == "accepted"
    ben.synced()
    assert ben.answer(child, "known_as") == "Zo"


def coded(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def test_the_photographs_of_the_last_work_are_handed_over_too(council: Council, join: Join) -> None:
    """And nothing comes back: the laptop is withdrawn. Where one cannot go, it is not said to have gone."""
    ann = join("ann")
    child = ann.child(given_name="Zoë")
    ann.synced()
    seen = attach(ann, child, document(1, 3000), "plan.pdf")
    revoke(council, ann, "drain")
    report = ann.sync()

    assert (report.problem, report.files_sent, report.ending) == (WITHDRAWN, 1, Ending.WITHDRAWN)
    assert stored(council, seen) is not None
    with conversation(ann) as transport, pytest.raises(Refusal, match="withdrawn"):
        transport.signed("GET", f"/v1/blobs/{seen}", b"", {}, identity.signer_of(ann.vault))

    described = f"sha256 {coded('ab' * 32)},record_id {coded(child)}"
    asked = {"Tus-Resumable": "1.0.0", "Upload-Length": "40", "Upload-Metadata": described}
    with conversation(ann) as transport, pytest.raises(Refusal, match="name no such file"):
        transport.signed("POST", "/v1/uploads", b"", asked, identity.signer_of(ann.vault))


def test_the_photographs_of_an_officer_who_left_are_handed_over_too(council: Council, join: Join) -> None:
    ann = join("ann")
    child = ann.child(given_name="Zoë")
    ann.synced()
    seen = attach(ann, child, document(1, 2_500_000), "plan.pdf")
    officer_leaves.end(council.service, OfficerId("ann"), "drain", council.root())
    report = ann.sync()

    assert (report.problem, report.files_sent) == (WITHDRAWN, 1)
    assert stored(council, seen) is not None


def test_what_could_not_be_handed_over_is_not_said_to_have_been(council: Council, join: Join) -> None:
    """A photograph that is damaged on the disk of a laptop that was withdrawn."""
    ann = join("ann")
    child = ann.child(given_name="Zoë")
    ann.synced()
    attach(ann, child, document(1, 3000), "plan.pdf")
    for file in (ann.vault.folder / "attachments").rglob("*"):
        if file.is_file():
            file.unlink()
    revoke(council, ann, "drain")
    report = ann.sync()

    assert (report.problem, report.ending) == (FILES_LEFT.format(files="1 file"), Ending.WITHDRAWN)


def test_34_a_wipe_erases_the_keys_and_counts_what_went_with_them(council: Council, join: Join) -> None:
    """After forty days without a network."""
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    ann.say(child, known_as="Zo")
    device_id = str(ann.device["id"])
    revoke(council, ann, "wipe")
    council.clock.move(days=40)

    report = ann.sync()

    assert report.problem == ERASED
    assert not ann.vault.folder.exists()
    with pytest.raises(VaultError):
        Vault.open(ann.vault.folder, PASSPHRASE, terms=terms_of(council.clock))
    found = state_of(council, device_id)
    assert (found.state, found.unsent) == ("wiped", 1)


@pytest.mark.parametrize("how", ["drain", "wipe"])
def test_a_laptop_withdrawn_in_the_middle_of_a_push_keeps_what_was_answered(
    council: Council, join: Join, how: revoking.How
) -> None:
    """One operation at a time: what came before counts, what came after waits for somebody or is counted as gone."""
    ann, withdrawn = join("ann"), list[int]()
    name = str(ann.device["id"])
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    said = [ann.say(child, known_as=f"Zo {number}").op_id for number in range(4)]

    def look(what: str, done: int, _of: int) -> None:
        if (what, done) == ("sending", 2) and not withdrawn:
            withdrawn.append(done)
            revoke(council, ann, how)

    service = identity.service_of(ann.vault)
    transport = Transport(service.url, pinned(service.ca_pem), council.clock)
    report = Cycle(ann.vault, transport, now=council.clock, progress=look).run(State(max_ops=1))
    transport.close()
    later = ann.sync()

    with council.service.database.reading() as connection:
        accepted = list(connection.execute(select(tables.operation.c.op_id).order_by("device_seq")).scalars())
        waits = {row.op_id: row.code for row in connection.execute(select(tables.waiting))}
    assert withdrawn == [2]
    assert report.problem is not None
    assert accepted[1:] == said[: len(accepted) - 1]
    assert 3 <= len(accepted) < 5
    left = said[len(accepted) - 1 :]
    if how == "drain":
        assert waits == dict.fromkeys(left, "device_revoked")
        assert later.problem == WITHDRAWN
        assert {item.op_id for item in ann.vault.outbox.waiting() if item.status == "quarantined"} == set(left)
    else:
        assert (waits, later.problem) == ({}, ERASED)
        assert state_of(council, name).unsent == len(left)


@pytest.mark.parametrize(("how", "problem"), [("drain", WITHDRAWN), ("wipe", ERASED)])
def test_an_officer_who_left_hands_over_or_is_erased(
    council: Council, join: Join, how: revoking.How, problem: str
) -> None:
    """Nothing they had is read from that laptop again, and what they wrote before stays with their colleagues."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ann.say(child, known_as="Zo")
    officer_leaves.end(council.service, OfficerId("ann"), how, council.root())

    report = ann.sync()
    ben.synced()

    assert (report.problem, report.quarantined) == (problem, int(how == "drain"))
    assert ann.vault.folder.exists() is (how == "drain")
    assert (ben.answer(child, "given_name"), ben.answer(child, "known_as")) == ("Zoë", None)


def test_34_the_word_that_it_is_erased_is_repeated_until_it_is_heard(council: Council, join: Join) -> None:
    ann = join("ann")
    folder, device_id = ann.vault.folder, str(ann.device["id"])
    revoke(council, ann, "wipe")
    sync_through(ann, Faults(lose_request=lambda path: path.endswith("wipe-ack")))

    assert (state_of(council, device_id).state, folder.exists()) == ("wipe", False)
    assert folder.with_name(folder.name + ACK_SUFFIX).exists()
    assert confirm_erased(folder.parent, council.clock) == 1
    assert confirm_erased(folder.parent, council.clock) == 0
    assert state_of(council, device_id).state == "wiped"


@pytest.mark.parametrize("whose", ["nobody", "other_laptop"])
def test_35_a_forged_order_erases_nothing(council: Council, join: Join, whose: str) -> None:
    """Not without the council's signature; not with an order meant for another laptop. Either way there is an alarm."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    revoke(council, ben, "wipe")
    with council.service.database.reading() as connection:
        other = revoking.order_for(connection, DeviceId(str(ben.device["id"])))
    assert other is not None
    own = canonical({"do": "wipe", "device": str(ann.device["id"]), "at": "", "id": ""}).decode()
    order = other if whose == "other_laptop" else Order(text=own, signature=other.signature)

    def forge(path: str, response: httpx.Response) -> httpx.Response:
        if path != "/v1/hello":
            return response
        body = replace(HelloReply.from_bytes(response.content), device_state="wipe", order=order).to_bytes()
        return httpx.Response(200, headers={"content-type": "application/json"}, content=body)

    report = sync_through(ann, Faults(change=forge))

    assert "Nothing was erased" in str(report.problem)
    assert ann.answer(child, "given_name") == "Zoë"
    assert "alarm" in [entry.event for entry in ann.vault.audit.entries()]


def test_36_a_service_restored_from_an_old_backup_regains_everything(council: Council, join: Join) -> None:
    """Also what an absent colleague had written, from the laptops of those who had received it."""
    ann, ben, cas = join("ann"), join("ben"), join("cas")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    for officer in ("ben", "cas"):
        council.allocate(officer, child)
    ben.synced()
    database = council.home.folder / "central.sqlite"
    council.stop()
    shutil.copy(database, database.with_suffix(".backup"))
    council.restart()
    absent = ann.say(child, known_as="Zo")
    signed = ann.sign(child)
    ann.synced()
    cas.synced()
    kept = ben.say(child, pronouns="she")
    ben.synced()
    council.stop()
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    shutil.copy(database.with_suffix(".backup"), database)
    founding.begin_epoch(council.service.database)
    council.restart()

    cas.synced()
    ben.synced()
    cas.synced()

    with council.service.database.reading() as connection:
        stored = set(connection.execute(select(tables.operation.c.op_id)).scalars())
    assert {absent.op_id, signed.op_id, kept.op_id} <= stored
    assert {op.op_id for op in cas.vault.operations(child)} == stored
    assert cas.view(child).content_hash == ben.view(child).content_hash
    report = ann.synced()
    assert report.quarantined == 0
    assert ann.vault.outbox.waiting() == []
    assert ann.view(child).content_hash == ben.view(child).content_hash
    again = ann.child(given_name="New", family_name="Stone")
    assert ann.synced().accepted == 1
    assert again


def test_37_a_laptop_restored_from_an_image_becomes_another(council: Council, join: Join, tmp_path: Path) -> None:
    """Nothing is overwritten: neither what the original said since, nor what the copy says now."""
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    unsent = ann.say(child, known_as="Zo")
    image = tmp_path / "image"
    shutil.copytree(ann.vault.folder, image, ignore=shutil.ignore_patterns("*lock*"))
    ann.say(child, pronouns="she")
    ann.synced()
    old = str(ann.device["id"])
    copy = Laptop(Vault.open(image, PASSPHRASE, terms=terms_of(council.clock)), council.clock)
    own = copy.say(child, other_names="Zuzu")

    report = copy.sync()
    again = ann.sync()

    assert (report.problem, again.problem) == (NOT_THE_SAME, NOT_THE_SAME)
    assert (report.quarantined, again.quarantined) == (0, 0)
    names = {old, str(copy.device["id"]), str(ann.device["id"])}
    assert len(names) == 3
    assert (state_of(council, old).state, state_of(council, str(copy.device["id"])).state) == ("forked", "active")
    copy.synced()
    for laptop in (ann, copy):
        found = [laptop.answer(child, name) for name in ("known_as", "pronouns", "other_names")]
        assert found == ["Zo", "she", "Zuzu"]
    with council.service.database.reading() as connection:
        stored = list(connection.execute(select(tables.operation.c.op_id)).scalars())
    assert 1 == stored.count(unsent.op_id) == stored.count(own.op_id)
    ann.say(child, known_as="Zed")
    assert ann.synced().accepted == 1
    copy.vault.close()


def test_38_two_programs_cannot_open_one_store(council: Council, join: Join) -> None:
    ann = join("ann")
    with pytest.raises(VaultInUse):
        Vault.open(ann.vault.folder, PASSPHRASE, terms=terms_of(council.clock))


def test_54_a_laptop_away_for_five_hundred_days_starts_anew(council: Council, join: Join) -> None:
    """The feed no longer says what was removed meanwhile; its own words are taken in all the same."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    for number in range(3):
        ann.say(child, known_as=f"name {number}")
    ann.synced()
    council.clock.move(days=500)
    with council.service.database.writing() as connection:
        floor = update(tables.counter).where(tables.counter.c.name == "floor")
        connection.execute(floor.values(value=ben.vault.feed.standing().cursor + 1))
    ben.say(child, pronouns="she")

    report = ben.synced()

    assert report.accepted == 1
    assert (ben.answer(child, "known_as"), ben.answer(child, "pronouns")) == ("name 2", "she")


def test_37_a_copy_of_a_withdrawn_laptop_hands_over_its_work_and_stays_withdrawn(
    council: Council, join: Join, tmp_path: Path
) -> None:
    """Found by the simulation: it could not become another laptop, so its last words never left it."""
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    image = tmp_path / "image"
    shutil.copytree(ann.vault.folder, image, ignore=shutil.ignore_patterns("*lock*"))
    ann.say(child, pronouns="she")
    ann.synced()
    revoke(council, ann, "drain")
    copy = Laptop(Vault.open(image, PASSPHRASE, terms=terms_of(council.clock)), council.clock)
    copy.say(child, known_as="Zo")

    report = copy.sync()

    assert (report.quarantined, report.problem) == (1, WITHDRAWN)
    assert state_of(council, str(copy.device["id"])).state == "drain"
    assert copy.device["id"] != ann.device["id"]
    copy.vault.close()


def test_a_contact_is_noted_once_a_minute_and_news_at_once(council: Council, join: Join) -> None:
    """Most hellos tell nothing new; what the council knows of a laptop is never more than a minute old."""
    ann = join("ann")
    ann.synced()
    device_id = str(ann.device["id"])
    council.clock.move(seconds=61)
    ann.synced()
    noted = state_of(council, device_id)
    council.clock.move(seconds=59)
    ann.synced()
    assert state_of(council, device_id) == noted

    ann.vault.audit.add("exported")
    ann.synced()
    told = state_of(council, device_id)
    assert told.audit_head != noted.audit_head
    assert told.last_seen_at > noted.last_seen_at
    assert told.lease_until > noted.lease_until
    assert ann.vault.settings.get(LEASE).until == told.lease_until
