"""Reconciliation against PouchDB replicating to express-pouchdb, on the same machine in the same run.

Ours: real vaults, the service in a process of its own, TLS on loopback, every operation signed, verified, checked
against its form and encrypted on both laptops. The peer: LevelDB on both ends, plain HTTP, no checks.

    python -m benchmarks.sync [--records 10000] [--database URL] [--peer FOLDER-WITH-NODE_MODULES]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from casework.records import Author, Change, field_path
from desktop.store.ids import uuid7
from desktop.store.keys import Argon2Cost, Bounds
from desktop.store.vault import Terms, Vault
from desktop.sync import identity
from desktop.sync.enrolment import enrol
from desktop.sync.runner import Cycle, SyncReport
from desktop.sync.transport import Transport, pinned

FIELDS = 60
FORM = "bench"
CHEAP = Argon2Cost(64, 1, 1)
ROOT = Path(__file__).parent.parent
PEER = Path(__file__).parent / "peers" / "pouchdb"


def now() -> datetime:
    return datetime.now().astimezone()


@dataclass
class Figures:
    """Seconds, unless the name says otherwise."""

    found: dict[str, float] = field(default_factory=dict)

    def timed(self, name: str, deed: Callable[[], object]) -> object:
        begun = time.perf_counter()
        result = deed()
        self.found[name] = round(time.perf_counter() - begun, 3)
        print(f"  {name}: {self.found[name]} s", flush=True)
        return result


class CountingTransport(Transport):
    """The laptop's own, counting what goes over the wire."""

    sent = received = 0

    def _exchange(self, method, path, body, headers):  # type: ignore[no-untyped-def]
        self.sent += len(body)
        with self._client.stream(method, path, content=body, headers=headers) as response:
            response.read()
            self.received += response.num_bytes_downloaded
        return response


@dataclass
class Laptop:
    vault: Vault
    wire: tuple[int, int] = (0, 0)

    @classmethod
    def joined(cls, folder: Path, url: str, code: str) -> Laptop:
        terms = Terms(bounds=Bounds(floor=CHEAP))
        vault = Vault.create(folder, "five quiet words for benches", label="Bench", cost=CHEAP, terms=terms)
        enrol(vault, url, code, now=now)
        return cls(vault)

    def sync(self) -> SyncReport:
        service = identity.service_of(self.vault)
        transport = CountingTransport(service["url"], pinned(service["ca_pem"]), now)
        try:
            report = Cycle(self.vault, transport, now=now).run()
        finally:
            transport.close()
        assert report.problem is None, report
        assert not report.quarantined, report
        self.wire = transport.sent, transport.received
        return report

    def write(self, compose):  # type: ignore[no-untyped-def]
        return self.vault.author(compose)


