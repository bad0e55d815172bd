"""What two keepers did together, noted where both read it: passphrases answered, laptops erased, exports made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from casework.canonical import JSON
from casework.identifiers import ChildId, DeviceId, OfficerId
from central.database.clock import stamp
from central.database.home import Home, note_down
from central.retention.destruction_log import LOG

RECOVERIES, ERASURES, DISCLOSURES = "recoveries.jsonl", "erasures.jsonl", "disclosures.jsonl"
UPDATES, ROOTS = "updates.jsonl", "roots.jsonl"


def note_erasure(home: Home, laptops: tuple[DeviceId, ...], by: tuple[str, ...], now: datetime) -> None:
    """On the disk before any laptop is told."""
    note_down(home.folder / ERASURES, {"at": stamp(now), "laptops": list(laptops), "by": list(by)})


def note_disclosure(home: Home, child_id: ChildId, officer_id: OfficerId, by: tuple[str, ...], now: datetime) -> None:
    """On the disk before anything is copied out. Names the child by id alone."""
    note_down(home.folder / DISCLOSURES, {"at": stamp(now), "child": child_id, "officer": officer_id, "by": list(by)})


def note_update(home: Home, version: str, sha256: str, by: tuple[str, ...], now: datetime) -> None:
    """On the disk before any laptop can fetch it."""
    note_down(home.folder / UPDATES, {"at": stamp(now), "version": version, "sha256": sha256, "by": list(by)})


def note_root(home: Home, fingerprint: str, by: tuple[str, ...], now: datetime) -> None:
    """The council's next root, once it is there."""
    note_down(home.folder / ROOTS, {"at": stamp(now), "root": fingerprint, "by": list(by)})


def note_recovery(home: Home, entry: Mapping[str, JSON], now: datetime) -> bool:
    """False for one that was noted before."""
    file = home.folder / RECOVERIES
    if any(all(known.get(name) == value for name, value in entry.items()) for known in _entries(file)):
        return False
    note_down(file, {**entry, "noted_at": stamp(now)})
    return True


def noted(home: Home) -> list[dict[str, JSON]]:
    """Oldest first."""
    files = {"passphrase forgotten": RECOVERIES, "erased": ERASURES, "subject access": DISCLOSURES, "update": UPDATES}
    files |= {"next root": ROOTS}
    told = [_row("destroyed", _told(entry)) for entry in _entries(home.folder / LOG)]
    rows = told + [_row(what, entry) for what, name in files.items() for entry in _entries(home.folder / name)]
    return sorted(rows, key=lambda row: str(row["at"]))


def _row(what: str, entry: Mapping[str, JSON]) -> dict[str, JSON]:
    laptops, by = entry.get("laptops", [entry["device"]] if "device" in entry else []), entry.get("by")
    return {
        "at": entry.get("at"),
        "what": what,
        "laptops": ", ".join(str(each) for each in laptops) if isinstance(laptops, list) else "",
        "child": entry.get("child", ""),
        "officer": entry.get("officer", ""),
        "by": ", ".join(str(each) for each in by) if isinstance(by, list) else "",
    }


def _told(line: Mapping[str, JSON]) -> Mapping[str, JSON]:
    """Of the signed log: when, and by whom."""
    found = json.loads(str(line.get("text", "{}")))
    return found if isinstance(found, dict) else {}


def _entries(file: Path) -> list[dict[str, JSON]]:
    if not file.exists():
        return []
    lines = file.read_text(encoding="utf-8").splitlines()
    return [entry for line in lines if line and isinstance(entry := json.loads(line), dict)]
