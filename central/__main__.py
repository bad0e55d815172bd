"""`homeward-central`: everything an administrator does with the service."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from casework.account_of_fault import account_of
from casework.errors import HomewardError
from casework.part_not_installed import told_missing
from casework.typed_words import misread

DONE, KNOWN, OURS, STOPPED = 0, 1, 70, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 done, 1 a known error in one sentence, 2 usage, 70 our own fault, 130 stopped by a person."""
    try:
        from central.commands.every_verb import parser  # noqa: PLC0415 - on a laptop its libraries are not there

        options = _read(parser(), sys.argv[1:] if arguments is None else arguments)
        options.deed(options)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        return DONE
    except Exception as error:  # noqa: BLE001 - the one place at the top of this program
        return _told(error)
    return DONE


def _read(parser: ArgumentParser, arguments: Sequence[str]) -> Namespace:
    """Exits with status 2 for a line it cannot read."""
    if wrong := misread(arguments):
        parser.error(wrong)
    return parser.parse_args(arguments)


def _told(error: Exception) -> int:
    sentence = told_missing(error, program="homeward-central", extra="central") or _known(error)
    if sentence:
        sys.stderr.write(f"{sentence}\n")
        return KNOWN
    sys.stderr.write(f"{account_of(error)}\n")  # places only: values may be a child's words
    told = str(error) if isinstance(error, HomewardError) else type(error).__name__
    sys.stderr.write(f"This is a fault of Homeward's own: {told}\n")
    return OURS


def _known(error: Exception) -> str:
    from central.commands.mishaps import in_words  # noqa: PLC0415 - it knows the database's own errors

    return in_words(error) or ""


if __name__ == "__main__":
    sys.exit(main())
