"""Whether somebody holds the private half of a key, and whether the key has a private half worth the name."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from central.database.errors import Refused

PRIME = 2**255 - 19
D = -121665 * pow(121666, -1, PRIME) % PRIME  # of the curve: -x² + y² = 1 + d x² y² (RFC 8032, 5.1)


def check_owner(signing_key: str, proof: str, text: bytes) -> None:
    """Raises Refused unless whoever asks holds the private half of the key, and it is one that only they can hold."""
    try:
        key = bytes.fromhex(signing_key)
        Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(proof), text)
    except (InvalidSignature, ValueError) as error:
        raise Refused(400, "malformed", "The laptop could not show that the key is its own.") from error
    if is_weak(key):
        raise Refused(400, "malformed", "The laptop could not show that the key is its own.")


def is_weak(key: bytes) -> bool:
    """A point of small order, for which anybody can make signatures; or a number written in two ways."""
    y = int.from_bytes(key, "little") & (2**255 - 1)
    if y >= PRIME:
        return True
    for _ in range(3):  # the small orders are 1, 2, 4 and 8: doubled three times, such a point is the neutral one
        y = _doubled(y)
    return y == 1


def _doubled(y: int) -> int:
    """The y of twice a point; x is needed only squared, which the curve gives."""
    yy = y * y % PRIME
    xx = (yy - 1) * pow(D * yy + 1, -1, PRIME) % PRIME
    return (yy + xx) * pow(1 - D * xx * yy, -1, PRIME) % PRIME
