"""What each file in the folder of keys is called, and which of them a backup carries."""

from __future__ import annotations

from pathlib import Path

ROOT = "ca.pem"
KEPT_ROOT = "ca.key.kept"  # opened by two keepers
STEPS = "ca.steps.json"  # from each root to the next, in the words of both
CARRIED = "destroyed.kept"  # what the first root named destroyed records by, for the root of today
BARE_ROOT = "ca.key.pem"  # of a council founded before there were keepers
ISSUING, ISSUING_KEY = "issuing.pem", "issuing.key.pem"
WITHDRAWN = "withdrawn-issuing.pem"
SERVER, SERVER_KEY = "server.pem", "server.key.pem"
STAMPING = "stamping.pem"  # a key, and the certificate by which it gives time-stamps
RECOVERY_PUBLIC = "recovery.pub.pem"
RECOVERY_SIGNED = "recovery.pub.sig"  # by the root, so that laptops take no other for it
RECOVERY_NOTES = "recovery.notes.pem"  # proves a note of an answer
BARE_RECOVERY = "recovery.key.pem"  # as BARE_ROOT
RUNNING = frozenset(
    {ISSUING_KEY, SERVER_KEY, STAMPING}
)  # made anew after a restore, so that no backup can play the service


def is_protected(folder: Path) -> bool:
    """Whether neither key that opens something lies here as it is."""
    return (folder / KEPT_ROOT).exists() and not any((folder / bare).exists() for bare in (BARE_ROOT, BARE_RECOVERY))


def left_out_of_backups(folder: Path) -> frozenset[str]:
    """Of a council without keepers nothing is left out: its bare keys are the only ones there are."""
    return RUNNING if is_protected(folder) else frozenset()
