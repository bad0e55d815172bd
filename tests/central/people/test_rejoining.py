"""Joining again, as the service sees it: names that fit their keys, claims that do not, and what lay in quarantine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from msgspec.structs import replace
from sqlalchemy import select, update

from casework.identifiers import DeviceId, OfficerId
from casework.records import Author
from casework.wire.enrolment_code import EnrolmentCode
from casework.wire.laptop_messages import Enrol, Enrolled, Formerly
from casework.wire.protocol import Problem, seal
from casework.wire.signed_texts import formerly_text
from central.database import tables
from central.people import accounts
from central.people.laptop_names import fits, laptop_name
from desktop.sync.transport import pinned
from tests.central.pushing import Pusher, statuses
from tests.central.running import Council

_CSR = (
    x509.CertificateSigningRequestBuilder()
    .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Homeward laptop")]))
    .sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256())
    .public_bytes(serialization.Encoding.PEM)
    .decode()
)


def public(key: Ed25519PrivateKey) -> str:
    return key.public_key().public_bytes_raw().hex()


def unknown(council: Council, officer_id: str, name: str = "") -> Pusher:
    """A laptop that had joined before the service was restored."""
    key = Ed25519PrivateKey.generate()
    return Pusher(council, Author(OfficerId(officer_id), DeviceId(name or laptop_name(7, public(key))), key))


def former(laptop: Pusher, secret: str, new: Ed25519PrivateKey, **claimed: str) -> Formerly:
    name = claimed.get("device_id", laptop.device_id)
    officer = claimed.get("officer_id", laptop.author.officer_id)
    proof = laptop.author.key.sign(formerly_text(secret, public(new), DeviceId(name), OfficerId(officer))).hex()
    return Formerly(
        device_id=DeviceId(name), officer_id=OfficerId(officer), signing_key=public(laptop.author.key), proof=proof
    )


class Joiner:
    """Asks with codes of the council's; `latest` is the key it last made."""

    def __init__(self, council: Council, client: httpx.Client) -> None:
        self.council, self._client = council, client
        self.latest = Ed25519PrivateKey.generate()

    def ask(self, code: str, new: Ed25519PrivateKey, *formers: Formerly) -> Enrolled | Problem:
        secret = EnrolmentCode.read(code).secret
        proof = new.sign(secret.encode()).hex()
        asked = Enrol(
            secret=secret, signing_key=public(new), proof=proof, csr_pem=_CSR, app="test", formerly=list(formers)
        )
        response = self._client.post("/v1/device/enrol", content=asked.to_bytes())
        assert response.status_code < 500
        model = Enrolled if response.is_success else Problem
        return model.from_bytes(response.content)

    def again(self, laptop: Pusher, code_for: str = "ann", **claimed: str) -> Enrolled | Problem:
        code, new = self.council.code(code_for), Ed25519PrivateKey.generate()
        self.latest = new
        return self.ask(code, new, former(laptop, EnrolmentCode.read(code).secret, new, **claimed))


@contextmanager
def joining(council: Council) -> Iterator[Joiner]:
    context = pinned(council.service.authority.pem)
    with httpx.Client(base_url=council.url, verify=context, trust_env=False, timeout=120) as client:
        yield Joiner(council, client)


@pytest.fixture
def joiner(council: Council) -> Iterator[Joiner]:
    with joining(council) as found:
        yield found


def device(council: Council, device_id: str) -> accounts.Device | None:
    with council.service.database.reading() as connection:
        return accounts.device_of(connection, DeviceId(device_id))


def code_of(answer: Enrolled | Problem) -> str:
    assert isinstance(answer, Problem), answer
    return answer.code


def test_a_number_given_twice_gives_two_names() -> None:
    one, other = public(Ed25519PrivateKey.generate()), public(Ed25519PrivateKey.generate())

    assert laptop_name(7, one)[:8] == laptop_name(7, other)[:8]
    assert laptop_name(7, one) != laptop_name(7, other)
    assert fits(laptop_name(7, one), one)
    assert not fits(laptop_name(7, one), other)


@pytest.mark.parametrize(("name", "may"), [("ELM-0007", True), ("elm", False), ("ELM-0007-", False), ("old-1", False)])
def test_only_names_that_were_ever_given_can_be_claimed(name: str, may: bool) -> None:
    """Those given before there were marks fit any key."""
    assert fits(name, public(Ed25519PrivateKey.generate())) == may


def test_after_a_restore_a_new_laptop_has_another_name(council: Council) -> None:
    before = Pusher.of(council, "ann").device_id
    with council.service.database.writing() as connection:
        counter = tables.counter
        connection.execute(update(counter).where(counter.c.name == "device").values(value=counter.c.value - 1))
        connection.execute(tables.device.delete().where(tables.device.c.id == before))

    after = Pusher.of(council, "ben").device_id

    assert before.rsplit("-", 2)[0] == after.rsplit("-", 2)[0]
    assert before != after


def test_what_it_signed_counts_and_leaves_the_quarantine(council: Council, joiner: Joiner) -> None:
    council.allocate("ben", "child-1")
    council.allocate("ann", "child-1")
    ann, ben = unknown(council, "ann"), Pusher.of(council, "ben")
    begun = ann.create("child-1", given_name="A")
    said = ann.create("child-1", record="missing-1", strand="missing", form="missing_episode", police_ref="1")
    forged = ann.create("child-1", record="missing-2", strand="missing", form="missing_episode", police_ref="2")
    ben.push(begun, said)
    council.service.intake.push(ben.device_id, [replace(seal(forged), signature="00" * 64)])

    answer = joiner.again(ann)

    assert isinstance(answer, Enrolled)
    with council.service.database.reading() as connection:
        waiting = list(connection.execute(select(tables.waiting.c.op_id)).scalars())
        accepted = set(connection.execute(select(tables.operation.c.op_id)).scalars())
    assert (waiting, accepted) == ([forged.op_id], {begun.op_id, said.op_id})
    assert statuses(ben.push(forged)) == ["accepted"]
    found = device(council, ann.device_id)
    assert found is not None
    assert (found.state, found.officer_id) == ("forked", "ann")


