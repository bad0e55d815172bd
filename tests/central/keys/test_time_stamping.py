"""The council's time-stamps, asked for and checked by programs that are not ours."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from asn1crypto import algos, tsp
from cryptography import x509

from casework.errors import AnswerError
from central.keys import certificate_ends, key_files, key_folder, time_stamping
from central.keys.authority import Authority
from tests.central.keys.of_before import old_keys
from tests.central.running import KEEPERS, QUICK, START, found_keys


@pytest.fixture(params=["founded with keepers", "of before, protected since", "of before"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Authority:
    if request.param == "founded with keepers":
        return found_keys(tmp_path / "central", START)
    keys = old_keys(tmp_path / "old", START)
    if request.param == "of before, protected since":
        key_folder.protect(keys, now=START, keepers=KEEPERS, recovery_file=tmp_path / "stick.key", cost=QUICK)
    return Authority.open(keys)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return found_keys(tmp_path / "central", START)


def openssl(*arguments: str | Path) -> str:
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=False, timeout=30)
    return done.stdout + done.stderr


def test_openssl_asks_and_believes_the_answer(either: Authority, tmp_path: Path) -> None:
    """With every kind of council there is; another text is not what was stamped."""
    words, query, reply, below = (tmp_path / name for name in ("words", "q.tsq", "r.tsr", "below.pem"))
    words.write_text("what was signed")
    openssl("ts", "-query", "-data", words, "-sha256", "-cert", "-out", query)
    reply.write_bytes(time_stamping.answered(either, query.read_bytes(), START))
    below.write_text(either.between_pem or either.pem)
    at = str(int((START + timedelta(hours=1)).timestamp()))
    trusted = ("-CAfile", either.folder / "ca.pem", "-untrusted", below, "-attime", at)

    assert "Verification: OK" in openssl("ts", "-verify", "-queryfile", query, "-in", reply, *trusted)
    assert "Verification: OK" in openssl("ts", "-verify", "-data", words, "-in", reply, *trusted)
    assert "Time stamp: Mar 27 14:32:00 2026 GMT" in openssl("ts", "-reply", "-in", reply, "-text")
    words.write_text("what was not")
    assert "Verification: FAILED" in openssl("ts", "-verify", "-data", words, "-in", reply, *trusted)


def request(**other: object) -> bytes:
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": b"\x07" * 32}
    told = {"version": 1, "message_imprint": imprint, "cert_req": True, "nonce": 5, **other}
    return bytes(tsp.TimeStampReq(told).dump())


def imprint_of(algorithm: str, size: int) -> dict[str, object]:
    return {"hash_algorithm": algos.DigestAlgorithm({"algorithm": algorithm}), "hashed_message": b"\x07" * size}


@pytest.mark.parametrize(
    "asked",
    [
        b"", b"noise", request() + b"\x00", request(cert_req=False), request(nonce=-1), request(nonce=2**64),
        request(req_policy="1.2.3"), request(message_imprint=imprint_of("sha1", 20)),
        request(message_imprint=imprint_of("sha256", 31)),
        request(extensions=[{"extn_id": "1.2.3.4", "critical": True, "extn_value": b"\x05\x00"}]),
    ],
)  # fmt: skip
def test_what_is_no_request_for_a_sha_256_gets_no_stamp(authority: Authority, asked: bytes) -> None:
    with pytest.raises(AnswerError, match="SHA-256"):
        time_stamping.answered(authority, asked, START)


def test_each_stamp_has_a_number_of_its_own_and_the_nonce_that_was_sent(authority: Authority) -> None:
    said = [_info(time_stamping.answered(authority, request(nonce=number), START)) for number in (5, 6, 6)]

    assert [each["nonce"].native for each in said] == [5, 6, 6]
    assert len({each["serial_number"].native for each in said}) == 3


def _info(reply: bytes) -> tsp.TSTInfo:
    return tsp.TimeStampResp.load(reply)["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed


def held(authority: Authority) -> x509.Certificate:
    found = time_stamping.certificate_of(authority)
    assert found is not None
    return found


def test_its_key_is_used_for_a_year_and_its_certificate_lasts_as_long_as_the_issuing_one(authority: Authority) -> None:
    first = held(authority)
    assert not certificate_ends.renew_if_soon(authority, START + timedelta(days=364))
    assert held(authority) == first
    assert certificate_ends.renew_if_soon(authority, START + timedelta(days=366))
    second = held(authority)

    assert second.public_key() != first.public_key()
    assert first.not_valid_after_utc == second.not_valid_after_utc == authority.certificate.not_valid_after_utc
    assert [each.which for each in certificate_ends.endings(authority)] == ["service", "stamping", "issuing", "root"]


def test_an_older_council_gets_one_by_itself(tmp_path: Path) -> None:
    authority = Authority.open(old_keys(tmp_path / "old", START))
    assert [each.which for each in certificate_ends.endings(authority)] == ["service", "root"]
    assert certificate_ends.renew_if_soon(authority, START)

    assert [each.which for each in certificate_ends.endings(authority)] == ["service", "stamping", "root"]


def test_a_new_issuing_key_has_a_new_one_and_a_backup_none(authority: Authority) -> None:
    first = held(authority)
    key_folder.issue(authority.folder, key_folder.open_root(authority.folder, KEEPERS[:2]), hosts=[], now=START)
    opened = Authority.open(authority.folder)

    assert held(opened) != first
    held(opened).verify_directly_issued_by(opened.certificate)
    assert key_files.STAMPING in key_files.left_out_of_backups(authority.folder)


def test_one_that_another_issuing_key_certified_is_replaced(authority: Authority, tmp_path: Path) -> None:
    """As it lies there after a restore by hand."""
    other = found_keys(tmp_path / "other", START)
    stray = replace(authority, folder=other.folder)
    assert time_stamping.renew_if_due(stray, START)
    held(stray).verify_directly_issued_by(authority.certificate)


def test_the_time_is_never_later_than_it_is(authority: Authority) -> None:
    said = _info(time_stamping.answered(authority, request(), START + timedelta(microseconds=999_999)))
    stamped = said["gen_time"].native

    assert isinstance(stamped, datetime)
    assert stamped == START
