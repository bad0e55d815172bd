"""`homeward-central`: everything an administrator does with the service."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

from casework.errors import HomewardError, KnownError
from central.commands import parser

DONE, KNOWN, OURS = 0, 1, 70


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit 0 done, 1 a known error in one sentence, 2 usage, 70 our own fault."""
    options = parser().parse_args(arguments)
    try:
        options.deed(options)
    except KnownError as error:
        sys.stderr.write(f"{error}\n")
        return KNOWN
    except KeyboardInterrupt:
        return DONE
    except Exception as error:  # noqa: BLE001 - the one place at the top of this program
        if not isinstance(error, HomewardError):
            traceback.print_exc()
        sys.stderr.write(f"This is a fault of Homeward's own: {error}\n")
        return OURS
    return DONE


if __name__ == "__main__":
    sys.exit(main())
