"""What two keepers did together, noted where both can read it: answers to forgotten passphrases, laptops erased."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from casework.canonical import JSON
from central.database.clock import stamp
from central.database.home import Home, note_down

RECOVERIES, ERASURES = "recoveries.jsonl", "erasures.jsonl"


def note_erasure(home: Home, laptops: tuple[str, ...], by: tuple[str, ...], now: datetime) -> None:
    """On the disk before any laptop is told."""
    note_down(home.folder / ERASURES, {"at": stamp(now), "laptops": list(laptops), "by": list(by)})


def note_recovery(home: Home, entry: Mapping[str, JSON], now: datetime) -> bool:
    """False for one that was noted before."""
    file = home.folder / RECOVERIES
    if any(all(known.get(name) == value for name, value in entry.items()) for known in _entries(file)):
        return False
    note_down(file, {**entry, "noted_at": stamp(now)})
    return True


def noted(home: Home) -> list[dict[str, JSON]]:
    """Oldest first."""
    files = {"passphrase forgotten": RECOVERIES, "erased": ERASURES}
    rows = [_row(what, entry) for what, name in files.items() for entry in _entries(home.folder / name)]
    return sorted(rows, key=lambda row: str(row["at"]))


def _row(what: str, entry: Mapping[str, JSON]) -> dict[str, JSON]:
    laptops, by = entry.get("laptops", [entry.get("device")]), entry.get("by")
    return {
        "at": entry.get("at"),
        "what": what,
        "laptops": ", ".join(str(each) for each in laptops) if isinstance(laptops, list) else "",
        "officer": entry.get("officer", ""),
        "by": ", ".join(str(each) for each in by) if isinstance(by, list) else "",
    }


def _entries(file: Path) -> list[dict[str, JSON]]:
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [entry for line in lines if line and isinstance(entry := json.loads(line), dict)]
