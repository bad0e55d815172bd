"""The one-time enrolment code: a secret, and a proof of which certificate authority issued it.

A code is read off a letter or over the telephone, so it is Crockford base 32 in groups of four. Its last two
groups are a hash of the council's certificate keyed with the secret: nobody without the secret can make another
certificate that fits, so the laptop may trust the certificate it fetches (docs, enrolment-codes).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from casework.errors import SyncError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_LENGTH = 16  # 80 bits
PROOF_LENGTH = 8  # 40 bits, guessed at once or never
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\t": "", "\n": ""})


class BadCode(SyncError):
    """A code that is not one of ours, or not from this council."""


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    secret: str
    proof: str

    def __str__(self) -> str:
        text = self.secret + self.proof
        return "-".join(text[start : start + 4] for start in range(0, len(text), 4))

    def fits(self, ca_der: bytes) -> bool:
        """Whether the council that issued this code owns the certificate."""
        return hmac.compare_digest(self.proof, _proof(self.secret, ca_der))

    @classmethod
    def issue(cls, ca_der: bytes) -> EnrolmentCode:
        secret = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))
        return cls(secret, _proof(secret, ca_der))

    @classmethod
    def read(cls, text: str) -> EnrolmentCode:
        """Forgives case, spaces, hyphens, and the letters people read for digits."""
        letters = text.upper().translate(_READ_AS)
        if len(letters) != SECRET_LENGTH + PROOF_LENGTH or not set(letters) <= set(ALPHABET):
            message = "That is not an enrolment code. It has six groups of four letters and digits."
            raise BadCode(message)
        return cls(letters[:SECRET_LENGTH], letters[SECRET_LENGTH:])


def secret_hash(secret: str) -> str:
    """What the central service keeps instead of the secret, which is random enough to need no salt."""
    return hashlib.blake2b(secret.encode(), digest_size=32, person=b"homeward-enrol").hexdigest()


def _proof(secret: str, ca_der: bytes) -> str:
    number = int.from_bytes(hmac.digest(secret.encode(), ca_der, "sha256")[:5], "big")
    return "".join(ALPHABET[(number >> shift) & 31] for shift in range(35, -1, -5))
