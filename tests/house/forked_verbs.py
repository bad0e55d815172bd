"""`homeward-central`, loaded once: each verb is a process of its own, forked from one that has imported the program.

A manual types some sixty of them, and each would take a second of processor time to load.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house.source import ROOT

# Hands its own words, place, surroundings and streams over, and ends as the verb does. What runs for long runs itself.
TYPED = """#!{python} -IS
import json, os, socket, sys
if "serve" in sys.argv:
    os.environ["PYTHONPATH"] = "{root}"
    os.execv("{python}", ["{python}", "-m", "central", *sys.argv[1:]])
with socket.socket(socket.AF_UNIX) as verbs:
    verbs.connect("{address}")
    said = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
    socket.send_fds(verbs, [len(said).to_bytes(4, "big")], [0, 1, 2])
    verbs.sendall(said)
    sys.exit(int(verbs.recv(16) or b"70"))
"""


@contextmanager
def forked_verbs(address: Path) -> Iterator[str]:
    """The text of a program that stands for `homeward-central`."""
    command = [sys.executable, "-m", "tests.house.forked_verbs", str(address)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        assert running.stdout.readline() == "ready\n"
        try:
            yield TYPED.format(python=sys.executable, root=ROOT, address=address)
        finally:
            running.terminate()


def _wait_for_verbs(address: str) -> None:
    import central.__main__  # noqa: PLC0415
    import central.commands.people_verbs  # noqa: PLC0415, F401

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        print("ready", flush=True)  # noqa: T201 - whoever started this waits for it
        while True:
            typed, _ = listening.accept()
            with typed:
                if not os.fork():
                    listening.close()
                    _answer(typed)


def _answer(typed: socket.socket) -> None:
    """In the forked process, which this ends."""
    length, streams, _, _ = socket.recv_fds(typed, 4, 3)
    words, folder, surroundings = json.loads(typed.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - until the process ends
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(surroundings)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    typed.sendall(str(_run(words)).encode())
    typed.close()
    os._exit(0)


def _run(words: list[str]) -> int:
    from central.__main__ import main  # noqa: PLC0415

    try:
        return main(words)
    except SystemExit as ended:
        return int(ended.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    _wait_for_verbs(sys.argv[1])
