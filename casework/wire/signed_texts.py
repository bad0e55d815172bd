"""Texts that a laptop signs besides its operations, and the header that carries a request's signature. Each text begins
with a name of its own, so that none can stand for another."""

from __future__ import annotations

import base64

from casework.identifiers import DeviceId, OfficerId


def wipe_ack_text(device_id: DeviceId, order_signature: str, unsent: int) -> bytes:
    return "\n".join(["homeward-wiped-1", device_id, order_signature, str(unsent)]).encode()


def formerly_text(secret: str, new_key: str, device_id: DeviceId, officer_id: OfficerId) -> bytes:
    """Good for one code and one new key: nobody can use the word of a laptop that joins again for anything else."""
    return "\n".join(["homeward-formerly-1", secret, new_key, device_id, officer_id]).encode()


def fork_text(device_id: DeviceId) -> bytes:
    return f"homeward-fork-1\n{device_id}".encode()


def request_text(*, method: str, target: str, body_sha256: str, at_ms: int, nonce: str, device_id: DeviceId) -> bytes:
    """What a laptop signs for every request after enrolment; `target` is the path with its query."""
    return "\n".join(["homeward-request-1", method, target, body_sha256, str(at_ms), nonce, device_id]).encode()


def content_digest(body_sha256: str) -> str:
    """A header's value (RFC 9530): the service judges the signature by it, and only then reads a long body."""
    return f"sha-256=:{base64.b64encode(bytes.fromhex(body_sha256)).decode()}:"


def authorization(*, device_id: DeviceId, at_ms: int, nonce: str, signature: str) -> str:
    return f'Homeward device="{device_id}", at="{at_ms}", nonce="{nonce}", signature="{signature}"'
