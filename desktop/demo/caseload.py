"""An invented caseload, with a central service of its own on this machine. Every person in it is made up."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError
from casework.identifiers import OfficerId
from desktop.flows.access import joining_a_council
from desktop.flows.access.unlocking import Gate
from desktop.flows.council import not_taken_in, sending
from desktop.flows.desk import Desk
from desktop.flows.practising.invented_caseload import (
    MANAGER,
    Tell,
    caseload,
    fill,
    fill_education,
    object_in,
    objects_in,
    texts_in,
)
from desktop.flows.record import editing
from desktop.paths import resources
from desktop.store.disk.keys import SAFE

PASSPHRASE = "otter lantern thimble walnut kettle"  # noqa: S105 - the invented caseload's, printed on purpose
KEEPERS = {  # of the invented council's keys; their passphrases are as public as the one above
    "Ada Ruiz": "copper anthem ladder quilt harbour",
    "Ben Sato": "velvet gravel parsnip trumpet dune",
}
OFFICER = "Nadia Brightwater"
COLLEAGUE = "Dele Winterbourne"
EDUCATION_OFFICER = "Helen Marchbanks"


@dataclass(frozen=True, slots=True)
class InventedOfficer:
    """Who joins while the walk goes on; `team` is of the council's file."""

    id: str
    name: str
    role: str
    team: str = ""


CME_OFFICER = InventedOfficer("priya", "Priya Fenwick", "cme_officer")
VISITOR = InventedOfficer("ravi", "Ravi Coleman", "early_help", "early_help_north")

Program = tuple[str | Path, ...]  # how `homeward-central` is run
CENTRAL: Program = (sys.executable, "-m", "central")


@dataclass(frozen=True, slots=True)
class Council:
    """The central service as its administrator reaches it."""

    home: Path
    url: str
    program: Program = CENTRAL

    @property
    def keepers(self) -> tuple[str, ...]:
        """How the two who keep its keys are named to a verb that needs both."""
        return keepers_of(self.home)

    @property
    def recovery_file(self) -> Path:
        """What would lie on a stick."""
        return recovery_file_of(self.home)

    def ask(self, *words: str) -> dict[str, JSON]:
        return _typed(self.program, self.home, *words, "--json")


@contextmanager
def council(home: Path, program: Program = CENTRAL) -> Iterator[Council]:
    """Runs the embedded central service for as long as the block lasts; founds it the first time."""
    folder = home / "central"
    if not folder.exists():
        own_file = str(resources() / "councils" / "rotherham.toml")
        keys = (*keepers_of(folder), "--guess-memory", "1", "--recovery-key", str(recovery_file_of(folder)))
        _typed(program, folder, "init", "--council-file", own_file, "--council", str(caseload()["council"]), *keys)
        for officer in objects_in(caseload()["officers"]):
            words = ("--id", str(officer["id"]), "--name", str(officer["name"]), "--role", str(officer["role"]))
            _typed(program, folder, "officer", "add", *words, "--json")
    command = [*program, "--home", str(folder), "serve", "--port", "0", "--attended"]
    log = folder / "service.log"  # a line a request: not for whoever looks at the window
    with (
        log.open("a") as said,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, text=True) as process,  # noqa: S603 - our own program
    ):
        try:
            yield Council(folder, _listening(process, log), program)
        finally:
            process.terminate()


def recovery_file_of(folder: Path) -> Path:
    return folder.with_name("recovery.key")


def keepers_of(folder: Path) -> tuple[str, ...]:
    """The invented keepers, each with a known passphrase in a file beside the service's folder."""
    words: list[str] = []
    for name, passphrase in KEEPERS.items():
        file = folder.with_name(f"{name.split()[0].lower()}.phrase")
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(passphrase, encoding="utf-8")
        words += ["--keeper", f"{name}={file}"]
    return tuple(words)