def test_its_author_hears_what_becomes_of_words_a_colleague_brought(council: Council, joiner: Joiner) -> None:
    """Neither may write about the child any longer, so what he brings waits for a decision; Ann's laptop asks anew."""
    council.allocate("ann", "child-1")
    known, ann, ben = Pusher.of(council, "ann"), unknown(council, "ann"), Pusher.of(council, "ben")
    known.push(known.create("child-1", given_name="A"))
    council.withdraw("ann", "child-1")
    said = ann.create("child-1", record="missing-1", strand="missing", form="missing_episode", police_ref="1")
    assert statuses(ben.push(said)) == ["quarantined bad_signature"]
    answer = joiner.again(ann)
    assert isinstance(answer, Enrolled)
    anew = Pusher(council, Author(OfficerId("ann"), answer.device_id, joiner.latest))

    assert statuses(anew.push(said)) == ["quarantined out_of_scope"]

    with council.service.database.reading() as connection:
        assert connection.execute(select(tables.waiting.c.pushed_by)).scalars().all() == [answer.device_id]


def test_the_same_code_gives_the_same_answer(council: Council, joiner: Joiner) -> None:
    ann, code, new = unknown(council, "ann"), council.code("ann"), Ed25519PrivateKey.generate()
    claim = former(ann, EnrolmentCode.read(code).secret, new)

    answers = [joiner.ask(code, new, claim) for _ in range(3)]

    assert len({answer.device_id for answer in answers if isinstance(answer, Enrolled)}) == 1
    assert all(isinstance(answer, Enrolled) for answer in answers)


def test_a_claim_that_is_refused_leaves_the_code(council: Council, joiner: Joiner) -> None:
    """Nothing of it stays: neither the name nor a laptop."""
    ann, code, new = unknown(council, "ann"), council.code("ben"), Ed25519PrivateKey.generate()
    claim = former(ann, EnrolmentCode.read(code).secret, new)

    assert code_of(joiner.ask(code, new, claim)) == "other_officer"

    with council.service.database.reading() as connection:
        assert accounts.devices(connection) == []
    assert isinstance(joiner.ask(code, new), Enrolled)


def test_somebody_elses_name_cannot_be_claimed(council: Council, joiner: Joiner) -> None:
    """Eve has a code of her own and knows what Ann's laptop was called: the name does not fit her key."""
    council.officer("eve")
    ann, eve = unknown(council, "ann"), unknown(council, "eve")

    assert code_of(joiner.again(eve, "eve", device_id=ann.device_id)) == "name_taken"
    assert code_of(joiner.again(eve, "eve", officer_id="ann")) == "other_officer"
    assert isinstance(joiner.again(ann), Enrolled)


def test_the_name_of_a_laptop_that_is_known_cannot_be_claimed(council: Council, joiner: Joiner) -> None:
    council.officer("eve")
    ann, eve = Pusher.of(council, "ann"), unknown(council, "eve")

    assert code_of(joiner.again(eve, "eve", device_id=ann.device_id)) == "name_taken"
    assert code_of(joiner.again(unknown(council, "ann", ann.device_id))) == "name_taken"
    found = device(council, ann.device_id)
    assert found is not None
    assert found.state == "active"


def test_a_claim_without_the_old_key_is_refused(council: Council, joiner: Joiner) -> None:
    """Nor does a proof made for another code, another new key or another name count."""
    ann, other = unknown(council, "ann"), unknown(council, "ann")
    code, new = council.code("ann"), Ed25519PrivateKey.generate()
    secret = EnrolmentCode.read(code).secret
    good = former(ann, secret, new)
    for proof in (
        former(other, secret, new, device_id=ann.device_id).proof,
        former(ann, "0" * 16, new).proof,
        former(ann, secret, Ed25519PrivateKey.generate()).proof,
        former(ann, secret, new, device_id=other.device_id).proof,
        ann.author.key.sign(secret.encode()).hex(),
    ):
        assert code_of(joiner.ask(code, new, replace(good, proof=proof))) == "malformed"

    assert code_of(joiner.ask(code, ann.author.key, former(ann, secret, ann.author.key))) == "malformed"
    assert isinstance(joiner.ask(code, new, good), Enrolled)


def test_a_withdrawn_name_stays_withdrawn(council: Council, joiner: Joiner) -> None:
    """The one it has now cannot join again; one that was a thief's copy does not stand in the way."""
    stolen, ann = Pusher.of(council, "ann"), unknown(council, "ann")
    with council.service.database.writing() as connection:
        connection.execute(update(tables.device).values(state="wipe"))
    code, new = council.code("ann"), Ed25519PrivateKey.generate()
    secret = EnrolmentCode.read(code).secret
    was, is_now = former(stolen, secret, new), former(ann, secret, new)

    assert code_of(joiner.ask(code, new, is_now, was)) == "device_revoked"
    assert isinstance(joiner.ask(code, new, was, is_now), Enrolled)
    found = device(council, stolen.device_id)
    assert found is not None
    assert found.state == "wipe"
