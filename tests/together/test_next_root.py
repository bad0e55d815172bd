"""A council's next root, founded while the first still holds: laptops that follow, that were away, and that come after.

The first root lies years back, so that the machine's own clock, by which TLS judges, stands between the two or after.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import msgspec
import pytest
from cryptography import x509

from casework.identifiers import DeviceId
from casework.practice.roles import Role
from casework.wire.council_roots import RootSteps, roots_in
from central.commands import founding
from central.database.home import Home
from central.keys.next_root import Successors, found_next
from central.people import revoking
from central.service import Service
from desktop.compose import build_catalogue
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import exporting, signing
from desktop.flows.signing.pdf_check import verify
from desktop.store.database.remembered import CERTIFICATE, SERVICE
from desktop.sync.connection_failures import IMPOSTOR
from desktop.sync.enrolment import OTHER_COUNCIL, enrol
from desktop.sync.errors import SyncError
from desktop.sync.reaching import PROXY
from desktop.sync.transport import pinned
from judgement.verdict import Outcome
from tests.central.running import KEEPERS, QUICK, Clock, Council, keeping, recovery_file
from tests.together.laptops import Laptop
from tests.together.nginx import IS_HERE, front
from tests.together.processes import point_at
from tests.together.test_checking import PLAN
from tests.together.world import enrol_again_directly

NOW = datetime.now(UTC)
ROOTS_DAYS = 3650


@dataclass
class Years:
    """A council, the laptops that joined it, and a clock that is moved over its ten years and more."""

    council: Council
    folder: Path
    laptops: list[Laptop] = field(default_factory=list)

    def join(self, officer_id: str, role: str = "missing_advocate") -> Laptop:
        """In a year of which TLS, which has the machine's clock, could not be asked."""
        self.council.officer(officer_id, role)
        self.laptops.append(Laptop.new(self.folder / officer_id, self.council.clock))
        enrol_again_directly(self.council, self.laptops[-1], officer_id)
        return self.laptops[-1]

    def next_root(self, at: datetime) -> None:
        self.council.clock.at = at
        to = Successors(KEEPERS, recovery_file(self.council.home.folder), self.folder / "next.key", QUICK)
        found_next(self.council.home.keys, KEEPERS[:2], to, at)
        self.council.service = Service.open(self.council.home, now=self.council.clock)

    def serve(self) -> None:
        """Today."""
        self.council.clock.at = NOW
        self.council.start()
        for laptop in self.laptops:
            point_at(laptop, self.council.port)


def begun(folder: Path, days: int) -> Iterator[Years]:
    """So many days ago."""
    home, then = Home(folder / "central"), NOW - timedelta(days=days)
    founding.found(home, name="Rotherham", database=None, hosts=[], now=then, keeping=keeping(home.folder))
    clock = Clock(then)
    made = Years(Council(home, clock, Service.open(home, now=clock)), folder)
    yield made
    if made.council.url:
        made.council.stop()
    for laptop in made.laptops:
        laptop.vault.close()


@pytest.fixture
def overlap(tmp_path: Path) -> Iterator[Years]:
    """The first root has 150 days left."""
    yield from begun(tmp_path, ROOTS_DAYS - 150)


@pytest.fixture
def afterwards(tmp_path: Path) -> Iterator[Years]:
    """The first root ended 50 days ago."""
    yield from begun(tmp_path, ROOTS_DAYS + 50)


def root_of(laptop: Laptop) -> x509.Certificate:
    return roots_in(laptop.vault.settings.get(SERVICE).ca_pem)[0]


def test_a_laptop_follows_with_its_next_sync_and_its_officers_certificate_too(overlap: Years) -> None:
    ann = overlap.join("ann")
    old = root_of(ann)
    ann.child(given_name="Zoë")
    overlap.next_root(NOW - timedelta(days=30))
    overlap.serve()
    ann.synced()
    new = overlap.council.service.authority.root

    assert (root_of(ann), ann.vault.outbox.count()) == (new, 0)
    assert [roots_in(pem) for pem in ann.vault.settings.get(SERVICE).formerly] == [[old]]
    assert new != old
    assert new.subject != old.subject
    assert [entry.event for entry in ann.vault.audit.entries()].count("council_root_followed") == 1
    chain = x509.load_pem_x509_certificates(ann.vault.settings.get(CERTIFICATE).chain_pem.encode())
    assert chain[-1] == new
    ann.synced()
    assert [entry.event for entry in ann.vault.audit.entries()].count("council_root_followed") == 1


def test_one_that_was_away_until_it_ended_is_told_so_and_joins_again_with_every_word(afterwards: Years) -> None:
    ann = afterwards.join("ann")
    ann.child(given_name="Zoë")
    afterwards.next_root(NOW - timedelta(days=200))
    afterwards.serve()
    said = ann.sync().problem
    waiting = ann.vault.outbox.count()
    enrol(ann.vault, afterwards.council.url, afterwards.council.code("ann"), now=ann.now)
    ann.synced()

    assert said is not None
    assert said.startswith("The council has had a new key since ")
    assert said.endswith("Ask your administrator for a new code, then join again under Settings.")
    assert (waiting, ann.vault.outbox.count()) == (1, 0)
    assert root_of(ann) == afterwards.council.service.authority.root
    assert len(ann.vault.settings.get(SERVICE).formerly) == 1


