"""`homeward`: the window, and every deed of the window without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from casework.errors import BugError, KnownError
from casework.part_not_installed import told_missing
from desktop.store.disk.process_hygiene import harden

DONE, KNOWN, BUG = 0, 1, 70


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 a known error in one sentence, 2 usage, 70 our bug."""
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return DONE
    except (BugError, Exception) as error:  # noqa: BLE001 - the top of the program
        return _told(error)


def _run(arguments: Sequence[str]) -> int:
    """The window needs no line to be read, and a line that only asks for help nothing that keeps records."""
    harden()
    if arguments:
        from desktop import cli  # noqa: PLC0415

        args = cli.parse_arguments(arguments)
    from desktop import compose  # noqa: PLC0415

    return compose.run(args) if arguments else compose.start()


def _told(error: Exception) -> int:
    """A file or folder that is not there, or not to be written, is an ordinary mistake wherever it was named."""
    missing = told_missing(error, program="homeward", extra="desktop")
    if missing or isinstance(error, KnownError):
        return _say(missing or str(error), KNOWN)
    if isinstance(error, OSError) and error.filename is not None:
        why = (error.strerror or "unknown reason").lower()
        return _say(f"{Path(str(error.filename)).name} cannot be read or written: {why}.", KNOWN)
    from casework.account_of_fault import account_of  # noqa: PLC0415

    _say(f"Homeward met a fault of its own ({type(error).__name__}). Nothing saved is lost.", BUG)
    return _say(account_of(error), BUG)  # places only: values may be a child's words


def _say(text: str, status: int) -> int:
    print(text, file=sys.stderr)  # noqa: T201
    return status


if __name__ == "__main__":
    sys.exit(main())
