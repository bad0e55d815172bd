"""A small council in one process: real vaults, the real machine and runner, the real service over a real database.

Only the wire is replaced: a request is handed to the service's own `Exchange`, and may be lost, doubled, delayed, or
interrupted by a crash of either end, before or after it took effect.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Self, TypeVar, cast

from casework.errors import KnownError
from casework.identifiers import DeviceId, OfficerId
from casework.wire.enrolment_code import EnrolmentCode
from casework.wire.laptop_messages import CertificateIssued, CertificateRequest, WipeAck, WipeAcked
from casework.wire.message import Message
from casework.wire.protocol import PullReply
from central.commands import founding
from central.database.database import Database
from central.database.errors import Refused, UnknownThing
from central.database.home import Home, Settings
from central.http.exchange import Exchange
from central.http.routes import enrol as joining
from central.intake.definitions import Definitions
from central.intake.quarantine_decisions import Deciding, Decision
from central.keys.authority import Authority
from central.people import accounts, revoking
from central.service import Service
from desktop.store.database.remembered import DEVICE, OFFICER, SERVICE, CouncilService, Device, Officer
from desktop.sync import enrolment
from desktop.sync.connection_failures import NO_ANSWER
from desktop.sync.errors import Refusal, Unreachable
from desktop.sync.events_and_effects import Effect, Event
from desktop.sync.runner import Cycle, SyncReport
from desktop.sync.state import State
from desktop.sync.transport import RequestSigner, Transport
from tests.central.running import Clock, Council
from tests.together.laptops import Laptop, shipped
from tests.together.looking import Held, Lookout, Stored
from tests.together.wire import Fault, Wire

R = TypeVar("R", bound=Message)
OFFICERS = ("ann", "ben", "cas")
FIRST_CHILD = "child-0"


class Crash(Exception):
    """The laptop's program is gone, at this point."""


@dataclass
class DelayedMessage:
    world: World
    device_id: str
    path: str
    message: Message

    def arrive(self) -> None:
        with contextlib.suppress(KnownError):  # a refusal that nobody hears any more
            self.world.handle(self.device_id, self.path, self.message)

    def vanish(self) -> None:
        """Nothing is open."""


class DirectTransport(Transport):
    """Hands messages to the service without HTTP; they still go through their written form."""

    def __init__(self, world: World, wire: Wire) -> None:
        self._world = world
        self._wire = wire

    def close(self) -> None:
        """Nothing is open."""

    def call(self, path: str, message: Message, reply: type[R], signer: RequestSigner) -> R:
        fault = self._wire.next()
        if fault is Fault.LOSE_REQUEST:
            raise Unreachable(NO_ANSWER)
        if fault is Fault.DELAY:
            self._wire.delayed.append(DelayedMessage(self._world, signer.device_id, path, message))
            raise Unreachable(NO_ANSWER)
        if fault is Fault.CRASH_BEFORE:
            raise Crash
        if fault is Fault.DOUBLE:
            self._world.handle(signer.device_id, path, message)
        answer = self._world.handle(signer.device_id, path, message, signer)
        if fault is Fault.LOSE_ANSWER:
            raise Unreachable(NO_ANSWER)
        if fault is Fault.CRASH_AFTER:
            raise Crash
        return reply.from_bytes(answer.to_bytes())

    def ask(self, _path: str, message: Message, reply: type[R]) -> R:
        if self._wire.next() in (Fault.LOSE_REQUEST, Fault.LOSE_ANSWER, Fault.DELAY):
            raise Unreachable(NO_ANSWER)
        with self._world.service.database.writing() as connection:
            revoking.confirm_wiped(connection, cast("WipeAck", message))
        return reply.from_bytes(WipeAcked(device_state="wiped").to_bytes())


