"""Judges one PDF from standard input and writes the verdict; see `judgement.apart`, which starts it."""

from __future__ import annotations

import os
import sys

import msgspec

from casework.errors import NotOurPdf
from judgement.apart import SECONDS, Asked, Judged
from judgement.verification import check_pdf

MOST_BYTES = 512 * 1024**2


def main() -> None:
    """Its standard error goes nowhere."""
    _bound()
    asked = msgspec.json.decode(sys.stdin.buffer.readline(), type=Asked)
    sys.stdout.buffer.write(msgspec.json.encode(_judged(asked, sys.stdin.buffer.read())))


def _bound() -> None:
    """So much memory, so long, after all others, and no file written, not even that of a crash."""
    try:
        import resource  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        return
    os.nice(10)  # laptops that wait for the service come first
    limits = {"AS": MOST_BYTES, "CPU": SECONDS, "FSIZE": 0, "CORE": 0}
    for name, limit in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (limit, limit))


def _judged(asked: Asked, pdf: bytes) -> Judged:
    try:
        verdict = check_pdf(pdf, asked.roots, lists=asked.lists, now=asked.now, password=asked.password)
    except NotOurPdf as error:
        return Judged(str(error), refused=True)
    return Judged(verdict.sentence, verdict.good, verdict.untrue)


if __name__ == "__main__":
    main()
