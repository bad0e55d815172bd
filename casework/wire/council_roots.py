"""A council’s roots, one after the other: each vouches for the next, and the next for it, before its own time is over.

A laptop that pinned one of them comes by this to the newest, and knows by it which documents of before are the
council's. The service only hands it on: whoever runs it alone can add nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Meta, field

from casework.errors import AnswerError
from casework.wire.message import Message

MOST_STEPS = 32  # more than a council has roots in three hundred years
Pem = Annotated[str, Meta(max_length=4000)]
Signature = Annotated[str, Meta(pattern=r"^[0-9a-f]{16,300}\Z")]


class RootStep(Message):
    """From one root to the next, in the words of both: their signatures over `step_text`, in hexadecimal."""

    old_pem: Pem
    new_pem: Pem
    by_old: Signature
    by_new: Signature


class RootSteps(Message):
    """All there were, the oldest first."""

    steps: Annotated[list[RootStep], Meta(max_length=MOST_STEPS)] = field(default_factory=list)


def step_text(old: x509.Certificate, new: x509.Certificate) -> str:
    return "\n".join(["homeward-next-root-1", *(each.fingerprint(hashes.SHA256()).hex() for each in (old, new))])


def is_said_by(root: x509.Certificate, text: str, signature: str) -> bool:
    """Whether this key signed it, as two keepers do (ECDSA, hexadecimal)."""
    key = root.public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(bytes.fromhex(signature), text.encode(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def is_said_by_one(roots: Iterable[x509.Certificate], text: str, signature: str) -> bool:
    return any(is_said_by(root, text, signature) for root in roots)


def roots_in(pem: str, at: datetime | None = None) -> list[x509.Certificate]:
    """`at`: those that hold at that moment. Raises ValueError for a text that has no certificate in it."""
    return [each for each in x509.load_pem_x509_certificates(pem.encode()) if at is None or holds(each, at)]


def holds(root: x509.Certificate, at: datetime) -> bool:
    return root.not_valid_before_utc <= at <= root.not_valid_after_utc


def after(pinned: x509.Certificate, steps: Iterable[RootStep], at: datetime | None = None) -> list[x509.Certificate]:
    """Every root that follows this one. `at`: only as far as each still held at that moment, for whoever is told of
    the next by nobody else."""
    found, last = [], pinned
    for old, new in _sound(steps):
        if old == last and (at is None or holds(old, at)):
            found.append(new)
            last = new
    return found


def before(newest: x509.Certificate, steps: Sequence[RootStep]) -> list[x509.Certificate]:
    """Every root that this one followed, the latest first."""
    found, first = [], newest
    for old, new in reversed(_sound(steps)):
        if new == first:
            found.append(old)
            first = old
    return found


def _sound(steps: Iterable[RootStep]) -> list[tuple[x509.Certificate, x509.Certificate]]:
    """Those that both have signed; any other counts for nothing."""
    found = []
    for step in steps:
        try:
            old, new = roots_in(step.old_pem)[0], roots_in(step.new_pem)[0]
        except ValueError:
            continue
        text = step_text(old, new)
        if is_said_by(old, text, step.by_old) and is_said_by(new, text, step.by_new):
            found.append((old, new))
    return found


def read_steps(data: bytes) -> list[RootStep]:
    """What cannot be read vouches for nobody."""
    try:
        return RootSteps.from_bytes(data).steps
    except AnswerError:
        return []
