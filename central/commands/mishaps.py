"""What an administrator meets by an ordinary mistake, in one sentence: a file, a folder, a database, an address."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError

from casework.errors import KnownError

BAD_ADDRESS = (
    "The address of the database is not one: give it as sqlite:////folder/file or postgresql://user@host/name."
)


def in_words(error: Exception) -> str | None:
    """None for what is Homeward's own fault."""
    match error:
        case KnownError():
            return str(error)
        case OSError() if error.filename is not None:
            return f"{Path(str(error.filename)).name} cannot be read or written: {_why(error)}."
        case OperationalError() | InterfaceError():
            return f"The council’s database cannot be used: {_first_line(error.orig or error)}."
        case ArgumentError() | NoSuchModuleError():
            return BAD_ADDRESS
    return _of_another_version(error)


def _of_another_version(error: Exception) -> str | None:
    from alembic.util import CommandError  # noqa: PLC0415 - takes a second, and most verbs never migrate

    if isinstance(error, CommandError):
        return f"The council’s database is of another version of Homeward: {_first_line(error)}. Update this one."
    return None


def _why(error: OSError) -> str:
    return (error.strerror or "unknown reason").lower()


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n", maxsplit=1)[0].rstrip(".")
