"""Which version of Homeward a laptop runs, as it told at its last contact, and whether that is behind another."""

from __future__ import annotations

from sqlalchemy import Connection, update

from casework.version_order import is_before, is_version
from central.database.errors import Refused
from central.database.tables import council

TOO_OLD = (
    "This laptop’s version of Homeward is below the {floor} that the council asks for. "
    "What was written on it is taken in; nothing new is given out until it is updated."
)


def version_in(app: str) -> str:
    """Empty for a laptop that has not told yet, or tells something else."""
    name, _, version = app.partition("/")
    return version if name == "homeward" and is_version(version) else ""


def is_behind(app: str, version: str) -> bool:
    """One that has not told counts as behind: nobody knows better. Raises Refused for what is no version."""
    _refuse_no_version(version)
    told = version_in(app)
    return not told or is_before(told, version)


def set_floor(connection: Connection, version: str) -> None:
    """Empty for none: then every version is served. Raises Refused for what is no version."""
    if version:
        _refuse_no_version(version)
    connection.execute(update(council).values(floor=version))


def floor_above(app: str, floor: str) -> str:
    """The floor where this laptop is below it, else empty."""
    return floor if floor and is_behind(app, floor) else ""


def refuse_below(app: str, floor: str) -> None:
    """Raises Refused for a laptop that first has to be updated; what it pushes is never refused for that."""
    if floor_above(app, floor):
        raise Refused(426, "upgrade_required", TOO_OLD.format(floor=floor))


def _refuse_no_version(version: str) -> None:
    if not is_version(version):
        raise Refused(400, "version", f"“{version}” is no version. Give it as 1.4 or 1.4.2.")
