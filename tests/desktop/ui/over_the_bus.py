"""What a screen reader has of the window: the program in a process of its own, asked over the accessibility bus."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dbus_fast import BusType, Message, MessageType
from dbus_fast.aio import MessageBus

LAUNCHER = Path("/usr/libexec/at-spi-bus-launcher")
ACCESSIBLE, ACTION = "org.a11y.atspi.Accessible", "org.a11y.atspi.Action"
BUS = "org.freedesktop.DBus"
REGISTRY, REGISTRY_PATH = "org.a11y.atspi.Registry", "/org/a11y/atspi/registry"
ROOT = "/org/a11y/atspi/accessible/root"
PATIENCE = 90.0
PASSWORD_TEXT = 40  # a role that says its letters to nobody
CHECKED, EDITABLE, FOCUSED, SHOWING, INVALID_ENTRY = 4, 7, 12, 25, 36  # places of the states, as AT-SPI numbers them


@dataclass(frozen=True, slots=True)
class Heard:
    """One object as a screen reader has it."""

    path: str
    role: str
    kind: int
    name: str
    description: str
    states: frozenset[int]


class ScreenReader:
    """`said` collects what the window announces by itself."""

    def __init__(self, bus: MessageBus, window: str) -> None:
        self._bus, self._window = bus, window
        self.said: list[str] = []
        bus.add_message_handler(self._hear)

    async def everything(self) -> list[Heard]:
        """What is in sight, in the order of reading."""
        found: list[Heard] = []
        await self._walk(ROOT, found)
        return found

    async def find(self, role: str, name: str, is_so: Callable[[Heard], bool] = lambda _one: True) -> Heard:
        """The one of this role whose name begins so, as soon as it is in sight and is as it is wanted."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(GoneError):
                for one in await self.everything():
                    if one.role == role and one.name.startswith(name) and is_so(one):
                        return one
            await asyncio.sleep(0.1)
        message = f"no {role} called “{name}”"
        raise AssertionError(message)

    async def press(self, role: str, name: str, action: str = "Press") -> None:
        """By one of the actions that the object offers."""
        found = await self.find(role, name)
        count = (await self._get(found.path, ACTION, "NActions")).value
        names = [(await self._ask(found.path, ACTION, "GetName", "i", [n]))[0] for n in range(count)]
        await self._ask(found.path, ACTION, "DoAction", "i", [names.index(action)])

    async def write(self, role: str, name: str, words: str) -> None:
        found = await self.find(role, name)
        await self._ask(found.path, "org.a11y.atspi.EditableText", "SetTextContents", "s", [words])

    async def heard(self, wanted: Callable[[str], bool]) -> str:
        """The first announcement that is wanted, once it has come."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for words in self.said:
                if wanted(words):
                    return words
            await asyncio.sleep(0.1)
        raise AssertionError(self.said)

    def _hear(self, message: Message) -> None:
        if message.message_type is MessageType.SIGNAL and message.member == "Announcement":
            self.said.append(str(message.body[3].value))

    async def _walk(self, path: str, found: list[Heard]) -> None:
        states = _places((await self._ask(path, ACCESSIBLE, "GetState"))[0])
        if path != ROOT and SHOWING not in states:
            return
        role = (await self._ask(path, ACCESSIBLE, "GetRoleName"))[0]
        kind = (await self._ask(path, ACCESSIBLE, "GetRole"))[0]
        name = (await self._get(path, ACCESSIBLE, "Name")).value
        description = (await self._get(path, ACCESSIBLE, "Description")).value
        found.append(Heard(path, role, kind, name, description, states))
        for _owner, child in (await self._ask(path, ACCESSIBLE, "GetChildren"))[0]:
            await self._walk(child, found)

    async def _get(self, path: str, interface: str, what: str) -> Any:
        return (await self._ask(path, "org.freedesktop.DBus.Properties", "Get", "ss", [interface, what]))[0]

    async def _ask(self, path: str, interface: str, member: str, kinds: str = "", body: list[Any] | None = None) -> Any:
        return await asked(self._bus, Message(self._window, path, interface, member, signature=kinds, body=body or []))


class GoneError(Exception):
    """What was asked is no longer there: the page went on meanwhile."""


async def asked(bus: MessageBus, question: Message) -> Any:
    answer = await bus.call(question)
    if answer is None or answer.message_type is MessageType.ERROR:
        raise GoneError(question.member, answer.body if answer else "")
    return answer.body


def _places(halves: list[int]) -> frozenset[int]:
    whole = halves[0] | halves[1] << 32
    return frozenset(place for place in range(64) if whole >> place & 1)


@contextmanager
def private_session(folder: Path) -> Iterator[dict[str, str]]:
    """A screen and a bus of its own, both ready, and what a program needs to know of them."""
    screen = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    with ExitStack() as stack:
        display = _first_line(stack.enter_context(_running(screen, dict(os.environ))))  # told once it takes windows
        known = {**os.environ, "DISPLAY": f":{display}", "XDG_RUNTIME_DIR": str(runtime)}
        bus = stack.enter_context(_running(["dbus-daemon", "--session", "--nofork", "--print-address"], known))
        known["DBUS_SESSION_BUS_ADDRESS"] = _first_line(bus)
        stack.enter_context(_running([str(LAUNCHER), "--launch-immediately"], known))
        yield known


@asynccontextmanager
async def screen_reader(home: Path, known: dict[str, str]) -> AsyncIterator[ScreenReader]:
    """Listens first, and starts `homeward` as the menu does, with its store at `home`: a window tells the registry once
    that it is there, and never again."""
    session = await MessageBus(bus_address=known["DBUS_SESSION_BUS_ADDRESS"]).connect()
    launcher = Message("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress")
    where = (await _as_soon_as_it_answers(session, launcher))[0]
    bus = await MessageBus(bus_address=where, bus_type=BusType.SESSION).connect()
    wanted = "type='signal',interface='org.a11y.atspi.Event.Object'"
    await asked(bus, Message(BUS, f"/{BUS.replace('.', '/')}", BUS, "AddMatch", signature="s", body=[wanted]))
    told = Message(REGISTRY, REGISTRY_PATH, REGISTRY, "RegisterEvent", signature="s", body=["object:announcement"])
    await _as_soon_as_it_answers(bus, told)
    program = [sys.executable, "-m", "desktop", "--home", str(home)]
    as_asked = {**known, "QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    try:
        with _running(program, as_asked) as running:
            yield ScreenReader(bus, await _window(bus, running))
    finally:
        bus.disconnect()
        session.disconnect()


async def _as_soon_as_it_answers(bus: MessageBus, question: Message) -> Any:
    """Of what is only being started: the bus's own patience with it may end before ours."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return await asked(bus, question)
        except GoneError:
            if time.monotonic() > until:
                raise
        await asyncio.sleep(0.2)


async def _window(bus: MessageBus, program: subprocess.Popen[str]) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and program.poll() is None:
        programs = (await asked(bus, Message(REGISTRY, ROOT, ACCESSIBLE, "GetChildren")))[0]
        if programs:
            return str(programs[0][0])
        await asyncio.sleep(0.2)
    message = f"the window never came to the bus; the program ended with {program.poll()}"
    raise AssertionError(message)


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@contextmanager
def _running(command: list[str], known: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """What it says about faults stands in the test's own standard error."""
    process = subprocess.Popen(command, env=known, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()
