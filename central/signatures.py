"""Whether somebody holds the private half of a key."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from central.errors import Refused


def check_owner(signing_key: str, proof: str, text: bytes) -> None:
    """Raises Refused unless whoever asks holds the private half of the key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(signing_key)).verify(bytes.fromhex(proof), text)
    except (InvalidSignature, ValueError) as error:
        raise Refused(400, "malformed", "The laptop could not show that the key is its own.") from error
