"""A time-stamp by the council's service: a request and a reply as RFC 3161 writes them, each in base64.

Only a hash goes up, never the document. The list of withdrawn certificates comes beside, to be kept in the document.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from msgspec import Meta

from casework.errors import AnswerError
from casework.wire.message import Message


class StampQuery(Message):
    """`request`: a TimeStampReq in DER, of SHA-256, which asks for the certificates."""

    request: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{8,300}={0,2}\Z")]


class StampReply(Message):
    """`reply`: a TimeStampResp in DER."""

    reply: str


class WithdrawnTold(Message):
    """As `CouncilLists` reads it; signed as of now."""

    crl_pem: str


def packed(der: bytes) -> str:
    return base64.b64encode(der).decode("ascii")


def unpacked(text: str) -> bytes:
    """Raises AnswerError."""
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        message = "The time-stamp cannot be read."
        raise AnswerError(message) from error