def test_without_a_next_root_a_laptop_says_that_the_councils_key_has_ended(afterwards: Years) -> None:
    ann = afterwards.join("ann")
    afterwards.serve()

    assert str(ann.sync().problem).startswith("The council’s key, by which this laptop knows it, ended on ")


def test_another_council_at_the_address_is_still_none_that_it_joined(overlap: Years, tmp_path: Path) -> None:
    """It hands out the steps of its own roots, and those of the council itself."""
    ann = overlap.join("ann")
    old = root_of(ann)
    (other,) = begun(tmp_path / "other", 100)
    other.next_root(NOW - timedelta(days=10))
    overlap.next_root(NOW - timedelta(days=10))
    steps = [*other.council.service.authority.steps, *overlap.council.service.authority.steps]
    forged = msgspec.structs.replace(steps[1], new_pem=steps[0].new_pem)
    forged = msgspec.structs.replace(forged, by_new=steps[0].by_new)
    (other.council.home.keys / "ca.steps.json").write_bytes(RootSteps(steps=[*steps, forged]).to_bytes())
    other.council.officer("ann")
    other.serve()
    point_at(ann, other.council.port)
    try:
        said = ann.sync().problem
        with pytest.raises(SyncError, match=OTHER_COUNCIL[:20]):
            enrol(ann.vault, other.council.url, other.council.code("ann"), now=ann.now)
    finally:
        other.council.stop()

    assert said == IMPOSTOR
    assert root_of(ann) in (old, overlap.council.service.authority.root)
    assert root_of(ann) != other.council.service.authority.root


def signed_plan(desk: Desk, file: Path) -> Path:
    child = editing.new_record(desk, "child", "", {"given_name": "Wren"})
    plan = editing.new_record(desk, "find_me_plan", child, PLAN)
    signing.lock_record(desk, plan, name="Ann", ink=None)
    return exporting.export(desk, plan, "full", file).path


def test_what_was_signed_under_the_old_root_is_good_for_everybody_after_it(afterwards: Years, tmp_path: Path) -> None:
    """Also for a laptop that never knew the old root, and for whoever has no laptop; withdrawing goes on to count."""
    ann, catalogue = afterwards.join("ann"), build_catalogue()
    ben = afterwards.join("ben")
    of_ann = signed_plan(Desk(ann.vault, catalogue, ann.now), tmp_path / "ann.pdf")
    of_ben = signed_plan(Desk(ben.vault, catalogue, ben.now), tmp_path / "ben.pdf")
    afterwards.next_root(NOW - timedelta(days=200))
    with afterwards.council.service.database.writing() as connection:
        revoking.revoke(connection, DeviceId(str(ben.device["id"])), "drain", NOW - timedelta(days=100))
    afterwards.serve()
    afterwards.council.officer("cas", Role.MISSING_MANAGER.value)
    afterwards.laptops.append(Laptop.joined(afterwards.council, "cas", tmp_path / "cas"))
    cas = afterwards.laptops[-1]
    cas.synced()
    desk = Desk(cas.vault, catalogue, cas.now)

    assert root_of(cas) == afterwards.council.service.authority.root
    assert (verify(of_ann, desk).good, verify(of_ann, desk).outcome) == (True, Outcome.ENDED_SINCE)
    assert verify(of_ben, desk).outcome is Outcome.WITHDRAWN_SINCE
    assert verify(of_ann, None, (afterwards.council.service.authority.pem,)).outcome is Outcome.UNKNOWN_COUNCIL
    trusted = pinned(afterwards.council.service.authority.pem)
    with (
        httpx.Client(base_url=afterwards.council.url, verify=trusted, trust_env=False, timeout=120) as client,
        of_ann.open("rb") as opened,
    ):
        page = client.post("/check", files={"pdf": opened}).text
    assert "Nothing has changed since." in page


def test_a_stolen_laptop_that_knows_the_old_root_is_erased_by_an_order_of_the_new(overlap: Years) -> None:
    ann = overlap.join("ann")
    overlap.next_root(NOW - timedelta(days=30))
    with overlap.council.service.database.writing() as connection:
        device = DeviceId(str(ann.device["id"]))
        revoking.revoke(connection, device, "wipe", overlap.council.clock(), root=overlap.council.root())
    overlap.serve()
    ann.sync()
    overlap.laptops.clear()

    assert not (ann.vault.folder / "vault.json").exists()


@pytest.mark.skipif(not IS_HERE, reason="nginx is not installed")
def test_behind_a_proxy_a_laptop_follows_by_signed_answers(overlap: Years, tmp_path: Path) -> None:
    ann = overlap.join("ann")
    ann.child(given_name="Zoë")
    overlap.next_root(NOW - timedelta(days=30))
    overlap.serve()
    with front(overlap.council, tmp_path / "front") as proxy:
        ann.vault.settings.put(PROXY, proxy.certificate)
        found = ann.vault.settings.get(SERVICE)
        ann.vault.settings.put(SERVICE, msgspec.structs.replace(found, url=proxy.url))
        ann.synced()

    assert (root_of(ann), ann.vault.outbox.count()) == (overlap.council.service.authority.root, 0)
