"""`homeward`: the window, and every deed of the window without one."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from casework.errors import BugError, KnownError
from desktop.compose import run
from desktop.store.hygiene import account_of

DONE, KNOWN, BUG = 0, 1, 70


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 a known error in one sentence, 2 usage, 70 our bug."""
    try:
        return run(sys.argv[1:] if arguments is None else arguments)
    except KnownError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return KNOWN
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return DONE
    except (BugError, Exception) as error:  # noqa: BLE001 - the top of the program
        print(f"Homeward met a fault of its own ({type(error).__name__}). Nothing saved is lost.", file=sys.stderr)  # noqa: T201
        print(account_of(error), file=sys.stderr)  # noqa: T201 - places only: values may be a child's words
        return BUG


if __name__ == "__main__":
    sys.exit(main())
