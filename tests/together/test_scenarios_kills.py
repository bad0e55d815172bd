"""Sync study 4, scenarios 9, 10 and 26: a laptop's program killed while it writes and takes in; a question renamed."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casework.forms import load, load_shared
from casework.forms.versions import newer, older
from casework.identifiers import BucketId, RecordId
from central.commands import founding
from desktop.store.vault import Vault
from tests.central.running import Clock
from tests.forked_verbs import ROOT
from tests.together.laptops import PASSPHRASE, Laptop, shipped, terms_of
from tests.together.processes import central, joined


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.soak)], ids=["some", "many"])
def test_09_10_a_killed_laptop_has_both_or_neither(tmp_path: Path, kills: int) -> None:
    """The words and their operation; the page, its cursor and its digest. Nothing that was said to be safe is lost."""
    chance, now, safe = random.Random(kills), Clock.real(), set()
    with central(tmp_path / "central") as process:
        ann, ben = joined(process, "ann", tmp_path / "ann", now), joined(process, "ben", tmp_path / "ben", now)
        child = ann.child(given_name="Zoë", family_name="Ōtsuka")
        ann.synced()
        process.run("allocate", "ben", child)
        bucket = BucketId(f"{child}:core")
        for kill in range(kills):
            for number in range(20):
                ben.synced() if number == 0 else ben.say(child, pronouns=f"{kill}.{number}")
            ben.synced()
            ann.vault.close()
            safe |= toil_until_killed(ann.vault.folder, child, kill * 10_000, chance.uniform(0.02, 0.5))
            ann = Laptop(Vault.open(ann.vault.folder, PASSPHRASE, terms=terms_of(now)), now)

            held = {operation.op_id for operation in ann.vault.operations(child)}
            assert safe <= held
            assert ann.vault.feed.digest(bucket) == ann.vault.feed.recount(bucket)
            assert {item.op_id for item in ann.vault.outbox.waiting()} <= held
            assert ann.vault.view(child).content_hash == fresh_view_hash(ann, child)
        for laptop in (ann, ben, ann):
            laptop.synced()

        assert safe <= {operation.op_id for operation in ben.vault.operations(child)}
        assert ann.view(child).content_hash == ben.view(child).content_hash
        ann.vault.close()
        ben.vault.close()


def toil_until_killed(folder: Path, child: str, start: int, seconds: float) -> set[str]:
    """What the killed program had said was safe."""
    command = [sys.executable, "-m", "tests.together.toil", str(folder), child, str(start), json.dumps(shipped())]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        time.sleep(seconds)
        process.kill()
        lines = process.stdout.read()
    return {line for line in lines.split("\n")[:-1] if line}


def fresh_view_hash(laptop: Laptop, record_id: str) -> str:
    """Computed from the operations, not read from where the vault keeps it."""
    from casework.records import Merge  # noqa: PLC0415

    return Merge(RecordId(record_id), laptop.vault.operations(record_id)).view().content_hash


def test_26_a_renamed_question_loses_no_answer() -> None:
    """A record written under the old version reads under the new one, and back, word for word."""
    folder = founding.shipped_forms()
    shared = load_shared((folder / "lists.toml").read_text(encoding="utf-8"), file="lists.toml")
    text = (folder / "child.1.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2", 1)
    text = text.replace('id = "known_as"', 'id = "called"', 1).replace('question = "known_as"', 'question = "called"')
    mapping = '\n[[mapping]]\nfrom_version = 1\nrenamed = { known_as = "called" }\n'
    second = load(text + mapping, shared=shared, file="child.1.toml")
    written = {"given_name": "Zoë", "known_as": "Zo", "a_question_nobody_knows": "kept"}

    read = newer(written, second, 1)

    assert read == {"given_name": "Zoë", "called": "Zo", "a_question_nobody_knows": "kept"}
    assert older(read, second, 1) == written
