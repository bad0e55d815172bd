"""Where things are: the person's own folder, and what came with the program, frozen or not."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """Forms, fonts, icons, council settings and help, beside the code or inside the frozen bundle."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if isinstance(bundle, str) else Path(__file__).resolve().parent.parent
    return root / "resources"
