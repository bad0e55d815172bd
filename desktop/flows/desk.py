"""The unlocked desk: everything a flow needs, handed in once by the composition root."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import NotJoined
from casework.records import Author
from desktop.forms.catalogue import Catalogue
from desktop.store.settings import COLLEAGUES
from desktop.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Officer:
    """Who works at this desk; all empty until the laptop has joined a council."""

    id: str = ""
    name: str = ""
    role: str = ""
    council: str = ""


@dataclass(frozen=True, slots=True)
class Device:
    """This laptop as the council knows it."""

    id: str = ""
    name: str = ""


@dataclass
class Desk:
    """`now` gives an aware time; `past` holds what undo can bring back, per record, until the desk is locked.

    `pen`: a save and a seal of the same words never overlap, though a sync seals on a thread of its own.
    """

    vault: Vault
    catalogue: Catalogue
    now: Callable[[], datetime]
    past: dict[str, list[tuple[str, object]]] = field(default_factory=dict)
    pen: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @cached_property
    def officer(self) -> Officer:
        return Officer(**_text_members(self.vault.settings.get("officer", {}), Officer))

    @property
    def device(self) -> Device:
        """Read anew each time: a copied laptop takes a new name in the middle of a sync."""
        return Device(**_text_members(self.vault.settings.get("device", {}), Device))

    @property
    def author(self) -> Author:
        """Raises NotJoined before enrolment: nothing is written in nobody's name."""
        device = self.vault.settings.get("device", {})
        key = device.get("signing_key") if isinstance(device, dict) else None
        if not self.officer.id or not isinstance(key, str):
            message = (
                "This laptop has not joined a council yet. Ask your administrator for a code, "
                "then join under Settings, or with: homeward enrol ADDRESS CODE"
            )
            raise NotJoined(message)
        return Author(self.officer.id, self.device.id, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)))

    def name_of(self, officer_id: str) -> str:
        """Empty for a colleague whose name the council has not told this laptop yet."""
        if officer_id == self.officer.id:
            return self.officer.name
        known = self.vault.settings.get(COLLEAGUES, {})
        return str(known.get(officer_id, "")) if isinstance(known, dict) else ""

    def joined_anew(self) -> None:
        """Forgets who was here before an enrolment changed it."""
        self.__dict__.pop("officer", None)


def _text_members(value: object, kind: type[Officer] | type[Device]) -> dict[str, str]:
    members = kind.__dataclass_fields__
    return {k: str(v) for k, v in value.items() if k in members} if isinstance(value, dict) else {}