class CrashingCycle(Cycle):
    """Stops dead before or after one of its effects."""

    def __init__(self, laptop: Laptop, transport: Transport, crash_at: tuple[int, bool] | None) -> None:
        super().__init__(laptop.vault, transport, now=laptop.now, forms=shipped())
        self._crash_at = crash_at
        self._count = 0

    def _do(self, effect: Effect) -> Event:
        self._count += 1
        at, after = self._crash_at or (0, False)
        if at == self._count and not after:
            raise Crash
        event = super()._do(effect)
        if at == self._count and after:
            raise Crash
        return event


class Member:
    """A laptop in the world; `clock` is its own, and may be wrong."""

    def __init__(self, laptop: Laptop, officer_id: str, clock: Clock) -> None:
        self._laptop = laptop
        self.officer_id = officer_id
        self.clock = clock
        self.is_gone = False
        self._held: Held | None = None

    @property
    def laptop(self) -> Laptop:
        """Whoever takes it in hand may change what it holds, so that is looked at anew afterwards."""
        self._held = None
        return self._laptop

    @laptop.setter
    def laptop(self, laptop: Laptop) -> None:
        self._held = None
        self._laptop = laptop

    @property
    def held(self) -> Held:
        """What the vault holds. Nothing is remembered across a touch of the laptop."""
        if self._held is None:
            self._held = Held.by(self._laptop.vault)
        return self._held

    @property
    def device_id(self) -> DeviceId:
        return DeviceId(str(self._laptop.device["id"]))