class Central:
    """`homeward-central` as an administrator runs it."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self.home = folder / "central"
        extra = ["--database", database] if database else []
        self.run("init", *extra)
        self.run("form", "publish", str(_form(folder)))
        for officer in ("ann", "ben"):
            self.run("officer", "add", "--id", officer, "--name", officer, "--role", "missing_advocate")

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "central", "--home", str(self.home), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout

    def code(self, officer: str) -> str:
        return str(json.loads(self.run("device", "code", officer, "--json"))["code"])

    @contextmanager
    def serving(self) -> Iterator[tuple[str, int]]:
        command = [sys.executable, "-m", "central", "--home", str(self.home), "serve", "--port", "0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
        assert process.stdout
        try:
            yield str(json.loads(process.stdout.readline())["listening"]), process.pid
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()


def ours(folder: Path, records: int, database: str | None) -> dict[str, float]:
    central, figures = Central(folder, database), Figures()
    with central.serving() as (url, pid):
        ann = Laptop.joined(folder / "ann", url, central.code("ann"))
        ben = Laptop.joined(folder / "ben", url, central.code("ben"))
        child = uuid7(int(time.time() * 1000))
        begin(ann, child, child, "core", "child", {"given_name": "Bench"})
        ann.sync()
        central.run("allocate", "ben", child)
        ben.sync()
        ids = [uuid7(int(time.time() * 1000) + number) for number in range(records)]
        figures.timed("write", lambda: [begin(ann, r, child, "missing", FORM, _answers(n)) for n, r in enumerate(ids)])
        figures.timed("push", ann.sync)
        figures.found["push bytes"] = sum(ann.wire)
        figures.timed("pull", ben.sync)
        figures.found["pull bytes"] = sum(ben.wire)
        edited = ids[: min(1000, records)]
        for record_id in edited:
            view = ann.vault.view(record_id)
            author = _author(ann.vault)
            change = Change(field_path("f7"), "edited", view.saw(field_path("f7")))
            ann.write(lambda stamp, view=view, author=author, change=change: author.say(stamp, view, [change]))
        figures.timed("push edits", ann.sync)
        figures.timed("pull edits", ben.sync)
        for _warm in range(3):
            ben.sync()
        figures.timed("nothing to do", ben.sync)
        figures.found["nothing to do bytes"] = sum(ben.wire)
        figures.found["service RSS MB"] = _rss(pid)
        figures.found["laptop RSS MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        assert len(ben.vault.summaries(form_id=FORM)) == records
        ann.vault.close()
        ben.vault.close()
    return figures.found


def begin(laptop: Laptop, record_id: str, child: str, strand: str, form: str, answers: dict[str, str]) -> None:  # noqa: PLR0917
    author = _author(laptop.vault)
    changes = [Change(field_path(name), value) for name, value in answers.items()]
    laptop.write(
        lambda stamp: author.create(
            stamp, record_id=record_id, child_id=child, strand=strand, form_id=form, form_version=1, changes=changes
        )
    )


def peer(node_modules: Path, records: int) -> dict[str, float]:
    """PouchDB on the same machine; the service in its own process, as ours."""
    work = Path(tempfile.mkdtemp(prefix="homeward-peer-"))
    for script in PEER.glob("*.js"):
        shutil.copy(script, work)
    (work / "node_modules").symlink_to(node_modules)
    server = subprocess.Popen(["node", "server.js"], cwd=work, stdout=subprocess.PIPE, text=True)
    assert server.stdout
    try:
        assert server.stdout.readline().strip() == "up"
        done = subprocess.run(["node", "bench.js", str(records)], cwd=work, check=True, capture_output=True, text=True)
        return {name: float(value) for name, value in json.loads(done.stdout).items()}
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()
        shutil.rmtree(work)


def _answers(number: int) -> dict[str, str]:
    return {f"f{index}": f"value {number} {index} lorem ipsum" for index in range(FIELDS)}


def _form(folder: Path) -> Path:
    questions = "".join(
        f'[[section.question]]\nid = "f{index}"\nlabel = "Question {index}"\ntype = "text"\nsource = "J"\n\n'
        for index in range(FIELDS)
    )
    head = f'form = "{FORM}"\nversion = 1\ntitle = "Bench"\nshort_title = "Bench"\nstrand = "missing"\nsource = "J"\n'
    audience = 'audience = ["allocated_worker"]\n'
    file = folder / "bench.toml"
    file.write_text(
        f'{head}{audience}\n[[section]]\nid = "all"\nnumber = 1\ntitle = "All"\n\n{questions}', encoding="utf-8"
    )
    return file


_authors: dict[str, Author] = {}


def _author(vault: Vault) -> Author:
    key = str(vault.folder)
    if key not in _authors:
        signer = identity.signer_of(vault)
        officer = identity.texts(vault.settings.get("officer"))
        _authors[key] = Author(officer["id"], signer.device_id, signer.key)
    return _authors[key]


def _rss(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--database")
    parser.add_argument("--peer", type=Path)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="homeward-bench-"))
    try:
        print("ours", flush=True)
        found = ours(folder, options.records, options.database)
        print(json.dumps(found, indent=1))
        if options.peer:
            print("peer", flush=True)
            other = peer(options.peer, options.records)
            print(json.dumps(other, indent=1))
            for name in sorted(set(found) & set(other)):
                print(f"  {name}: {found[name] / other[name]:.2f} times the peer")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "error")
    main()
