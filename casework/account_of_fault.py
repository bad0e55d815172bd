"""What a log may hold of an error: its kinds and where it happened; never its message, nor a value."""

from __future__ import annotations

import os
import traceback
from types import TracebackType


def account_of(error: BaseException) -> str:
    """A line for each kind and each place, the cause last: messages of libraries repeat what they were given."""
    parts: list[str] = []
    found: BaseException | None = error
    while found is not None:
        parts += [type(found).__name__, *_places(found.__traceback__)]
        found = found.__cause__ or found.__context__
        if found is not None:
            parts.append("caused by:")
    return "\n".join(parts)


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"  {os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]  # noqa: PTH119
