"""How far the service's log goes, and whether it still has what somebody noted: one that was set back has not."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, exists, select

from casework.identifiers import OperationId
from central.database.errors import CentralError
from central.database.tables import operation
from central.feed import feed
from central.service import council_of

MOST = 64 * 1024
_HEAD = re.compile(r"(?P<epoch>[0-9a-f]{1,64})/(?P<step>(?P<place>[0-9]{1,18}):(?P<op_id>[A-Za-z0-9_.:-]{1,96}))")
HOLDS = "The log still has what was noted, and goes on from there."
BEGUN_ANEW = "A restore was announced since that was noted, and what was noted last is here again."
LOST_ANNOUNCED = "A restore was announced since that was noted, and what was noted last has not come back yet."
WENT_BACK = (
    "The service has gone back: its log does not have what was noted at {place}. An older copy was put in its place."
)


class Noted(NamedTuple):
    epoch: str
    step: str
    place: str
    op_id: OperationId


def head(connection: Connection) -> str:
    """Empty before the first word."""
    step = feed.last_step(connection)
    return f"{council_of(connection).epoch}/{step}" if step else ""


def prove(connection: Connection, given: str) -> str:
    """A sentence; raises CentralError where what was noted is not there any more."""
    noted = _noted(given)
    if noted.epoch == council_of(connection).epoch:
        if not feed.has_seen(connection, noted.step):
            raise CentralError(WENT_BACK.format(place=noted.place))
        return HOLDS
    if not connection.execute(select(exists().where(operation.c.op_id == noted.op_id))).scalar_one():
        raise CentralError(LOST_ANNOUNCED)
    return BEGUN_ANEW


def _noted(given: str) -> Noted:
    found = _HEAD.fullmatch(given.strip().removeprefix("head: ")) or _HEAD.search(_text_of(Path(given)))
    if found is None:
        message = f"{given} is not what “homeward-central audit” said, and no file that holds it."
        raise CentralError(message)
    return Noted(found["epoch"], found["step"], found["place"], OperationId(found["op_id"]))


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""
