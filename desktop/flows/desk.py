"""The unlocked desk: everything a flow needs, handed in once by the composition root."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.errors import NotJoined
from casework.identifiers import DeviceId, OfficerId
from casework.practice.roles import BEFORE_JOINING, Role
from casework.records import Author
from desktop.forms.catalogue import Catalogue
from desktop.store.database.remembered import BEFOREHAND, COLLEAGUES, DEVICE, OFFICER, SERVING, Device, Officer
from desktop.store.vault import Vault

HOW_TO_JOIN = (
    "This laptop has not joined a council yet. Ask your administrator for a code, "
    "then join under Settings, or with: homeward enrol ADDRESS CODE"
)
PRACTICE = "Practice"
PRACTICE_COUNCIL = "Practice, invented children"
PRACTICE_STAYS = (
    "This is practice: the children are invented, and nothing of it can be sent or join a council. "
    "Your own work is at the door, under your name."
)


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
        """Before joining, whoever set up this laptop, by ids that nobody else knows; all empty in a store that was made
        by an older version and not opened since."""
        found, before = self.vault.settings.get(OFFICER), self.vault.settings.get(BEFOREHAND)
        if found.id or before is None:
            return found
        if before.is_practice:
            return Officer(before.officer_id, before.name, Role.MISSING_ADVOCATE, PRACTICE_COUNCIL)
        return Officer(before.officer_id, before.name, BEFORE_JOINING)

    @property
    def has_joined(self) -> bool:
        return bool(self.device.id)

    @cached_property
    def is_practice(self) -> bool:
        """Invented children: it joins nothing, sends nothing, and is marked on every page."""
        before = self.vault.settings.get(BEFOREHAND)
        return before is not None and before.is_practice

    @property
    def writes_as(self) -> DeviceId:
        """Of what is written here now; empty where nothing can be."""
        before = self.vault.settings.get(BEFOREHAND)
        return self.device.id or (before.device_id if before else DeviceId(""))

    @property
    def device(self) -> Device:
        """Read anew each time: a copied laptop takes a new name in the middle of a sync."""
        return self.vault.settings.get(DEVICE)

    @property
    def author(self) -> Author:
        """Before enrolment as `Beforehand`. Raises NotJoined where there is not even that: nothing is written in
        nobody's name."""
        device, before = self.device, self.vault.settings.get(BEFOREHAND)
        key = device.signing_key or (before.signing_key if before else "")
        if not self.officer.id or not key:
            raise NotJoined(HOW_TO_JOIN)
        return Author(self.officer.id, self.writes_as, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)))

    def refuse_before_joining(self, why: str = HOW_TO_JOIN) -> None:
        """Raises NotJoined: for what needs the council, and for what practice never does."""
        if self.is_practice:
            raise NotJoined(PRACTICE_STAYS)
        if not self.has_joined:
            raise NotJoined(why)

    def name_of(self, officer_id: OfficerId) -> str:
        """Empty for a colleague whose name the council has not told this laptop yet."""
        return self.names()(officer_id)

    def names(self) -> Callable[[OfficerId], str]:
        """As `name_of`, for a list: the colleagues are read once."""
        own, before = self.officer, self.vault.settings.get(BEFOREHAND)
        told = self.vault.settings.get(COLLEAGUES)
        known = {**told}
        known |= {before.officer_id: before.name} if before else {}
        known[own.id] = own.name
        return lambda officer_id: known.get(officer_id, "")

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
