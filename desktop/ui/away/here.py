"""Which signals of sleep and locked screens this operating system gives."""

from __future__ import annotations

import sys

from desktop.ui.away.signals import Signals


def signals_here(platform: str = sys.platform) -> Signals:
    """The ones of this operating system."""
    if platform == "win32":
        from desktop.ui.away.windows import WindowsSignals  # noqa: PLC0415 - only where it can work

        return WindowsSignals()
    if platform.startswith("linux"):
        from desktop.ui.away.linux import LinuxSignals, buses  # noqa: PLC0415 - only where it can work

        return LinuxSignals(*buses())
    return Signals()
