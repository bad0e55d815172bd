"""Cutting the power at each step of a deed: `python -m tests.desktop.store.cuts FOLDER DEED`."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from desktop.store.database import connection as database
from desktop.store.unlock import keyfile
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import PASSPHRASE, made, opened, say, terms
from tests.desktop.store.toil import PHOTOGRAPH, PHRASES, Line, Memory, grow_ladder, live, start

STEPS = ("fsync", "replace", "rename", "unlink", "mkdir", "rmdir")


def cut_at(step: int) -> None:
    """From now on this process dies just before its `step`th change of the file system or statement of SQL."""
    left = [step]

    def count(*_seen: object) -> None:
        left[0] -= 1
        if left[0] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in STEPS:
        real = getattr(os, name)
        setattr(os, name, _counted(count, real))
    for name in ("connect", "connect_staged"):
        setattr(database, name, _traced(count, getattr(database, name)))


def _traced(count: Callable[..., None], connect: Callable[[Path, Any], Any]) -> Callable[[Path, Any], Any]:
    def traced(path: Path, key: Any) -> Any:
        connection = connect(path, key)
        connection.set_trace_callback(count)
        return connection

    return traced


def _counted(count: Callable[..., None], real: Callable[..., Any]) -> Callable[..., Any]:
    def counted(*args: Any, **more: Any) -> Any:
        count()
        return real(*args, **more)

    return counted


def _rephrase(folder: Path) -> None:
    vault = opened(folder)
    vault.ways.change_passphrase(PHRASES[1])
    vault.close()


def _rekey(folder: Path) -> None:
    Vault.rekey(folder, PASSPHRASE, PHRASES[1], terms=terms())[0].close()


def _attach(folder: Path) -> None:
    vault = opened(folder)
    vault.attachments.add(io.BytesIO(PHOTOGRAPH), name="a.jpg", record_id="r1")
    vault.close()


def _back_up(folder: Path) -> None:
    vault = opened(folder)
    vault.backup(folder.parent / "stick")
    vault.close()


def _migrate(folder: Path) -> None:
    grow_ladder()
    opened(folder).close()


def _say(folder: Path) -> None:
    vault = opened(folder)
    say(vault, "r1", {"q0": "kept word"}, clears=["f/q0"])
    vault.close()


def _create(folder: Path) -> None:
    made(folder.parent / "vault-new").close()


def _restore(folder: Path) -> None:
    backup = next((folder.parent / "stick").iterdir())
    Vault.restore(backup, folder.parent / "vault-restored", PASSPHRASE, terms=terms()).close()


DEEDS = {
    "passphrase": _rephrase,
    "rekeying": _rekey,
    "attachment": _attach,
    "backup": _back_up,
    "migration": _migrate,
    "saying": _say,
    "creating": _create,
    "restoring": _restore,
}


def cuts(folder: Path, deed: str) -> Line:
    """The deed is done again and again on a copy, each time cut one step later, until it is done whole."""
    start(folder)
    vault = opened(folder)
    vault.drafts.save("r1", "f/q0", "kept word")
    vault.attachments.add(io.BytesIO(photographs.jpeg(64, 64)), name="b.jpg", record_id="r1")
    if deed == "restoring":
        vault.backup(folder.parent / "stick")
    vault.close()
    step = 0
    while True:
        step += 1
        place = folder.parent / "copy"
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(folder.parent, place, ignore=shutil.ignore_patterns("copy"))
        whole = live(partial(_cut, step, deed, place / folder.name))
        _check_cut(place / folder.name, deed)
        if whole:
            return {"deed": deed, "steps": step - 1}


def _cut(step: int, deed: str, folder: Path, told: int) -> None:
    cut_at(step)
    DEEDS[deed](folder)
    os.write(told, b'{"done": {}}\n')


def _check_cut(folder: Path, deed: str) -> None:
    memory = Memory()
    memory.phrases = [PASSPHRASE, PHRASES[1]] if deed in {"passphrase", "rekeying"} else [PASSPHRASE]
    memory.words = {("r1", "f/q0"): ["kept word"]}
    live(lambda _told: _check_as_newer(memory, folder)) if deed == "migration" else memory.check(folder)
    for found in keyfile_folders(folder.parent):
        vault, _phrase = memory.open(found)
        assert vault.notices == ()
        vault.audit.prove()
        vault.close()


def _check_as_newer(memory: Memory, folder: Path) -> None:
    """The newer program opens the store wherever the migration was cut, and takes it to its end."""
    grow_ladder()
    memory.check(folder)


def keyfile_folders(home: Path) -> list[Path]:
    """Whole vaults beside the one worked on: made or restored, or not there at all."""
    found = [home / "vault-new", home / "vault-restored"]
    for folder in found:
        if folder.exists():
            keyfile.read(folder)
    return [folder for folder in found if folder.exists()]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(cuts(Path(sys.argv[1]), sys.argv[2])) + "\n")
