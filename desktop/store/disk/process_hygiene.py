"""What a process that holds a key must not leave behind: images of its memory."""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import os
import sys

PR_SET_DUMPABLE = 4
NO_CRASH_DIALOG = 0x0001 | 0x0002  # SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX: no error report with our memory


def harden() -> None:
    """Once, first thing in the program: no core dump, no other process of the user looks inside, private new files."""
    faulthandler.disable()
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(NO_CRASH_DIALOG)
        return
    import resource  # noqa: PLC0415 - not there on Windows

    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None, use_errno=True).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
