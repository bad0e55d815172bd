"""Short data as text that survives being mailed and pasted: a block of letters with its own check."""

from __future__ import annotations

import base64
import binascii
import re
import textwrap
from hashlib import sha256

from casework.canonical import JSON, canonical, parse
from casework.errors import AnswerError

CHECK = 4  # bytes: a line lost by the mail is noticed before anything is tried
LONGEST = 64 * 1024
LINE = 64


def wrapped(kind: str, value: JSON) -> str:
    """`kind` is what the block is called, in capitals."""
    data = canonical(value)
    letters = base64.b64encode(sha256(data).digest()[:CHECK] + data).decode("ascii")
    return "\n".join([f"-----BEGIN {kind}-----", *textwrap.wrap(letters, LINE), f"-----END {kind}-----", ""])


def unwrapped(kind: str, text: str) -> JSON:
    """Whatever stands around the block, and marks of quoting before its lines, is passed over. Raises AnswerError."""
    found = re.search(rf"-----BEGIN {kind}-----(.{{0,{LONGEST}}}?)-----END {kind}-----", text, re.DOTALL)
    if found is None:
        message = f"There is no {kind.capitalize()} in this text. Copy all of it, with its first and last line."
        raise AnswerError(message)
    try:
        whole = base64.b64decode(re.sub(r"[\s>|]", "", found[1]), validate=True)
    except (binascii.Error, ValueError) as error:
        raise _changed(kind) from error
    check, data = whole[:CHECK], whole[CHECK:]
    if sha256(data).digest()[:CHECK] != check:
        raise _changed(kind)
    return parse(data)


def _changed(kind: str) -> AnswerError:
    return AnswerError(f"The {kind.capitalize()} is not as it was made: a part of it is missing. Copy all of it again.")