@dataclass
class World:
    folder: Path
    council: Council
    wire: Wire = field(default_factory=Wire)
    members: list[Member] = field(default_factory=list)
    sent: list[tuple[str, PullReply]] = field(default_factory=list)
    snapshots: int = 0
    decisions: int = 0
    _lookout: Lookout | None = None
    _still: Stored | None = None
    _backed_up: tuple[Stored, Path] | None = None

    @classmethod
    def begin(cls, template: Path, folder: Path) -> Self:
        """Where `template` ends: nothing has gone wrong yet, so it is the same every time."""
        shutil.copytree(template, folder)
        home = Home(folder / "central")
        home.keep(Settings("Rotherham", cls.new_database(like=home.settings().database) or home.default_database))
        clock = cls.new_clock()
        world = cls(folder, Council(home, clock, opened(home, clock)))
        for number, officer_id in enumerate(OFFICERS):
            own = cls.new_clock()
            laptop = world.reaching(Laptop.opened(folder / f"vault-{number}", own))
            world.members.append(Member(laptop, officer_id, own))
        return world

    @classmethod
    def template(cls, folder: Path) -> Path:
        """A council, a laptop of each officer, and a child that all of them hold and may disagree about."""
        council = Council.found(folder / "central", cls.new_database())
        council.clock = cls.new_clock()
        for officer_id in OFFICERS:
            council.officer(officer_id)
        council.officer("boss", "missing_manager")
        world = cls(folder, council)
        first, *_others = [world.join(officer_id) for officer_id in OFFICERS]
        first.laptop.create(FIRST_CHILD, FIRST_CHILD, "core", "child", {"given_name": "Zoë"})
        world.sync(first)
        for officer_id in OFFICERS[1:]:
            council.allocate(officer_id, FIRST_CHILD)
        for member in world.members:
            world.sync(member)
        world.end()
        return folder

    @property
    def service(self) -> Service:
        return self.council.service

    @property
    def clock(self) -> Clock:
        return self.council.clock

    @property
    def stored(self) -> Stored:
        """What the service stores now."""
        if self._still is not None:
            return self._still
        if self._lookout is None:
            self._lookout = Lookout(self.service.database.address)
        return self._lookout.look()

    @contextlib.contextmanager
    def standing_still(self) -> Iterator[None]:
        """While nobody does anything but look, the service need not be asked each time whether it stores the same."""
        self._still = self.stored
        try:
            yield
        finally:
            self._still = None

    def _close_service(self) -> None:
        """Nobody else has the database open then: SQLite tidies it up, as at the end of a process."""
        if self._lookout is not None:
            self._lookout.close()
            self._lookout = None
        self.service.close()

    def end(self) -> None:
        for member in self.members:
            member.laptop.vault.close()
        self._close_service()

    # How the service is reached

    @classmethod
    def new_database(cls, like: str = "") -> str | None:
        """The address of one of its own, a copy of `like`; None for the file in the council's folder."""
        return None

    @classmethod
    def new_clock(cls) -> Clock:
        return Clock()

    def reaching(self, laptop: Laptop) -> Laptop:
        """Told where the service is, this time."""
        return laptop

    def transport(self, member: Member) -> Transport:
        return DirectTransport(self, self.wire)

    def enrol(self, laptop: Laptop, officer_id: str) -> None:
        """As the route would do it."""
        if laptop.vault.settings.get(DEVICE).id:
            enrol_again_directly(self.council, laptop, officer_id)
        else:
            enrol_directly(self.council, laptop, officer_id)

    # What a laptop does

    def join(self, officer_id: str) -> Member:
        """A new laptop with a new vault."""
        clock = self.new_clock()
        clock.at = self.clock.at
        laptop = Laptop.new(self.folder / f"vault-{len(self.members)}", clock)
        self.enrol(laptop, officer_id)
        self.members.append(Member(self.reaching(laptop), officer_id, clock))
        return self.members[-1]

    def join_again(self, member: Member) -> None:
        """With a new code, after a restored service had forgotten this laptop."""
        self.enrol(member.laptop, member.officer_id)
        self.reaching(member.laptop)

    def sync(self, member: Member, *, crash_at: tuple[int, bool] | None = None) -> SyncReport | None:
        """None when the laptop crashed meanwhile; it has been started again then."""
        transport = self.transport(member)
        try:
            report = CrashingCycle(member.laptop, transport, crash_at).run(State(losses_confirmed=True))
        except Crash:
            self.restart(member)
            return None
        finally:
            transport.close()
            self.wire.faults.clear()
        member.is_gone = not member.laptop.vault.folder.exists()
        return report

    def restart(self, member: Member) -> None:
        if member.laptop.vault.folder.exists():
            member.laptop = member.laptop.reopened()
        else:
            member.is_gone = True

    def handle(self, device_id: str, path: str, message: Message, signer: RequestSigner | None = None) -> Message:
        """What the routes do, without HTTP."""
        with self.service.database.reading() as connection:
            laptop = accounts.device_of(connection, DeviceId(device_id))
            if laptop is None or (signer and signer.key.public_key().public_bytes_raw().hex() != laptop.signing_key):
                raise Refusal(401, "bad_signature", "unknown laptop")
            exchange = Exchange(self.service, laptop, accounts.officer_of(connection, laptop.officer_id))
        name = path.rsplit("/", 1)[1]
        deed: Callable[[Message], Message] = getattr(exchange, name, partial(self._certified, exchange))
        try:
            answer = deed(message)
        except Refused as error:
            raise Refusal(error.status, error.code, str(error)) from error
        if isinstance(answer, PullReply):
            self.sent.append((device_id, answer))
        return answer

    def _certified(self, exchange: Exchange, message: Message) -> Message:
        """A certificate to sign documents with, in place of one that ends."""
        assert isinstance(message, CertificateRequest)
        accounts.refuse_withdrawn(exchange.device, exchange.officer)
        with self.service.database.writing() as connection:
            pem = joining._certified(self.service, connection, exchange.officer, exchange.device, message.csr_pem)
        return CertificateIssued(certificate_pem=pem)

    def deliver_delayed(self, index: int) -> None:
        self.wire.delayed.pop(index).arrive()

    # What the world does to them

    def snapshot_laptop(self, member: Member) -> Path:
        self.snapshots += 1
        image = self.folder / f"image-{self.snapshots}"
        shutil.copytree(member.laptop.vault.folder, image)
        return image

    def restore_laptop(self, member: Member, image: Path) -> None:
        folder = member.laptop.vault.folder
        member.laptop.vault.close()
        shutil.rmtree(folder)
        shutil.copytree(image, folder)
        member.laptop = member.laptop.reopened()

    def snapshot_service(self) -> Path:
        """The last one again if nothing was written since."""
        now = self.stored
        if self._backed_up is None or self._backed_up[0] is not now:
            self.snapshots += 1
            self._backed_up = now, self.folder / f"backup-{self.snapshots}"
            self.back_up(self._backed_up[1])
        return self._backed_up[1]

    def restore_service(self, copy: Path) -> None:
        """An administrator puts a backup back, and says so."""
        self._close_service()
        self.put_back(copy)
        founding.begin_epoch(self.service.database)
        self.restart_service()

    def back_up(self, copy: Path) -> None:
        self._copy(self._database, copy)

    def put_back(self, copy: Path) -> None:
        self._copy(copy, self._database)

    def laptops_in(self, copy: Path) -> set[str]:
        """Those that the backup knows."""
        with contextlib.closing(sqlite3.connect(copy)) as opened:
            return {row[0] for row in opened.execute("SELECT id FROM device WHERE state <> 'forked'")}

    def restart_service(self) -> None:
        self._close_service()
        self.council.service = opened(self.council.home, self.clock)

    def revoke(self, member: Member, how: revoking.How) -> None:
        with self.service.database.writing() as connection:
            revoking.revoke(connection, member.device_id, how, self.clock(), root=self.council.root())

    def decide(self, op_id: str, choice: str) -> None:
        self.decisions += 1
        deciding = Deciding(self.service.database, self.service.definitions, self.clock)
        decision = Decision(op_id, choice, f"d-{self.decisions}", by="boss", reason="because")  # type: ignore[arg-type]
        with contextlib.suppress(Refused, UnknownThing):  # decided already, or not acceptable: both are answers
            deciding.decide(decision)

    def jump(self, clock: Clock, seconds: int) -> None:
        clock.move(seconds=seconds)

    @property
    def _database(self) -> Path:
        return self.folder / "central" / "central.sqlite"

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        with sqlite3.connect(source) as opened, sqlite3.connect(target) as copy:
            opened.backup(copy)
        opened.close()
        copy.close()


