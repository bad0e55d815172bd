"""An officer leaves: what ends with them, and what does not."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from casework.identifiers import DeviceId, OfficerId
from casework.wire.protocol import seal
from central.commands.people import officer_leaves
from central.commands.people.officer_leaves import LOG, Ended
from central.database.clock import stamp
from central.database.errors import Refused, UnknownThing
from central.database.tables import certificate, enrolment_code, operation
from central.intake.quarantine_decisions import Deciding, Decision
from central.people import accounts, revoking
from central.people.accounts import Officer
from tests.central.pushing import Pusher
from tests.central.running import Council


@pytest.fixture
def ann(council: Council) -> Pusher:
    """At work: a laptop with its certificate, a child, an unused code."""
    found = Pusher.of(council, "ann")
    with council.service.database.writing() as connection:
        laptop = accounts.device_of(connection, found.device_id)
        assert laptop is not None
        accounts.keep_certificate(connection, serial=0xA1, owner=laptop, pem="-")
    council.code("ann")
    (result,) = found.push(found.create("child-1", given_name="Zoë"))
    assert result.status == "accepted"
    return found


def state_of(council: Council, device_id: str) -> str:
    with council.service.database.reading() as connection:
        found = accounts.device_of(connection, DeviceId(device_id))
    assert found is not None
    return found.state


def test_everything_given_to_them_ends(council: Council, ann: Pusher) -> None:
    ended = officer_leaves.end(council.service, OfficerId("ann"), "drain")
    results = ann.push(ann.create("child-2", given_name="Ada"))

    assert (ended.officer.active, ended.laptops, ended.codes) == (False, (ann.device_id,), 1)
    assert ended.allocations == 2
    assert state_of(council, ann.device_id) == "drain"
    assert [(r.status, r.code) for r in results] == [("quarantined", "device_revoked")]
    assert ann.pull().items == []
    with council.service.database.reading() as connection:
        assert [serial for serial, _at in accounts.revoked_serials(connection)] == [0xA1]
        assert connection.execute(select(enrolment_code.c.hash)).all() == []


def test_what_they_wrote_stays(council: Council, ann: Pusher) -> None:
    """Their words are in the log as they signed them, and their colleague still receives them."""
    officer_leaves.end(council.service, OfficerId("ann"), "wipe", council.root())
    council.allocate("ben", "child-1")
    ben = Pusher.of(council, "ben")

    assert state_of(council, ann.device_id) == "wipe"
    with council.service.database.reading() as connection:
        (row,) = connection.execute(select(operation)).all()
    assert row.device_id == ann.device_id
    assert [item.op.payload for item in ben.pull().items if item.op] == [row.payload]


def test_their_last_words_are_decided_about_and_nothing_is_given_back_to_them(council: Council, ann: Pusher) -> None:
    """A child they began is taken in, and not allocated to somebody who has left."""
    officer_leaves.end(council.service, OfficerId("ann"), "drain")
    late = ann.create("child-2", given_name="Ada")
    ann.push(late)
    service = council.service
    found = Deciding(service.database, service.definitions, service.now).decide(
        Decision(late.op_id, "accept", "d-1", by=OfficerId("boss"), reason="Her last visit")
    )

    assert found.status == "accepted"
    assert ann.pull().items == []
    assert ann.push(late)[0].status == "duplicate"


def test_twice_changes_nothing(council: Council, ann: Pusher) -> None:
    first = officer_leaves.end(council.service, OfficerId("ann"), "drain")
    council.clock.move(days=1)
    again = officer_leaves.end(council.service, OfficerId("ann"), "wipe", council.root())

    assert again == Ended(first.officer)
    assert state_of(council, ann.device_id) == "drain"
    with council.service.database.reading() as connection:
        (at,) = connection.execute(select(certificate.c.revoked_at)).scalars()
    assert at < council.clock().isoformat()
    assert len((council.home.folder / LOG).read_text(encoding="utf-8").splitlines()) == 1


def test_a_laptop_being_drained_is_erased_when_that_is_asked(council: Council, ann: Pusher) -> None:
    with council.service.database.writing() as connection:
        revoking.revoke(connection, ann.device_id, "drain", council.clock())
    second = Pusher.of(council, "ann")
    ended = officer_leaves.end(council.service, OfficerId("ann"), "wipe", council.root())

    assert set(ended.laptops) == {ann.device_id, second.device_id}
    assert {state_of(council, name) for name in ended.laptops} == {"wipe"}


@pytest.mark.usefixtures("ann")
def test_nothing_new_is_given_to_who_has_left(council: Council) -> None:
    officer_leaves.end(council.service, OfficerId("ann"), "drain")
    for deed in (lambda: council.code("ann"), lambda: council.allocate("ann", "child-1")):
        with pytest.raises(Refused, match="has left"):
            deed()
    with pytest.raises(Refused), council.service.database.writing() as connection:
        accounts.add_officer(
            connection, Officer(OfficerId("ann"), "Ann", "missing_advocate", active=True), council.clock()
        )


def test_a_laptop_of_theirs_that_joined_unseen_hands_over_and_no_more(council: Council) -> None:
    """However it came to be active still: what it sends waits for a person."""
    officer_leaves.end(council.service, OfficerId("cas"), "drain")
    cas = Pusher.of(council, "cas")
    results, _ = council.service.intake.push(cas.device_id, [seal(cas.create("child-9", given_name="A"))])

    assert [result.code for result in results] == ["device_revoked"]


def test_somebody_who_decides_must_be_left(council: Council) -> None:
    """A senior manager supervises, and sees too few forms to decide; an administrator sees no child at all."""
    council.officer("boss", "missing_manager")
    council.officer("chief", "senior_manager")
    council.officer("root", "administrator")
    with pytest.raises(Refused, match="Add another missing_manager first"):
        officer_leaves.end(council.service, OfficerId("boss"), "drain")
    with council.service.database.reading() as connection:
        assert accounts.officer_of(connection, OfficerId("boss")).active
    council.officer("deputy", "missing_manager")
    for leaver in ("root", "chief", "boss"):
        assert not officer_leaves.end(council.service, OfficerId(leaver), "drain").officer.active
    with pytest.raises(Refused, match="the last who can decide"):
        officer_leaves.end(council.service, OfficerId("deputy"), "drain")


def test_nobody_of_that_name(council: Council) -> None:
    with pytest.raises(UnknownThing):
        officer_leaves.end(council.service, OfficerId("nobody"), "drain")
    assert not (council.home.folder / LOG).exists()


def test_the_note_names_nobody(council: Council, ann: Pusher) -> None:
    officer_leaves.end(council.service, OfficerId("ann"), "drain")
    line = (council.home.folder / LOG).read_text(encoding="utf-8")

    assert json.loads(line) == {
        "at": stamp(council.clock()),
        "did": "officer_ended",
        "laptops": [ann.device_id],
        "how": "drain",
        "allocations": 2,
        "codes": 1,
    }
    assert "ann" not in line.replace(ann.device_id, "").lower()
    assert (council.home.folder / LOG).stat().st_mode & 0o077 == 0


def test_of_each_strand_somebody_who_decides_must_be_left(council: Council) -> None:
    """Who manages the missing service decides nothing of education; who leads home education, not all of it."""
    for name, role in (("boss", "missing_manager"), ("lena", "ehe_lead"), ("milo", "cme_lead")):
        council.officer(name, role)
    with pytest.raises(Refused, match="Add another cme_lead first"):
        officer_leaves.end(council.service, OfficerId("milo"), "drain")
    assert not officer_leaves.end(council.service, OfficerId("lena"), "drain").officer.active
    council.officer("head", "education_manager")

    assert not officer_leaves.end(council.service, OfficerId("milo"), "drain").officer.active