def plant(gate: Gate, service: Council, tell: Tell) -> Desk:
    """Nadia's laptop: joined, filled with the caseload, and received by the council; then a little work since."""
    tell("Making the encrypted store, and joining the council")
    desk = _joined(gate, service, OFFICER, OfficerId("nadia"))
    children = fill(desk, tell)
    tell("Sending everything to the central service")
    _expect(sending.sync(desk).problem)
    for key in texts_in(object_in(caseload()["shared_with"])["dele"]):
        service.ask("allocate", "dele", children[key])
    return desk


def plant_colleague(gate: Gate, service: Council, tell: Tell) -> Desk:
    """A second laptop, of the allocated worker, which receives what that officer may see."""
    tell("A second laptop joins, for the allocated worker")
    desk = _joined(gate, service, COLLEAGUE, OfficerId("dele"))
    _expect(sending.sync(desk).problem)
    return desk


def plant_education(gate: Gate, service: Council, tell: Tell) -> Desk:
    """A laptop of the officer for home education: no advocate may hold these children's reports, nor the reverse."""
    tell("A laptop joins for the home education officer, with samples of work")
    desk = _joined(gate, service, EDUCATION_OFFICER, OfficerId("helen"))
    fill_education(desk)
    _expect(sending.sync(desk).problem)
    return desk


def disagree(desk: Desk, other: Desk) -> str:
    """Both write the same answer about one child unseen by the other; returns the child to decide about."""
    wren = _child_called(desk, "Wren")
    editing.answer(other, wren, {"best_way_to_talk": "After tea, in the kitchen. Text her first."})
    editing.answer(desk, wren, {"best_way_to_talk": "Walking, side by side. Not at the table."})
    for one in (other, desk, other):
        _expect(sending.sync(one).problem)
    return wren


def plant_manager(gate: Gate, service: Council, tell: Tell) -> Desk:
    """A laptop of the manager, who decides about what was not taken in."""
    tell("A laptop joins for the manager")
    desk = _joined(gate, service, MANAGER, OfficerId("tom"))
    _expect(sending.sync(desk).problem)
    return desk


def plant_officer(gate: Gate, service: Council, who: InventedOfficer, tell: Tell) -> Desk:
    """A laptop of somebody the council has not had until now, who holds what their role may."""
    tell(f"A laptop joins for {who.name}")
    team = ("--team", who.team) if who.team else ()
    service.ask("officer", "add", "--id", who.id, "--name", who.name, "--role", who.role, *team)
    desk = _joined(gate, service, who.name, OfficerId(who.id))
    _expect(sending.sync(desk).problem)
    return desk


def write_too_late(desk: Desk, service: Council) -> tuple[str, str]:
    """Dele writes about Robin just as the allocation ends; returns the child, and what the council did not take in."""
    robin = _child_called(desk, "Robin")
    editing.answer(desk, robin, {"best_way_to_talk": "On the way home from school, on foot."})
    service.ask("allocate", "dele", robin, "--end")
    _expect(sending.sync(desk).problem)
    (item,) = not_taken_in.returned(desk)
    return robin, item.op_id


def _joined(gate: Gate, service: Council, name: str, officer_id: OfficerId) -> Desk:
    desk = gate.set_up(name, PASSPHRASE, cost=SAFE.floor)  # the walk opens a dozen of them
    joining_a_council.join(desk, service.url, str(service.ask("device", "code", officer_id)["code"]))
    return desk


def _child_called(desk: Desk, name: str) -> str:
    children = (summary.record_id for summary in desk.vault.summaries(form_id="child"))
    return next(child for child in children if desk.vault.view(child).answer("f/given_name") == name)


def _typed(program: Program, home: Path, *words: str) -> dict[str, JSON]:
    command = [*program, "--home", str(home), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    if done.returncode:
        message = f"The central service could not do “{words[0]}”: {done.stderr.strip() or 'it gave no reason'}"
        raise KnownError(message)
    found = json.loads(done.stdout) if "--json" in words else {}
    return found if isinstance(found, dict) else {}


def _listening(process: subprocess.Popen[str], log: Path) -> str:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        message = f"The central service did not start. {log.name} beside its keys says why."
        raise KnownError(message)
    return str(json.loads(line)["listening"])


def _expect(problem: str | None) -> None:
    if problem:
        raise KnownError(problem)
