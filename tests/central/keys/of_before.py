"""The keys of a council as it was founded before there were keepers: all of them open in one folder."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from central.keys.authority import Authority
from central.keys.certificate_parts import certificate_pem, named, usage


def old_keys(home: Path, now: datetime) -> Path:
    """The folder of keys in that home."""
    keys = home / "keys"
    keys.mkdir(parents=True, mode=0o700)
    fill(keys, now)
    return keys


def fill(keys: Path, now: datetime) -> None:
    key, recovery = ec.generate_private_key(ec.SECP256R1()), X25519PrivateKey.generate()
    _write(keys / "ca.key.pem", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    root = _root(key, now)
    _write(keys / "ca.pem", certificate_pem(root).encode())
    _write(keys / "recovery.key.pem", recovery.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = recovery.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    _write(keys / "recovery.pub.pem", public)
    Authority(keys, root, root, key).issue_server(["homeward.example"], now)


def _root(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    subject = named(NameOID.COMMON_NAME, "Rotherham Homeward authority", (NameOID.ORGANIZATION_NAME, "Rotherham"))
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(digital_signature=True, key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(key, hashes.SHA256())
    )


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    file.chmod(0o600)
