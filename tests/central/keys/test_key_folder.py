"""What two keepers do with the council's keys, and what never lies in its folder."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from casework.errors import AnswerError
from casework.identifiers import OfficerId
from casework.wire.withdrawals import CouncilLists, issued_by
from central.commands import founding
from central.database.errors import CentralError
from central.database.home import Home
from central.keys import key_files, key_folder, recovery_key
from central.keys.authority import Authority
from central.keys.kept_key import Keeper
from tests.central.keys.of_before import fill, old_keys
from tests.central.running import KEEPERS, QUICK, START, found_keys, keeping, recovery_file

OTHERS = [KEEPERS[0], Keeper("Dee Malik", "marble kennel otter sunrise violin")]


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return found_keys(tmp_path / "central", START, ["homeward.example"]).folder


def forms_of(raw: bytes, *whole: bytes) -> list[bytes]:
    """A key as it could lie in a file."""
    return [raw, raw.hex().encode(), *whole]


def test_neither_key_lies_in_the_folder(keys: Path, tmp_path: Path) -> None:
    root = key_folder.open_root(keys, KEEPERS[:2])
    opened = recovery_key.open_file(recovery_file(tmp_path / "central"), KEEPERS[1:])
    number = root.key.private_numbers().private_value.to_bytes(32, "big")
    marks = forms_of(number, root.key_der) + forms_of(opened.key.private_bytes_raw())

    assert root.by == ("Ada Ruiz", "Ben Sato")
    assert opened.by == ("Ben Sato", "Cy Okoro")
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert not any(mark in file.read_bytes() for mark in marks), file


@pytest.mark.parametrize("name", ["central/stick.key", "central/keys/stick.key", "nowhere/stick.key"])
def test_the_recovery_key_is_refused_a_place_in_the_folder(tmp_path: Path, name: str) -> None:
    home = Home(tmp_path / "central")
    where = founding.Keeping(KEEPERS, tmp_path / name, QUICK)
    with pytest.raises(CentralError):
        founding.found(home, name="Rotherham", database=None, hosts=[], now=START, keeping=where)

    assert not home.keys.exists()


def test_a_recovery_key_is_never_written_over_another(tmp_path: Path) -> None:
    home, place = Home(tmp_path / "central"), keeping(tmp_path / "central")
    place.recovery_file.write_text("the other council's")
    with pytest.raises(CentralError, match="already"):
        founding.found(home, name="Rotherham", database=None, hosts=[], now=START, keeping=place)

    assert place.recovery_file.read_text() == "the other council's"


def test_an_issuing_key_is_withdrawn_and_what_it_made_since_counts_nowhere(keys: Path) -> None:
    old, root = Authority.open(keys), key_folder.open_root(keys, KEEPERS[:2])
    later = START + timedelta(days=30)
    key_folder.issue(keys, root, hosts=["homeward.example"], now=later, withdraw=True)
    key_folder.issue(keys, root, hosts=["homeward.example"], now=later + timedelta(days=1), withdraw=True)
    new = Authority.open(keys)
    lists = CouncilLists.read([new.root], [new.revocations([], number=1, now=later)])

    assert lists.withdrawn_on(old.certificate) == later
    assert lists.withdrawn_on(new.certificate) is None
    assert lists.issuing == (new.certificate,)
    assert issued_by(new.certificate, new.root)
    assert "homeward.example" in key_folder.hosts_of(keys)
    forged = old.revocations([(7, START)], number=2, now=later)
    known = CouncilLists.read([new.root], [forged, new.revocations([(8, START)], number=1, now=later)]).lists
    told = {number for number in (7, 8) for each in known if each.get_revoked_certificate_by_serial_number(number)}
    assert told == {8}


def test_other_keepers_open_and_those_before_do_not(keys: Path, tmp_path: Path) -> None:
    before, new = recovery_file(tmp_path / "central"), tmp_path / "new-stick.key"
    held = recovery_key.open_file(before, KEEPERS[:2]).key.private_bytes_raw()
    key_folder.change_keepers(keys, before, KEEPERS[1:], keepers=OTHERS, new_recovery_file=new, cost=QUICK)

    assert key_folder.open_root(keys, OTHERS).certificate == Authority.open(keys).root
    assert recovery_key.open_file(new, OTHERS).key.private_bytes_raw() == held
    with pytest.raises(CentralError, match="Ada Ruiz, Dee Malik"):
        key_folder.open_root(keys, KEEPERS[:2])


def test_a_council_of_before_is_protected_with_the_same_root_and_the_same_recovery_key(tmp_path: Path) -> None:
    keys, stick = old_keys(tmp_path / "old", START), tmp_path / "stick.key"
    bare = (keys / key_files.BARE_ROOT).read_bytes(), (keys / key_files.BARE_RECOVERY).read_bytes()
    root, recovery = (load_pem_private_key(pem, None) for pem in bare)
    before = Authority.open(keys)
    assert not before.is_protected
    key_folder.protect(keys, now=START, keepers=KEEPERS, recovery_file=stick, cost=QUICK)
    after, opened = Authority.open(keys), key_folder.open_root(keys, KEEPERS[:2])

    assert after.is_protected
    assert after.root == before.root
    assert isinstance(root, ec.EllipticCurvePrivateKey)
    assert opened.key.private_numbers() == root.private_numbers()
    assert recovery_key.open_file(stick, KEEPERS[:2]).key.private_bytes_raw() == recovery.private_bytes(
        Encoding.Raw, PrivateFormat.Raw, NoEncryption()
    )
    assert "homeward.example" in key_folder.hosts_of(keys)
    for file in keys.iterdir():
        assert not any(pem.splitlines()[1] in file.read_bytes() for pem in bare), file
    with pytest.raises(CentralError, match="protected already"):
        key_folder.protect(keys, now=START, keepers=KEEPERS, recovery_file=tmp_path / "two.key", cost=QUICK)


def test_protecting_that_was_cut_off_loses_no_key_and_is_done_again(tmp_path: Path) -> None:
    """Between its two last steps one of the open keys is gone already."""
    keys, stick = old_keys(tmp_path / "old", START), tmp_path / "stick.key"
    bare = (keys / key_files.BARE_ROOT).read_bytes()
    key_folder.protect(keys, now=START, keepers=KEEPERS, recovery_file=stick, cost=QUICK)
    (keys / key_files.BARE_ROOT).write_bytes(bare)
    assert not Authority.open(keys).is_protected
    with pytest.raises(CentralError, match="keys protect"):
        key_folder.open_root(keys, KEEPERS[:2])
    key_folder.protect(keys, now=START, keepers=KEEPERS, recovery_file=tmp_path / "unused.key", cost=QUICK)

    assert Authority.open(keys).is_protected
    assert key_folder.open_root(keys, KEEPERS[:2]).by == ("Ada Ruiz", "Ben Sato")
    assert recovery_key.open_file(stick, KEEPERS[:2]).root_pem == Authority.open(keys).pem


def test_a_note_is_believed_of_this_councils_recovery_key_alone(keys: Path, tmp_path: Path) -> None:
    opened = recovery_key.open_file(recovery_file(tmp_path / "central"), KEEPERS[:2])
    text = opened.note({"device": "ELM-0142", "officer": "ann"})
    other = found_keys(tmp_path / "other", START).folder

    assert recovery_key.read_note(keys, f"> {text}") == {
        "device": "ELM-0142", "officer": "ann", "by": ["Ada Ruiz", "Ben Sato"],
    }  # fmt: skip
    with pytest.raises(AnswerError):
        recovery_key.read_note(other, text)
    with pytest.raises(AnswerError):
        recovery_key.read_note(keys, "Ada says it was Ben")


def test_a_folder_of_before_still_serves(tmp_path: Path) -> None:
    home = Home(tmp_path / "central")
    founding.found(home, name="Rotherham", database=None, hosts=[], now=START, keeping=keeping(home.folder))
    for file in home.keys.iterdir():
        file.unlink()
    fill(home.keys, START)
    authority = Authority.open(home.keys)
    made = authority.issue_officer(_request(), officer_id=OfficerId("ann"), name="Ann", council="Rotherham", now=START)

    assert issued_by(made, authority.root)
    assert authority.between_pem == ""
    assert authority.server_files[0].read_text().count("BEGIN CERTIFICATE") == 2


def _request() -> str:
    key = ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    return made.public_bytes(Encoding.PEM).decode()
