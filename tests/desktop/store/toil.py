"""A program to be killed: it works on a vault, says what it was told is safe, and another life checks that it is.

`python -m tests.desktop.store.toil FOLDER ROUNDS SEED` kills at random moments and prints one line of JSON. Lives are
forked from one warm process, so that each costs milliseconds; nothing of the vault is open while forking.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.store.database import migrations
from desktop.store.database.migrations import Step
from desktop.store.disk.errors import WrongPassphrase
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import PASSPHRASE, begin, made, opened, say, terms

RECORDS = ("r1", "r2", "r3")
PHRASES = tuple(f"{word}-otter-lantern-muffin-drift" for word in ("gravel", "walnut", "pencil", "quilt", "ember"))
PATHS = tuple(f"f/q{n}" for n in range(5))
PHOTOGRAPH = photographs.jpeg(200, 150)
Line = dict[str, Any]


class Life:
    """One run of the program, until it is killed. `told` receives a line before each deed, and one after it."""

    def __init__(self, folder: Path, seed: int, phrase: str, told: int) -> None:
        self.random = random.Random(seed)
        self.folder = folder
        self.seed = seed
        self.phrase = phrase
        self.told = told
        self.count = 0
        self.vault = opened(folder, phrase)
        self.tell(done={})

    def tell(self, **line: object) -> None:
        os.write(self.told, json.dumps(line).encode() + b"\n")

    def go_on(self) -> None:
        deeds = (
            [self.type_something] * 8
            + [self.say_it] * 4
            + [
                self.attach,
                self.lock,
                self.rephrase,
                self.renew,
                self.back_up,
            ]
        )
        while True:
            self.random.choice(deeds)()

    def fresh(self) -> str:
        self.count += 1
        return f"life {self.seed} word {self.count} " + "x" * self.random.choice([0, 50, 9000])

    def type_something(self) -> None:
        record, path, value = self.random.choice(RECORDS), self.random.choice(PATHS), self.fresh()
        self.tell(doing={"draft": [record, path, value]})
        self.vault.drafts.save(record, path, value, self.vault.view(record).saw(path))
        self.tell(done={"draft": [record, path, value]})

    def say_it(self) -> None:
        record = self.random.choice(RECORDS)
        drafts = {path: draft.value for path, draft in self.vault.drafts.of(record).items()}
        answers: dict[str, JSON] = {path.removeprefix("f/"): value for path, value in drafts.items()}
        self.tell(doing={"said": [record, drafts]})
        say(self.vault, record, answers, clears=list(drafts))
        self.tell(done={"said": [record, drafts]})

    def attach(self) -> None:
        # A new picture each time: the density in its header is the one thing that stays and may differ.
        number = self.seed * 100 + self.count % 100
        self.count += 1
        data = PHOTOGRAPH.replace(PHOTOGRAPH[14:16], (number % 60000 + 1).to_bytes(2, "big"), 1)
        self.tell(doing={})
        answer = self.vault.attachments.add(io.BytesIO(data), name="a.jpg", record_id="r1")
        self.tell(done={"attached": answer["sha256"]})

    def lock(self) -> None:
        self.tell(doing={})
        self.vault.close()
        self.vault = opened(self.folder, self.phrase)
        self.tell(done={})

    def rephrase(self) -> None:
        new = self.random.choice(PHRASES)
        self.tell(doing={"phrase": new})
        self.vault.ways.change_passphrase(new)
        self.phrase = new
        self.tell(done={"phrase": new})

    def renew(self) -> None:
        """A new data key; backups made before are not of this store any more."""
        new = self.random.choice(PHRASES)
        self.vault.close()
        self.tell(doing={"phrase": new, "renewed": True})
        self.vault, _code = Vault.rekey(self.folder, self.phrase, new, terms=terms())
        self.phrase = new
        self.tell(done={"phrase": new, "renewed": True})

    def back_up(self) -> None:
        stick = self.folder.parent / "stick"
        for old in sorted(stick.iterdir())[:-1]:
            shutil.rmtree(old)
        self.tell(doing={})
        try:
            made_at = self.vault.backup(stick)
        except KnownError:  # another within the same second of a clock that stands
            return
        self.tell(done={"backup": [made_at.name, self.phrase]})


class Memory:
    """What the lives were told is safe, and what may have become true in the moment of death."""

    def __init__(self) -> None:
        self.phrases = [PASSPHRASE]
        self.words: dict[tuple[str, str], list[str | None]] = {}
        self.attached: list[str] = []
        self.backups: list[tuple[str, str]] = []
        self.acknowledged = 0

    def hear(self, lines: list[Line]) -> None:
        for line in lines:
            sure = "done" in line
            self.acknowledged += sure
            what = line["done"] if sure else line["doing"]
            if "draft" in what:
                record, path, value = what["draft"]
                self._expect((record, path), value, sure=sure)
            if "phrase" in what:
                self.phrases = [what["phrase"]] if sure else [*self.phrases, what["phrase"]]
            if "renewed" in what:
                self.backups.clear()
            if sure and "attached" in what:
                self.attached.append(what["attached"])
            if sure and "backup" in what:
                self.backups.append(tuple(what["backup"]))

    def _expect(self, place: tuple[str, str], value: str, *, sure: bool) -> None:
        self.words[place] = [value] if sure else [*self.words.get(place, [None]), value]

    def check(self, folder: Path) -> None:
        """Opens what is left; every word told to be safe is there, and nothing cries wolf."""
        vault, phrase = self.open(folder)
        self.phrases = [phrase]
        assert vault.notices == (), vault.notices
        views = {record: vault.view(record, drafts=True) for record in RECORDS}
        for (record, path), allowed in self.words.items():
            found = views[record].answer(path)
            assert found in allowed, (record, path, found, allowed)
            self.words[record, path] = [found] if isinstance(found, str) or found is None else []
        assert all(view.conflicts == () for view in views.values())
        numbers = sorted(op.device_seq for record in RECORDS for op in vault.operations(record))
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(vault.outbox.waiting()) == len(numbers)
        assert vault.attachments.damaged() == []
        for sha256 in self.attached:
            assert vault.attachments.has(sha256)
        vault.audit.prove()
        self._check_backup(folder, vault)
        vault.close()

    def _check_backup(self, folder: Path, vault: Vault) -> None:
        stick = folder.parent / "stick"
        for name, _phrase in self.backups[-1:]:
            if (stick / name).exists():
                vault.prove_backup(stick / name)

    def open(self, folder: Path) -> tuple[Vault, str]:
        for phrase in reversed(self.phrases):
            try:
                return opened(folder, phrase), phrase
            except WrongPassphrase:
                continue
        message = "no passphrase that was ever set opens the vault"
        raise AssertionError(message)


def start(folder: Path) -> None:
    (folder.parent / "stick").mkdir(parents=True)
    vault = made(folder)
    for number, record in enumerate(RECORDS):
        begin(vault, record, child=f"child-{number}")
    vault.close()


def soak(folder: Path, rounds: int, seed: int) -> Line:
    """Kills at random moments, and checks after each; more often on a busy machine, until enough was acknowledged."""
    start(folder)
    chance = random.Random(seed)
    memory = Memory()
    for number in range(20 * rounds):
        if number >= rounds and memory.acknowledged > 4 * rounds:
            break
        if chance.random() < 0.15:
            grow_ladder()
        phrase = memory.phrases[-1]
        life = partial(_live_on, folder, seed + number, phrase)
        lines = live(life, seconds=chance.uniform(0.002, 0.25))
        memory.hear(lines)
        memory.check(folder)
    return {"rounds": rounds, "acknowledged": memory.acknowledged, "schema": migrations.LADDER[-1].number}


def _live_on(folder: Path, seed: int, phrase: str, told: int) -> None:
    Life(folder, seed, phrase, told).go_on()


def grow_ladder() -> None:
    """The next life runs a newer program, with one more migration to take."""
    number = migrations.LADDER[-1].number + 1
    statements = [f"CREATE TABLE later_{number}_{part} (x TEXT) STRICT" for part in range(3)]

    def climb(database: Any) -> None:
        for statement in statements:
            database.execute(statement)

    migrations.LADDER = (*migrations.LADDER, Step(number, f"later_{number}", climb))


def live(work: Callable[[int], None], *, seconds: float | None = None) -> list[Line]:
    """Runs `work` in a process of its own, killed after `seconds`; gives what it said. An error of its own counts."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _in_child(work, writing)
    os.close(writing)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    data = b""
    while part := os.read(reading, 1 << 16):
        data += part
    os.close(reading)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0, data[-3000:].decode()
    whole = data[: data.rfind(b"\n") + 1]
    return [json.loads(line) for line in whole.splitlines()]


def _in_child(work: Callable[[int], None], writing: int) -> None:
    try:
        work(writing)
        os._exit(0)
    except BaseException:  # noqa: BLE001 - the top of this process
        os.write(writing, traceback.format_exc().encode())
        os._exit(9)


if __name__ == "__main__":
    result = soak(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
    sys.stdout.write(json.dumps(result) + "\n")
