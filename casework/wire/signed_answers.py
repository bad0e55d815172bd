"""An answer that the council signed, for laptops that reach it through a proxy: TLS ends there, the proof does not.

The laptop asks for it by a nonce in a header; the answer comes back with the service's certificate and a signature
over the nonce, what was asked, and what is answered. Who certified the service, the pinned root says; see
docs/decisions/behind-a-proxy.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from casework.errors import AnswerError

HEADER = "homeward-answer"
NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
STREAMED = "streamed"  # in the place of the body's hash: a file, which the laptop knows by its own hash
COVERED = (
    *("content-encoding", "content-type", "location", "retry-after"),
    *("upload-length", "upload-offset"),
)
_SIGNED = re.compile(
    r'chain="(?P<chain>[A-Za-z0-9+/=,]{1,6000})", body=(?P<body>hashed|streamed), '
    r'signature="(?P<signature>[0-9a-f]{16,200})"'
)


@dataclass(frozen=True, slots=True)
class SignedAnswer:
    """`chain`: certificates in DER, the service's own first, the root not among them."""

    chain: tuple[bytes, ...]
    is_streamed: bool
    signature: bytes

    @property
    def header(self) -> str:
        chain = ",".join(base64.b64encode(each).decode() for each in self.chain)
        body = STREAMED if self.is_streamed else "hashed"
        return f'chain="{chain}", body={body}, signature="{self.signature.hex()}"'

    @classmethod
    def read(cls, header: str) -> SignedAnswer:
        """Raises AnswerError for what is none, or damaged."""
        found = _SIGNED.fullmatch(header)
        try:
            if found is not None:
                chain = tuple(base64.b64decode(each, validate=True) for each in found["chain"].split(","))
                return cls(chain, found["body"] == STREAMED, bytes.fromhex(found["signature"]))
        except (binascii.Error, ValueError):
            pass
        message = "The answer carries no signature that can be read."
        raise AnswerError(message)


def answer_text(  # noqa: PLR0917 - what is signed
    nonce: str, method: str, target: str, status: int, headers: Mapping[str, str], body_sha256: str
) -> bytes:
    """What the service signs; `headers` may be all of them, by lower-case name: those that mean something are taken."""
    said = [f"{name}: {headers[name]}" for name in COVERED if name in headers]
    return "\n".join(["homeward-answer-1", nonce, method, target, str(status), *said, body_sha256]).encode()
