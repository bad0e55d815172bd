"""What every certificate of the council is made of: names, uses, spans, and the request that a laptop makes."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from casework.errors import AnswerError

NAME_BYTES = 64
ZERO_WIDTH_JOINER = "\u200d"
HOST_NAME = re.compile(
    r"(?=.{1,253}$)[A-Za-z0-9_*]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)


def begun(
    subject: x509.Name, key: ec.EllipticCurvePublicKey, *, issuer: x509.Certificate, now: datetime, life: timedelta
) -> x509.CertificateBuilder:
    """A certificate by this issuer, which it does not outlive; what it is for is still to be said."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(min(now + life, issuer.not_valid_after_utc))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(key_identifier(issuer), critical=False)
    )


def key_identifier(issuer: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    found = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(found)


def certificate_pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def requested_key(csr_pem: str) -> ec.EllipticCurvePublicKey:
    found = None
    try:
        request = x509.load_pem_x509_csr(csr_pem.encode("ascii"))
        key = request.public_key()
        if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
            found = key if request.is_signature_valid else None
    except ValueError:
        found = None
    if found is not None:
        return found
    message = "The certificate request is not a P-256 request signed with its own key."
    raise AnswerError(message)


def usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )


def named(oid: x509.ObjectIdentifier, value: str, *more: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    pairs = [(oid, value), *more]
    return x509.Name([x509.NameAttribute(kind, fitting(text)) for kind, text in pairs])


def fitting(text: str) -> str:
    """As much of a name as a certificate takes (X.520: 64, which is counted in bytes), cut between two letters, a
    letter with its marks being one. The whole name stands in the service's own table, and goes to the laptop beside
    the certificate."""
    kept, size = "", 0
    for letter in _letters(unicodedata.normalize("NFC", " ".join(text.split()))):
        size += len(letter.encode())
        if size > NAME_BYTES:
            break
        kept += letter
    if not kept.strip():
        message = f"“{text[:40]}” cannot be a name."
        raise AnswerError(message)
    return kept.strip()


def _letters(text: str) -> Iterator[str]:
    """Each with the marks and joiners that belong to it."""
    letter = ""
    for sign in text:
        if letter and not unicodedata.category(sign).startswith("M") and ZERO_WIDTH_JOINER not in (sign, letter[-1]):
            yield letter
            letter = ""
        letter += sign
    yield letter


def general_name(host: str) -> x509.GeneralName:
    """Raises AnswerError for a text that is no name of a machine."""
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not HOST_NAME.fullmatch(host):
        message = f"“{host}” is not the name or address of a machine, such as homeward.council.gov.uk."
        raise AnswerError(message)
    return x509.DNSName(host)


def private_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
