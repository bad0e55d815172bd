"""The council's own time-stamps (RFC 3161): a hash comes in, and goes back with the service's time, signed.

Its key does nothing else, as its certificate says. A key is used for a year; what it stamped can be checked for as long
as the issuing key's certificate lasts, so that a document need not be stamped again every other year.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from asn1crypto import cms, core, pem, tsp
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from casework.errors import AnswerError
from casework.wire.withdrawals import issued_by
from central.database.home import write_private
from central.keys import key_files
from central.keys.authority import Authority
from central.keys.certificate_parts import begun, certificate_pem, named, private_pem, usage

LIFE = timedelta(days=1825)
KEY_USED = timedelta(days=365)
POLICY = "2.25.163925620836133547283463494502159735847"  # what its time-stamps say: docs/decisions/time-stamps.md
SHA256_BYTES = 32
NOT_ASKED_SO = "A time-stamp is given for a SHA-256, with the certificates, and under no policy but this service’s own."


def issue(authority: Authority, now: datetime) -> None:
    """A new key and its certificate, in one file: nobody ever reads the one without the other."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = named(NameOID.COMMON_NAME, "Homeward time-stamps")
    certificate = (
        begun(subject, key.public_key(), issuer=authority.certificate, now=now, life=LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)  # RFC 3161, 2.3
        .add_extension(usage(digital_signature=True), critical=True)
        .sign(authority.key, hashes.SHA256())
    )
    chain = certificate_pem(certificate) + authority.between_pem
    write_private(file_of(authority), private_pem(key) + chain.encode())


def file_of(authority: Authority) -> Path:
    return authority.folder / key_files.STAMPING


def certificate_of(authority: Authority) -> x509.Certificate | None:
    """None before the service of an older council was started."""
    file = file_of(authority)
    return x509.load_pem_x509_certificates(file.read_bytes())[0] if file.exists() else None


def renew_if_due(authority: Authority, now: datetime) -> bool:
    """After a year of use, and where there is none yet, or only one that an issuing key of before certified."""
    held = certificate_of(authority)
    is_ours = held is not None and issued_by(held, authority.certificate)
    if held is not None and is_ours and held.not_valid_before_utc + KEY_USED > now:
        return False
    issue(authority, now)
    return True


def answered(authority: Authority, request: bytes, now: datetime) -> bytes:
    """The reply to a request, both in DER. Raises AnswerError for what is no request that this service stamps."""
    asked = _read(request)
    if not file_of(authority).exists():
        issue(authority, now)
    blocks = list(pem.unarmor(file_of(authority).read_bytes(), multiple=True))
    key = asn1_keys.PrivateKeyInfo.load(blocks[0][2])
    chain = [asn1.Certificate.load(der) for _kind, _headers, der in blocks[1:]]
    token = asyncio.run(_signed(_said(asked, chain[0], now), key, chain))
    reply = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
    return bytes(reply.dump())


def _read(request: bytes) -> tsp.TimeStampReq:
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        told = asked.native
    except (ValueError, TypeError) as error:
        raise AnswerError(NOT_ASKED_SO) from error
    imprint, nonce = told["message_imprint"], told["nonce"] or 0
    is_sha256 = imprint["hash_algorithm"]["algorithm"] == "sha256" and len(imprint["hashed_message"]) == SHA256_BYTES
    is_plain = told["version"] == "v1" and told["cert_req"] and not told["extensions"] and 0 <= nonce < 2**64
    if not is_sha256 or not is_plain or told["req_policy"] not in (None, POLICY):
        raise AnswerError(NOT_ASKED_SO)
    return asked


def _said(asked: tsp.TimeStampReq, certificate: asn1.Certificate, now: datetime) -> tsp.TSTInfo:
    """To the second, and never later than it is."""
    told: dict[str, Any] = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": x509.random_serial_number(),
        "gen_time": now.astimezone(UTC).replace(microsecond=0),
        "tsa": asn1.GeneralName(name="directory_name", value=certificate.subject),
    }
    if asked["nonce"].native is not None:
        told["nonce"] = asked["nonce"]
    return tsp.TSTInfo(told)


async def _signed(said: tsp.TSTInfo, key: asn1_keys.PrivateKeyInfo, chain: list[asn1.Certificate]) -> cms.ContentInfo:
    from pyhanko.sign.signers import SimpleSigner  # noqa: PLC0415 - a third of a second that no command should wait for
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    store = SimpleCertificateStore()
    store.register_multiple(chain[1:])
    signer = SimpleSigner(signing_cert=chain[0], signing_key=key, cert_registry=store, embed_roots=False)
    wrapped = {"content_type": "tst_info", "content": core.ParsableOctetString(said.dump())}
    return await signer.async_sign_general_data(cms.EncapsulatedContentInfo(wrapped), "sha256", detached=False)