@lru_cache(maxsize=8)
def database_at(address: str) -> Database:
    """Closed or not, it holds nothing of the data: only the statements that SQLAlchemy has worked out already."""
    return Database(address)


def opened(home: Home, clock: Clock) -> Service:
    """As `Service.open`, without working the same statements out again after each of many restarts."""
    database = database_at(home.settings().database)
    return Service(home, database, Authority.open(home.keys), Definitions(database), clock)


def enrol_directly(council: Council, laptop: Laptop, officer_id: str) -> None:
    """What enrolment leaves in the vault and in the register, without the wire and the certificate."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    key = Ed25519PrivateKey.generate()
    now: datetime = council.clock()
    with council.service.database.writing() as connection:
        device = accounts.add_device(connection, OfficerId(officer_id), key.public_key().public_bytes_raw().hex(), now)
        owner = accounts.officer_of(connection, OfficerId(officer_id))
    settings = laptop.vault.settings
    settings.put(SERVICE, CouncilService(url="https://localhost", ca_pem=council.service.authority.pem))
    settings.put(OFFICER, Officer(id=owner.id, name=owner.name, role=owner.role, council="Rotherham"))
    secret = key.private_bytes_raw().hex()
    settings.put(DEVICE, Device(id=device.id, name=device.id, signing_key=secret))


def enrol_again_directly(council: Council, laptop: Laptop, officer_id: str) -> None:
    """All that either side does, without the wire."""
    vault, service = laptop.vault, council.service
    code = EnrolmentCode.read(council.code(officer_id))
    keys = enrolment._keys(vault, code)
    asked = enrolment._request(vault, code, keys)
    reply = service.database.transact(lambda connection: joining._enrolled(service, connection, asked))
    service.intake.retry_unsigned([former.device_id for former in asked.formerly])
    enrolment._keep(vault, "https://localhost", reply, keys)
