"""What the figures are taken of: real vaults, the service in a process of its own, TLS on loopback."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from casework.identifiers import RecordId, child_named
from casework.records import Author, Change, Operation, Stamp, field_path
from desktop.compose import build_catalogue
from desktop.store.database.ids import uuid7
from desktop.store.database.remembered import OFFICER
from desktop.store.disk.keys import Argon2Cost, Bounds
from desktop.store.vault import Terms, Vault
from desktop.sync import identity
from desktop.sync.enrolment import enrol
from desktop.sync.runner import Cycle, SyncReport
from desktop.sync.transport import Transport, pinned
from tests.central.running import init_words

FIELDS = 60
FORM = "bench"
CHEAP = Argon2Cost(64, 1, 1)
ROOT = Path(__file__).parent.parent.parent


def now() -> datetime:
    return datetime.now().astimezone()


def timed(deed: Callable[[], object]) -> float:
    begun = time.perf_counter()
    deed()
    return time.perf_counter() - begun


class CountingTransport(Transport):
    """The laptop's own, counting what goes over the wire: the bodies, packed as they travel."""

    sent = received = requests = 0

    def _exchange(self, method, path, body, headers):  # type: ignore[no-untyped-def]
        self.sent += len(body)
        self.requests += 1
        with self._client.stream(method, path, content=body, headers=headers) as response:
            response.read()
            self.received += response.num_bytes_downloaded
        return response


@dataclass
class Laptop:
    vault: Vault
    author: Author
    transport: CountingTransport | None = None

    @classmethod
    def joined(cls, folder: Path, url: str, code: str) -> Laptop:
        terms = Terms(bounds=Bounds(floor=CHEAP))
        vault = Vault.create(folder, "five quiet words for benches", label="Bench", cost=CHEAP, terms=terms)
        enrol(vault, url, code, now=now)
        signer = identity.signer_of(vault)
        return cls(vault, Author(vault.settings.get(OFFICER).id, signer.device_id, signer.key))

    def sync(self) -> SyncReport:
        service = identity.service_of(self.vault)
        self.transport = CountingTransport(service.url, pinned(service.ca_pem), now)
        try:
            report = Cycle(self.vault, self.transport, now=now, forms=_shipped()).run()
        finally:
            self.transport.close()
        assert report.problem is None, report
        assert not report.quarantined, report
        return report

    @property
    def wire(self) -> int:
        return self.transport.sent + self.transport.received if self.transport else 0

    def begin(self, record_id: str, child: str, strand: str, form: str, changes: list[Change]) -> Operation:
        def compose(stamp: Stamp) -> Operation:
            return self.author.create(
                stamp,
                record_id=RecordId(record_id),
                child_id=child_named(child),
                strand=strand,
                form_id=form,
                form_version=1,
                changes=changes,
            )

        return self.vault.author(compose)

    def say(self, record_id: str, question: str, words: str) -> None:
        view = self.vault.view(record_id)
        change = Change(field_path(question), words, view.saw(field_path(question)))
        self.vault.author(lambda stamp: self.author.say(stamp, view, [change]))


class Central:
    """`homeward-central` as an administrator runs it."""

    def __init__(self, folder: Path, database: str | None = None, officers: tuple[str, ...] = ("ann", "ben")) -> None:
        self.home = folder / "central"
        self.run(*init_words(self.home), *(["--database", database] if database else []))
        self.run("form", "publish", str(form_file(folder)))
        for officer in officers:
            self.run("officer", "add", "--id", officer, "--name", officer, "--role", "missing_advocate")

    def run(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "central", "--home", str(self.home), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout

    def code(self, officer: str) -> str:
        return str(json.loads(self.run("device", "code", officer, "--json"))["code"])

    @contextmanager
    def serving(self) -> Iterator[tuple[str, int]]:
        """Its address and its process."""
        command = [sys.executable, "-m", "central", "--home", str(self.home), "serve", "--port", "0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
        assert process.stdout
        try:
            yield str(json.loads(process.stdout.readline())["listening"]), process.pid
        finally:
            process.terminate()
            process.wait()
            process.stdout.close()


@dataclass
class Pair:
    """Two laptops with one child between them."""

    ann: Laptop
    ben: Laptop
    child: str

    @classmethod
    def joined(cls, folder: Path, central: Central, url: str) -> Pair:
        ann = Laptop.joined(folder / "ann", url, central.code("ann"))
        ben = Laptop.joined(folder / "ben", url, central.code("ben"))
        child = fresh_id()
        ann.begin(child, child, "core", "child", [Change(field_path("given_name"), "Bench")])
        ann.sync()
        central.run("allocate", "ben", child)
        ben.sync()
        return cls(ann, ben, child)

    def close(self) -> None:
        self.ann.vault.close()
        self.ben.vault.close()


@cache
def _shipped() -> dict[str, tuple[int, ...]]:
    """The forms that come with the program, which no laptop asks for."""
    catalogue = build_catalogue()
    return {form_id: catalogue.versions(form_id) for form_id in catalogue.ids()}


def fresh_id(offset: int = 0) -> str:
    return uuid7(int(time.time() * 1000) + offset)


def answers(number: int) -> list[Change]:
    return [Change(field_path(f"f{index}"), f"value {number} {index} lorem ipsum") for index in range(FIELDS)]


def form_file(folder: Path) -> Path:
    """Sixty questions, and photographs."""
    texts = "".join(
        f'[[section.question]]\nid = "f{index}"\nlabel = "Question {index}"\ntype = "text"\nsource = "J"\n\n'
        for index in range(FIELDS)
    )
    photographs = '[[section.question]]\nid = "photos"\nlabel = "Photographs"\ntype = "attachments"\nsource = "J"\n'
    head = f'form = "{FORM}"\nversion = 1\ntitle = "Bench"\nshort_title = "Bench"\nstrand = "missing"\nsource = "J"\n'
    section = '[[section]]\nid = "all"\nnumber = 1\ntitle = "All"\n\n'
    file = folder / "bench.toml"
    file.write_text(f'{head}audience = ["allocated_worker"]\n\n{section}{texts}{photographs}', encoding="utf-8")
    return file


def most_memory(pid: int) -> float:
    """The most a process ever held, in MB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0
