"""Journeys 2 and 8, thin: a laptop joins, what it wrote reaches the council, and a colleague's laptop receives it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from casework.wire.enrolment_code import BadCode, EnrolmentCode, secret_hash
from desktop.store.database.remembered import CERTIFICATE, COLLEAGUES
from desktop.sync.enrolment import JOINING, Joining, enrol
from desktop.sync.errors import Refusal
from tests.central.running import Council, running
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through
from tests.together.laptops import Laptop


def test_a_colleague_entitled_to_the_child_receives_the_record(council: Council, join: Join) -> None:
    """And nobody else does."""
    ann, ben, cas = join("ann"), join("ben"), join("cas")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")

    report = ann.synced()
    council.allocate("ben", child)
    ben.synced()
    cas.synced()

    assert (report.pushed, report.accepted, report.held, report.quarantined) == (1, 1, 0, 0)
    assert ann.vault.outbox.waiting() == []
    assert ben.answer(child, "given_name") == "Zoë"
    assert ann.view(child).content_hash == ben.view(child).content_hash
    assert cas.vault.operations(child) == ()


def test_a_service_that_is_not_running_is_an_ordinary_outcome(council: Council, join: Join) -> None:
    ann = join("ann")
    child = ann.child(given_name="Ada", family_name="Stone")
    council.stop()

    report = ann.sync()
    council.start(council.port)

    assert report.is_ordinary
    assert "service is not running just now" in str(report.problem)
    assert len(ann.vault.outbox.waiting()) == 1
    assert ann.synced().accepted == 1
    assert ann.answer(child, "given_name") == "Ada"


def test_a_code_of_another_council_is_refused(tmp_path: Path, council: Council) -> None:
    """The certificate that answers is not the one the code was made with."""
    laptop = Laptop.new(tmp_path / "vault", council.clock)
    with closing(laptop.vault), running(tmp_path / "impostor") as impostor, pytest.raises(BadCode):
        enrol(laptop.vault, impostor.url, council.code("ann"), now=council.clock)


def test_a_code_works_once(tmp_path: Path, council: Council) -> None:
    """For one laptop, which may repeat it; a second laptop is refused."""
    code = council.code("ann")
    first, second = (Laptop.new(tmp_path / name, council.clock) for name in ("one", "two"))
    with closing(first.vault), closing(second.vault):
        joined = enrol(first.vault, council.url, code.lower().replace("0", "o"), now=council.clock)

        assert joined.council == "Rotherham"
        with pytest.raises(Refusal, match="has been used"):
            enrol(second.vault, council.url, code, now=council.clock)


def test_a_lost_answer_to_a_code_can_be_asked_for_again(tmp_path: Path, council: Council) -> None:
    """The laptop kept its keys, so it is the same laptop that asks."""
    code = council.code("ann")
    laptop = Laptop.new(tmp_path / "one", council.clock)
    with closing(laptop.vault):
        first = enrol(laptop.vault, council.url, code, now=council.clock)
        key = str(laptop.device["signing_key"])
        certificate = laptop.vault.settings.get(CERTIFICATE)
        held = Joining(secret_hash(EnrolmentCode.read(code).secret), key, certificate.key_pem)
        laptop.vault.settings.put(JOINING, held)
        second = enrol(laptop.vault, council.url, code, now=council.clock)

    assert first.device_id == second.device_id


def test_a_code_grows_old(tmp_path: Path, council: Council) -> None:
    code = council.code("ann")
    council.clock.move(hours=25)
    laptop = Laptop.new(tmp_path / "one", council.clock)
    with closing(laptop.vault), pytest.raises(Refusal, match="too old"):
        enrol(laptop.vault, council.url, code, now=council.clock)


def test_a_colleagues_name_arrives_with_their_words(council: Council, join: Join) -> None:
    """Asked for once; an id the council has no officer for is not asked for again and again."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    again = Faults()

    report = sync_through(ben, again)

    assert report.problem is None
    assert ben.vault.settings.get(COLLEAGUES)["ann"] == "Ann"
    assert not {"/v1/names", "/v1/colleagues"} & {*again.asked}


def test_who_writes_no_minutes_is_told_no_names_but_of_those_whose_words_they_hold(
    council: Council, join: Join
) -> None:
    """An advocate writes them, and is told once a day whom a group can give something to do."""
    council.officer("eve", "mash")
    eve, ann = join("eve"), join("ann")
    ann.child(given_name="Zoë", family_name="Ōtsuka")
    for laptop in (ann, eve):
        laptop.synced()

    assert {"ben", "cas"} <= ann.vault.settings.get(COLLEAGUES).keys()
    assert eve.vault.settings.get(COLLEAGUES).keys() <= {"ann"}
