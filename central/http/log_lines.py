"""The service's log: one line of JSON for each thing, on standard error, with its time, instance and request.

No line holds a value. A library's own message may repeat what it was given (a database's repeats whole rows), so of an
error only its kinds and places are told, and below WARNING nothing that a library says is kept.
"""

from __future__ import annotations

import json
import logging
import os
import socket
import sys
from contextvars import ContextVar
from datetime import UTC, datetime

from casework.account_of_fault import account_of

OURS = ("central", "casework")
INSTANCE = f"{socket.gethostname()}-{os.getpid()}"  # which of several processes, on which of several machines
request_id: ContextVar[str] = ContextVar("request_id", default="")


class Line(logging.Formatter):
    """A record as one line; of an exception its account."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in OURS
        fields: dict[str, object] = {"level": record.levelname.lower(), "from": record.name}
        fields["what"] = record.getMessage() if ours else _named(record)
        error = record.exc_info[1] if record.exc_info else None
        return written(fields | ({"fault": account_of(error).splitlines()} if error else {}))


def written(fields: dict[str, object]) -> str:
    """With when, where, and during which request."""
    about = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "instance": INSTANCE}
    asked = request_id.get()
    return json.dumps(about | ({"request": asked} if asked else {}) | fields, ensure_ascii=False)


def keep_log() -> None:
    """For this whole process, in place of whatever a library has set up."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)


def _named(record: logging.LogRecord) -> str:
    """A library's sentence before anything was put into it."""
    return str(record.msg).split("\n", maxsplit=1)[0][:200] if record.args or not record.exc_info else "fault"
