"""The same judgement in a process of its own: for a service that takes files from anybody.

A few kilobytes can unpack to more than a machine holds, or keep a reader busy for hours. The process may take so much
memory and so long, writes no file, knows nothing of its parent but where the program lies, and is gone afterwards.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from casework.errors import NotOurPdf
from judgement.first_look import UNREAD, look

SECONDS = 20
_KNOWN = ("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "SYSTEMROOT", "LANG")  # and nothing of the service's own

_HERE = str(Path(__file__).resolve().parents[1])


class Asked(msgspec.Struct, frozen=True):
    """What goes before the file: councils' roots and lists in PEM, and the time to judge by."""

    roots: list[str]
    lists: list[str]
    now: datetime
    password: str = ""


class Judged(msgspec.Struct, frozen=True):
    """A verdict as it comes back; `refused` of a file about which nothing can be said."""

    sentence: str
    good: bool = False
    untrue: bool = False
    refused: bool = False


def judge_apart(pdf: bytes, roots: Sequence[str], lists: Sequence[str], now: datetime, *, password: str = "") -> Judged:
    """Raises NotOurPdf for a file about which nothing can be said, or that takes more than a document may."""
    look(io.BytesIO(pdf))
    asked = msgspec.json.encode(Asked(list(roots), list(lists), now, password))
    told = _said(asked + b"\n" + pdf)
    if told.refused:
        raise NotOurPdf(told.sentence)
    return told


def _said(given: bytes) -> Judged:
    environment = {name: os.environ[name] for name in _KNOWN if name in os.environ}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (_HERE, environment.get("PYTHONPATH"))))
    command = [sys.executable, "-P", "-m", "judgement"]  # wherever the service was started from
    try:
        done = subprocess.run(  # noqa: S603 - this program itself
            command, input=given, capture_output=True, timeout=SECONDS, check=True, env=environment
        )
        return msgspec.json.decode(done.stdout, type=Judged)
    except (subprocess.SubprocessError, msgspec.DecodeError):
        raise NotOurPdf(UNREAD) from None  # what went wrong may quote the file
