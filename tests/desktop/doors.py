"""Stores whose passphrase costs the least that is allowed: a test that opens one does not wait a second for it."""

from __future__ import annotations

from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import Desk
from desktop.store.disk.keys import SAFE
from desktop.store.vault import Vault


def set_up_quickly(gate: Gate, name: str, passphrase: str) -> Desk:
    """As `Gate.set_up`, which takes the dearest cost this machine computes within a second."""
    gate.home.mkdir(parents=True, exist_ok=True)
    vault = Vault.create(gate.free_folder(), passphrase, label=name, cost=SAFE.floor, terms=gate.terms)
    return Desk(vault, gate.catalogue, gate.now)
