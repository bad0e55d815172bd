"""The key lease: how long a laptop opens without a word from the council (architecture 5, sync study 3.3)."""

from __future__ import annotations

from datetime import datetime

from desktop.store.database.remembered import LEASE
from desktop.store.vault import Vault


def until(vault: Vault) -> str:
    """As the council said it; empty for a laptop that has not joined, or has not been greeted yet."""
    return vault.settings.get(LEASE).until


def has_ended(vault: Vault, now: datetime) -> bool:
    end = until(vault)
    return bool(end) and now > datetime.fromisoformat(end)
