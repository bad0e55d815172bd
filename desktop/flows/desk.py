"""The unlocked desk: everything a flow needs, handed in once by the composition root."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import NotJoined
from casework.identifiers import OfficerId
from casework.records import Author
from desktop.forms.catalogue import Catalogue
from desktop.store.database.remembered import COLLEAGUES, DEVICE, OFFICER, SERVING, Device, Officer
from desktop.store.vault import Vault


@dataclass
class Desk:
    """`now` gives an aware time.

    `pen`: a save and a seal of the same words never overlap, though a sync seals on a thread of its own.
    """

    vault: Vault
    catalogue: Catalogue
    now: Callable[[], datetime]
    pen: threading.RLock = field(default_factory=threading.RLock, repr=False)

    @cached_property
    def officer(self) -> Officer:
        return self.vault.settings.get(OFFICER)

    @property
    def device(self) -> Device:
        """Read anew each time: a copied laptop takes a new name in the middle of a sync."""
        return self.vault.settings.get(DEVICE)

    @property
    def author(self) -> Author:
        """Raises NotJoined before enrolment: nothing is written in nobody's name."""
        device = self.device
        if not self.officer.id or not device.signing_key:
            message = (
                "This laptop has not joined a council yet. Ask your administrator for a code, "
                "then join under Settings, or with: homeward enrol ADDRESS CODE"
            )
            raise NotJoined(message)
        return Author(
            self.officer.id, device.id, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(device.signing_key))
        )

    def name_of(self, officer_id: OfficerId) -> str:
        """Empty for a colleague whose name the council has not told this laptop yet."""
        return self.names()(officer_id)

    def names(self) -> Callable[[OfficerId], str]:
        """As `name_of`, for a list: the colleagues are read once."""
        own, known = self.officer, self.vault.settings.get(COLLEAGUES)
        return lambda officer_id: own.name if officer_id == own.id else known.get(officer_id, "")

    def colleagues(self) -> tuple[Officer, ...]:
        """Those whose names the council has told this laptop."""
        return tuple(Officer(id=found, name=name) for found, name in self.vault.settings.get(COLLEAGUES).items())

    def serving(self) -> tuple[str, ...]:
        """The names of those whom a group can give something to do; empty until the council has told them."""
        names = self.names()
        return tuple(sorted((names(one) for one in self.vault.settings.get(SERVING).officers), key=str.casefold))

    def joined_anew(self) -> None:
        """Forgets who was here before an enrolment changed it."""
        self.__dict__.pop("officer", None)
