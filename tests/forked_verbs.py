"""The two programs, each loaded once: a line is a process of its own, forked from one that has imported the program.

Loading anew costs a second of processor time, and a run of all tests types hundreds of lines. Where there is no fork,
each loads. What the programs load, and when, is held by tests that start them as they are (`desktop/test_cli.py`).
"""

from __future__ import annotations

import atexit
import functools
import importlib
import json
import os
import pkgutil
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Hands its own words, place, surroundings and streams over, passes on what ends it, and ends as the verb does.
TYPED = """#!{python} -IS
import json, os, signal, socket, sys
with socket.socket(socket.AF_UNIX) as verbs:
    verbs.connect("{address}")
    said = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(verbs, [len(said).to_bytes(4, "big")], [0, 1, 2])
    verbs.sendall(said)
    typed = int.from_bytes(verbs.recv(4), "big")
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda number, _: os.kill(typed, number))
    sys.exit(int(verbs.recv(16) or b"70"))
"""
PLAIN = '#!/bin/sh\nPYTHONPATH="{root}" exec "{python}" -m {package} "$@"\n'

# The window's part is not loaded: no verb may need it.
LEFT_OUT = ("desktop.ui", "desktop.demo", "desktop.__main__", "central.__main__", "central.database.migrations")


@dataclass(frozen=True)
class Program:
    """One of the two, as a file to be run."""

    package: str
    file: Path

    def run(self, *words: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run([self.file, *words], input=typed, capture_output=True, text=True, check=False)


@functools.cache
def program(package: str) -> Program:
    """`desktop` or `central`; it ends with the tests."""
    folder = Path(tempfile.mkdtemp(prefix="homeward-verbs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / package
    file.write_text(_script(package, folder / "verbs"))
    file.chmod(0o700)
    return Program(package, file)


def _script(package: str, address: Path) -> str:
    if not hasattr(os, "fork"):
        return PLAIN.format(root=ROOT, python=sys.executable, package=package)
    command = [sys.executable, "-m", "tests.forked_verbs", package, str(address)]
    running = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(_end, running)
    assert running.stdout
    assert running.stdout.readline() == "ready\n"
    return TYPED.format(python=sys.executable, address=address)


def _end(running: subprocess.Popen[str]) -> None:
    running.terminate()
    running.communicate(timeout=30)


def _wait_for_words(package: str, address: str) -> None:
    _load(package)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen(16)
        print("ready", flush=True)  # noqa: T201 - whoever started this waits for it
        while True:
            typed, _ = listening.accept()
            with typed:
                if not os.fork():
                    listening.close()
                    _answer(package, typed)


def _load(package: str) -> None:
    for name in ("casework", "judgement", package):
        folder = importlib.import_module(name)
        for found in pkgutil.walk_packages(folder.__path__, f"{name}."):
            if not found.name.startswith(LEFT_OUT):
                importlib.import_module(found.name)
    _read_forms()
    if package == "desktop":
        importlib.import_module("desktop.cli").parser()


def _read_forms() -> None:
    """What each line would read anew in half a second: a form is read once in a process."""
    from desktop.compose import build_catalogue  # noqa: PLC0415 - only here, where it is to be forked

    build_catalogue()


def _answer(package: str, typed: socket.socket) -> None:
    """In the forked process, which this ends."""
    length, streams, _, _ = socket.recv_fds(typed, 4, 3)
    words, folder, surroundings = json.loads(typed.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - until the process ends
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    typed.sendall(os.getpid().to_bytes(4, "big"))
    typed.sendall(str(_run(package, words)).encode())
    typed.close()
    os._exit(0)


def _run(package: str, words: Sequence[str]) -> int:
    main = importlib.import_module(f"{package}.__main__").main
    try:
        return int(main(words))
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    _wait_for_words(sys.argv[1], sys.argv[2])
