"""Who pushes: a laptop, its officer, and what the officer may write to, looked up once in a transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from casework.identifiers import DeviceId
from central.database.clock import stamp
from central.database.errors import BrokenService
from central.people.accounts import Device, Officer, device_and_officer, officers_of
from central.people.scope import Scope, scope_of

GIVEN_UP = "forked"  # a name that syncs no more, and whose signatures count


@dataclass
class Sender:
    """For one transaction."""

    device: Device
    officer: Officer
    scope: Scope

    @property
    def is_withdrawn(self) -> bool:
        """Somebody withdrew the laptop, or its officer has left. A name that was given up is neither: what was signed
        under it counts, and the laptop goes on under another."""
        return self.device.state not in ("active", GIVEN_UP) or not self.officer.active

    @property
    def has_given_up(self) -> bool:
        return self.device.state == GIVEN_UP


class Senders:
    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = stamp(now)
        self._found: dict[str, Sender] = {}

    def of(self, device_id: DeviceId) -> Sender:
        if device_id not in self._found:
            self._found[device_id] = self._look_up(device_id)
        return self._found[device_id]

    def look_up(self, laptops: Collection[Device]) -> None:
        """Of laptops that were read in this transaction."""
        owners = officers_of(self._connection, {laptop.officer_id for laptop in laptops})
        for laptop in laptops:
            self.known(laptop, owners[laptop.officer_id])

    def known(self, laptop: Device, owner: Officer) -> Sender:
        """Of a laptop that was read in this transaction, or for this request, already."""
        found = Sender(laptop, owner, scope_of(self._connection, owner, self._now))
        self._found[laptop.id] = found
        return found

    def _look_up(self, device_id: DeviceId) -> Sender:
        both = device_and_officer(self._connection, device_id)
        if both is None:
            message = f"The laptop {device_id} pushed something and is not in the register."
            raise BrokenService(message)
        return self.known(*both)
