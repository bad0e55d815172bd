"""What a vault remembers about itself: each thing once, with its type and what it is before it was ever kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import msgspec
from msgspec import Struct

from casework.canonical import encode
from casework.identifiers import DeviceId, OfficerId
from casework.wire.agenda_messages import AgendasTold
from casework.wire.status_messages import StatusTold

T = TypeVar("T")


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing remembered: its name in the store, its type, and what it is otherwise."""

    name: str
    kind: Any
    otherwise: T

    def read(self, text: str | bytes) -> T:
        """What cannot be read is as if it had never been kept."""
        try:
            found: T = msgspec.json.decode(text, type=self.kind)
        except msgspec.DecodeError:
            return self.otherwise
        return found

    def holding(self, value: T) -> tuple[str, str]:
        """Its row in the store."""
        return self.name, encode(value).decode()


class Officer(Struct, frozen=True):
    """Who works at this desk; all empty until the laptop has joined a council."""

    id: OfficerId = OfficerId("")
    name: str = ""
    role: str = ""
    council: str = ""


class Former(Struct, frozen=True):
    """A name given up. `is_shared`: a copy of this laptop had it too, so what waited under it was numbered anew."""

    id: DeviceId
    signing_key: str
    is_shared: bool


class Device(Struct, frozen=True):
    """This laptop as the council knows it; all empty until it has joined. `formerly`: oldest first."""

    id: DeviceId = DeviceId("")
    name: str = ""
    signing_key: str = ""
    formerly: tuple[Former, ...] = ()


class Beforehand(Struct, frozen=True):
    """Who writes on a laptop that has joined no council: ids and a key of its own, which nobody else has ever seen.
    `is_practice`: it is to join none, ever."""

    name: str
    officer_id: OfficerId
    device_id: DeviceId
    signing_key: str
    is_practice: bool = False


class CouncilService(Struct, frozen=True):
    """The service this laptop joined. `ca_pem` is its council's newest root, `formerly` those before, latest first."""

    url: str = ""
    ca_pem: str = ""
    crl_pem: str = ""
    recovery_public_pem: str = ""
    formerly: tuple[str, ...] = ()

    @property
    def roots_pem(self) -> str:
        """All of them in one text, the newest first; each counts until its own certificate ends."""
        return self.ca_pem + "".join(self.formerly)


class Certificate(Struct, frozen=True):
    """What this officer signs with."""

    chain_pem: str = ""
    key_pem: str = ""


class Revocations(Struct, frozen=True):
    """The certificates the council has withdrawn, and when it said so."""

    at: str = ""
    pem: str = ""


class Lease(Struct, frozen=True):
    """How long this laptop opens without a word from the council."""

    until: str = ""
    state: str = ""


class BackupPlan(Struct, frozen=True):
    """Where backups go by themselves, and how many are kept."""

    to: str
    every_days: int
    keep: int


class LastBackup(Struct, frozen=True):
    at: str
    name: str


class PrintedSheet(Struct, frozen=True):
    """A blank form that this laptop printed; empty `record_id`: of no record yet; empty `child_id`: of no child."""

    form: str
    child_id: str
    record_id: str
    at: str


class Serving(Struct, frozen=True):
    """Colleagues who can be given something to do, as the council told them on a day."""

    on: str = ""
    officers: tuple[OfficerId, ...] = ()


OFFICER = Setting("officer", Officer, Officer())
DEVICE = Setting("device", Device, Device())
BEFOREHAND: Setting[Beforehand | None] = Setting("beforehand", Beforehand | None, None)
SERVICE = Setting("service", CouncilService, CouncilService())
CERTIFICATE = Setting("certificate", Certificate, Certificate())
REVOCATIONS = Setting("revocations", Revocations, Revocations())
LEASE = Setting("lease", Lease, Lease())
FLOOR = Setting("version_floor", str, "")  # the version the council asked this laptop for; empty when it was content
LAST_HEARD = Setting("last_heard", str, "")  # when the council last answered
COLLEAGUES: Setting[Mapping[OfficerId, str]] = Setting("colleagues", dict[OfficerId, str], {})  # names by officers' ids
SERVING = Setting("serving", Serving, Serving())
TOLD: Setting[StatusTold | None] = Setting("status_told", StatusTold | None, None)
AGENDAS: Setting[AgendasTold | None] = Setting("agendas_told", AgendasTold | None, None)
BACKUP_PLAN: Setting[BackupPlan | None] = Setting("backup_plan", BackupPlan | None, None)
LAST_BACKUP: Setting[LastBackup | None] = Setting("last_backup", LastBackup | None, None)
# By the number that stands on them.
PRINTED_SHEETS: Setting[Mapping[str, PrintedSheet]] = Setting("printed_sheets", dict[str, PrintedSheet], {})
