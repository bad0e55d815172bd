"""An invented caseload, with a central service of its own on this machine. Every person in it is made up."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import LONDON
from casework.errors import BugError, KnownError
from casework.identifiers import OfficerId
from desktop.demo import papers
from desktop.demo.papers import InventedPaper
from desktop.flows.access import joining_a_council
from desktop.flows.access.unlocking import Gate
from desktop.flows.case_file import case_file
from desktop.flows.council import not_taken_in, sending
from desktop.flows.desk import Desk
from desktop.flows.record import editing, notes
from desktop.flows.signing import signing
from desktop.paths import resources
from desktop.store.disk.keys import SAFE

PASSPHRASE = "otter lantern thimble walnut kettle"  # noqa: S105 - the invented caseload's, printed on purpose
KEEPERS = {  # of the invented council's keys; their passphrases are as public as the one above
    "Ada Ruiz": "copper anthem ladder quilt harbour",
    "Ben Sato": "velvet gravel parsnip trumpet dune",
}
OFFICER = "Nadia Brightwater"
COLLEAGUE = "Dele Winterbourne"
MANAGER = "Tom Applegarth"
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
_RELATIVE = re.compile(r"([+-]\d+)d(?: (\d\d):(\d\d))?")

Tell = Callable[[str], None]
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


def caseload() -> dict[str, JSON]:
    found: dict[str, JSON] = json.loads((resources() / "demo" / "caseload.json").read_text(encoding="utf-8"))
    return found


@contextmanager
def council(home: Path, program: Program = CENTRAL) -> Iterator[Council]:
    """Runs the embedded central service for as long as the block lasts; founds it the first time."""
    folder = home / "central"
    if not folder.exists():
        own_file = str(resources() / "councils" / "rotherham.toml")
        keys = (*keepers_of(folder), "--guess-memory", "1", "--recovery-key", str(recovery_file_of(folder)))
        _typed(program, folder, "init", "--council-file", own_file, "--council", str(caseload()["council"]), *keys)
        for officer in _objects(caseload()["officers"]):
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
    for key in _texts(_object(caseload()["shared_with"])["dele"]):
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


def fill_education(desk: Desk) -> dict[str, str]:
    """The families who educate at home; returns child ids by their keys."""
    found, today = _object(caseload()["education"]), desk.now()
    children: dict[str, str] = {}
    for child in _objects(found["children"]):
        children[str(child["key"])] = editing.new_record(desk, "child", known=_dated(child["answers"], today))
    _papers(desk, found, children, {}, today)
    return children


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


def fill(desk: Desk, tell: Tell) -> dict[str, str]:
    """Every child, episode, interview, appointment and note of the caseload; returns child ids by their keys."""
    found = caseload()
    today = desk.now()
    children: dict[str, str] = {}
    tell("Writing 27 invented children, their episodes and interviews")
    for child in _objects(found["children"]):
        children[str(child["key"])] = editing.new_record(desk, "child", known=_dated(child["answers"], today))
    episodes: dict[str, str] = {}
    for episode in _objects(found["episodes"]):
        about, known = children[str(episode["child"])], _dated(episode["answers"], today)
        episodes[str(episode["key"])] = editing.new_record(desk, "missing_episode", about, known)
    interviews = {str(i["episode"]): _interview(desk, i, episodes, today) for i in _objects(found["interviews"])}
    for visit in _objects(found["appointments"]):
        known = _dated(visit["answers"], today)
        if "episode" in visit:
            known["about"] = interviews[str(visit["episode"])]
        editing.new_record(desk, "appointment", children[str(visit["child"])], known)
    _papers(desk, found, children, episodes, today)
    for key in children.keys() - _texts(found["undecided"]):
        papers.settle(desk, case_file(desk, children[key]), MANAGER)
    for note in _objects(found["notes"]):
        notes.add_note(desk, interviews[str(note["episode"])], str(note["text"]))
    return children


def fill_one(desk: Desk, key: str, **facts: JSON) -> str:
    """One child of the caseload, with the plan that was last agreed; returns her id."""
    found, today = caseload(), desk.now()
    given = next(child for child in _objects(found["children"]) if child["key"] == key)
    child = editing.new_record(desk, "child", known={**_dated(given["answers"], today), **facts})
    plans = [one for one in _objects(found["papers"]) if (one["form"], one["child"]) == ("find_me_plan", key)]
    _papers(desk, {"papers": [plans[-1]]}, {key: child}, {}, today)
    return child


def interview_said(now: datetime) -> dict[str, JSON]:
    """What was said in one of the caseload’s signed interviews, held an hour ago."""
    given = next(one for one in _objects(caseload()["interviews"]) if one["sign"])
    begun, over = (now - timedelta(minutes=minutes) for minutes in (60, 15))
    times = {"started_at": begun.isoformat(timespec="minutes"), "ended_at": over.isoformat(timespec="minutes")}
    return {**_dated(given["answers"], now), **times}


def _joined(gate: Gate, service: Council, name: str, officer_id: OfficerId) -> Desk:
    desk = gate.set_up(name, PASSPHRASE, cost=SAFE.floor)  # the walk opens a dozen of them
    joining_a_council.join(desk, service.url, str(service.ask("device", "code", officer_id)["code"]))
    return desk


def _papers(
    desk: Desk, found: Mapping[str, JSON], children: Mapping[str, str], episodes: Mapping[str, str], today: datetime
) -> None:
    """Plans, alerts, visits and meetings, in the order in which they were signed."""
    for given in _objects(found["papers"]):
        answers = _dated(given["answers"], today)
        answers.update({name: episodes[str(key)] for name, key in _object(given.get("links")).items()})
        signed = _placed(given["signed"], today) if "signed" in given else None
        at = datetime.fromisoformat(str(signed)) if signed else None
        strand = str(given.get("strand") or "")
        papers.put_down(desk, InventedPaper(str(given["form"]), children[str(given["child"])], answers, strand), at)


def _interview(desk: Desk, given: Mapping[str, JSON], episodes: Mapping[str, str], today: datetime) -> str:
    from desktop.flows.due.interviews.interviews_due import start_interview  # noqa: PLC0415 - today also lists what this makes

    record_id = start_interview(desk, episodes[str(given["episode"])])
    editing.answer(desk, record_id, _dated(given["answers"], today))
    if given["sign"]:
        found = signing.check(desk, record_id)
        if found.stops:
            message = f"The invented interview of {given['episode']} cannot be signed: {found.stops[0].text}"
            raise BugError(message)
        signing.lock_record(desk, record_id, name=OFFICER, ink=None)
    return record_id


def _dated(value: JSON, today: datetime) -> dict[str, JSON]:
    found = _placed(value, today)
    return found if isinstance(found, dict) else {}


def _placed(value: JSON, today: datetime) -> JSON:
    """“-2d 21:40” as the time it was two days ago; “+7d” as a date; never later than now when it lies behind."""
    if isinstance(value, dict):
        return {key: _placed(item, today) for key, item in value.items()}
    if isinstance(value, list):
        return [_placed(item, today) for item in value]
    match = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return value
    day = today.astimezone(LONDON).date() + timedelta(days=int(match[1]))
    if match[2] is None:
        return day.isoformat()
    at = datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), tzinfo=LONDON)
    if match[1].startswith("-"):
        at = min(at, today.astimezone(LONDON) - timedelta(minutes=5))
    return at.isoformat(timespec="seconds")


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


def _objects(value: JSON) -> list[dict[str, JSON]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _object(value: JSON) -> dict[str, JSON]:
    return value if isinstance(value, dict) else {}


def _texts(value: JSON) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
