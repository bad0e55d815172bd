"""What every message between a laptop and the service is: a struct read strictly, whose fault names its place."""

from __future__ import annotations

import re
from typing import Annotated, Self, dataclass_transform

import msgspec
from msgspec import Meta, Struct, field

from casework.errors import AnswerError

Hex64 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
Hex128 = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}\Z")]
NO_NUL = r"^[^\x00]*\Z"  # PostgreSQL keeps every character but this one
Count = Annotated[int, Meta(ge=0, lt=2**53)]


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Message(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits hold for what is read, not for what this program makes. A member nobody knows is a fault, not a guess."""

    def to_bytes(self) -> bytes:
        return msgspec.json.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes | str) -> Self:
        """Raises AnswerError, which says where the first fault is."""
        try:
            return msgspec.json.decode(data, type=cls)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            message = f"The message cannot be read at “{_place(str(error))}”."
            raise AnswerError(message) from error


def _place(fault: str) -> str:
    """`ops.0.op_id` out of msgspec's words."""
    member = _MEMBER.search(fault)
    path = fault.rpartition("`$")[2].rstrip("`") if "`$" in fault else ""
    return ".".join(filter(None, [*re.split(r"[][.]+", path), member[1] if member else ""]))


_MEMBER = re.compile(r"^Object (?:contains unknown|missing required) field `([^`]{1,64})")
