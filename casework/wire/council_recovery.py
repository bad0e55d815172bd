"""The council's way back into a forgotten vault, so made that the council never holds the vault's key nor its records.

The laptop keeps the data key sealed to the council's public key. When it is wanted, the laptop sends that sealed box
with a public key made for this one answer; the council opens the box and seals what is in it to that key at once.
Sealing is X25519 with a fresh key, HKDF-SHA256 and AES-256-GCM; the context is bound to the box. In the box lies,
beside the secret, whose vault it is: only the open vault could have put both there together, so the administrator
reads a name that a thief cannot choose.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from casework.canonical import JSON, canonical, parse
from casework.errors import AnswerError
from casework.identifiers import DeviceId, OfficerId
from casework.wire import armour

NONCE_BYTES = 12
DIGITS = 20  # of a request's number: 64 bits, so that nobody makes another request with the same
PURPOSE = b"homeward/1/recovery"
REQUEST, ANSWER = "HOMEWARD RECOVERY REQUEST", "HOMEWARD RECOVERY ANSWER"


@dataclass(frozen=True, slots=True)
class Box:
    """A secret for one private key only; `sender` is the public half of the key that sealed it, used once."""

    sender: bytes
    nonce: bytes
    sealed: bytes

    def to_json(self) -> dict[str, JSON]:
        return {"sender": self.sender.hex(), "nonce": self.nonce.hex(), "sealed": self.sealed.hex()}

    @classmethod
    def from_json(cls, value: JSON) -> Box:
        """Raises AnswerError for anything else."""
        try:
            found = value if isinstance(value, dict) else {}
            return cls(*(bytes.fromhex(str(found[name])) for name in ("sender", "nonce", "sealed")))
        except (KeyError, ValueError) as error:
            raise AnswerError(_UNREADABLE) from error


@dataclass(frozen=True, slots=True)
class Request:
    """What a laptop sends, on paper or by the network: which vault, its sealed key, and where the answer goes."""

    vault_id: str
    box: Box
    reply_to: bytes

    def to_json(self) -> dict[str, JSON]:
        return {"vault": self.vault_id, "box": self.box.to_json(), "reply_to": self.reply_to.hex()}

    @classmethod
    def from_json(cls, value: JSON) -> Request:
        """Raises AnswerError for anything else."""
        try:
            found = value if isinstance(value, dict) else {}
            return cls(str(found["vault"]), Box.from_json(found["box"]), bytes.fromhex(str(found["reply_to"])))
        except (KeyError, ValueError) as error:
            raise AnswerError(_UNREADABLE) from error

    @property
    def number(self) -> str:
        """Read out over the telephone: the same on both sides, or somebody changed the request on its way."""
        digits = str(int.from_bytes(sha256(canonical(self.to_json())).digest()[:8], "big")).zfill(DIGITS)
        return " ".join(digits[start : start + 4] for start in range(0, DIGITS, 4))

    def to_text(self) -> str:
        return armour.wrapped(REQUEST, self.to_json())

    @classmethod
    def from_text(cls, text: str) -> Request:
        """Raises AnswerError for anything else."""
        return cls.from_json(armour.unwrapped(REQUEST, text))


@dataclass(frozen=True, slots=True)
class Kept:
    """What lies in a vault's box: whose it is and on which laptop, and the key to one slot."""

    officer_id: OfficerId
    name: str
    device_id: DeviceId
    secret: bytes = field(repr=False)

    def to_bytes(self) -> bytes:
        who: dict[str, JSON] = {"officer": self.officer_id, "name": self.name, "device": self.device_id}
        return canonical({**who, "secret": self.secret.hex()})

    @classmethod
    def from_bytes(cls, data: bytes) -> Kept:
        """Raises AnswerError for anything else."""
        try:
            found = parse(data)
            found = found if isinstance(found, dict) else {}
            officer_id, name, device_id = (str(found[name]) for name in ("officer", "name", "device"))
            return cls(OfficerId(officer_id), name, DeviceId(device_id), bytes.fromhex(str(found["secret"])))
        except (KeyError, ValueError) as error:
            raise AnswerError(_UNREADABLE) from error


def kept_in(request: Request, council_key: X25519PrivateKey) -> Kept:
    """For the administrator to read and confirm. Raises AnswerError for another council's box."""
    return Kept.from_bytes(open_box(request.box, council_key, vault_context(request.vault_id)))


def answer(request: Request, kept: Kept) -> Box:
    """The council's part, after an administrator has confirmed who asks."""
    return seal_to(_public(request.reply_to), kept.secret, reply_context(request.vault_id))


def answer_text(box: Box) -> str:
    return armour.wrapped(ANSWER, box.to_json())


def read_answer(text: str) -> Box:
    """Raises AnswerError for anything else."""
    return Box.from_json(armour.unwrapped(ANSWER, text))


def seal_to(recipient: X25519PublicKey, secret: bytes, context: bytes) -> Box:
    mine = X25519PrivateKey.generate()
    sender, nonce = mine.public_key().public_bytes_raw(), os.urandom(NONCE_BYTES)
    key = _shared(mine, recipient, sender + recipient.public_bytes_raw())
    return Box(sender, nonce, AESGCM(key).encrypt(nonce, secret, context))


def open_box(box: Box, mine: X25519PrivateKey, context: bytes) -> bytes:
    """Raises AnswerError for a box sealed to another key, for another purpose, or changed."""
    try:
        key = _shared(mine, _public(box.sender), box.sender + mine.public_key().public_bytes_raw())
        return AESGCM(key).decrypt(box.nonce, box.sealed, context)
    except (InvalidTag, ValueError) as error:
        message = "This was not made for this recovery key, or has been changed on the way."
        raise AnswerError(message) from error


def key_text(pem: str) -> str:
    """What the council's root signs of its recovery key, so that nobody puts another in its place. Raises AnswerError
    for any other kind of key."""
    return canonical(["homeward-recovery-key-1", public_key(pem).public_bytes_raw().hex()]).decode()


def public_key(pem: str) -> X25519PublicKey:
    """Raises AnswerError for any other kind of key."""
    try:
        found = load_pem_public_key(pem.encode())
    except ValueError as error:
        raise AnswerError(_UNREADABLE) from error
    if not isinstance(found, X25519PublicKey):
        raise AnswerError(_UNREADABLE)
    return found


def vault_context(vault_id: str) -> bytes:
    return canonical(["homeward-recovery-box-1", vault_id])


def reply_context(vault_id: str) -> bytes:
    return canonical(["homeward-recovery-reply-1", vault_id])


def _shared(mine: X25519PrivateKey, theirs: X25519PublicKey, both: bytes) -> bytes:
    return HKDF(SHA256(), 32, both, PURPOSE).derive(mine.exchange(theirs))


def _public(raw: bytes) -> X25519PublicKey:
    try:
        return X25519PublicKey.from_public_bytes(raw)
    except ValueError as error:
        raise AnswerError(_UNREADABLE) from error


_UNREADABLE = "This is not a recovery request or answer that Homeward can read."
