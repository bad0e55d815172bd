"""Sync study 4, scenarios 9 and 10: a laptop's program killed while it writes and takes in."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from casework.identifiers import BucketId, RecordId
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
