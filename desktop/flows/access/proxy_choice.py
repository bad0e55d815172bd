"""How this laptop gets to its council: straight, or through the council’s own proxy, and by which certificate."""

from __future__ import annotations

from pathlib import Path

from desktop.flows.desk import Desk
from desktop.sync.reaching import PROXY, SYSTEM, certificates_in

STRAIGHT, TRUSTED_HERE = "none", SYSTEM
NOW_STRAIGHT = "This laptop goes straight to the council’s service, and trusts the council’s own certificate alone."
NOW_SYSTEM = "This laptop goes through the council’s proxy, by a certificate that this computer trusts."
NOW_FILE = "This laptop goes through the council’s proxy, by the certificate of a file and no other."


def way_now(desk: Desk) -> str:
    """STRAIGHT, TRUSTED_HERE, or empty for a certificate of a file."""
    kept = desk.vault.settings.get(PROXY)
    return {"": STRAIGHT, SYSTEM: SYSTEM}.get(kept, "")


def told_way(desk: Desk) -> str:
    return {STRAIGHT: NOW_STRAIGHT, SYSTEM: NOW_SYSTEM}.get(way_now(desk), NOW_FILE)


def choose(desk: Desk, way: str) -> str:
    """`none`, `system` or the path of a certificate; empty only tells. Raises KnownError for a file without one."""
    if way == STRAIGHT:
        return _kept(desk, "")
    if way == TRUSTED_HERE:
        return _kept(desk, SYSTEM)
    return trust_file(desk, Path(way)) if way else told_way(desk)


def go_straight(desk: Desk) -> str:
    return _kept(desk, "")


def trust_this_computer(desk: Desk) -> str:
    return _kept(desk, SYSTEM)


def trust_file(desk: Desk, file: Path) -> str:
    """Raises KnownError for a file without a certificate; nothing has changed then."""
    return _kept(desk, certificates_in(file))


def _kept(desk: Desk, proxy: str) -> str:
    """Counts from the next conversation. Noted: whoever changes it changes whom this laptop trusts."""
    desk.vault.settings.put(PROXY, proxy)
    desk.vault.audit.add("way_chosen", way=way_now(desk) or "file")
    return told_way(desk)
