"""Who pushes: a laptop, its officer, and what the officer may write to, looked up once in a transaction."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from central.accounts import Device, Officer, device_of, officer_of
from central.errors import BrokenService
from central.scope import entitled


@dataclass
class Sender:
    """`entitled` grows when the officer creates a child nobody had before."""

    device: Device
    officer: Officer
    entitled: set[str]

    @property
    def draining(self) -> bool:
        return self.device.state != "active"


class Senders:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._found: dict[str, Sender] = {}

    def of(self, device_id: str) -> Sender:
        if device_id not in self._found:
            self._found[device_id] = self._look_up(device_id)
        return self._found[device_id]

    def _look_up(self, device_id: str) -> Sender:
        laptop = device_of(self._connection, device_id)
        if laptop is None:
            message = f"The laptop {device_id} pushed something and is not in the register."
            raise BrokenService(message)
        owner = officer_of(self._connection, laptop.officer_id)
        return Sender(laptop, owner, set(entitled(self._connection, owner)))
