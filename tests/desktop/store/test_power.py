"""Kills, power cuts and disks that fail: no word that was told to be safe is lost, and the store always opens."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.store.database import connection as database
from desktop.store.disk.errors import DiskFull, VaultDamaged, VaultError
from desktop.store.disk.keys import DataKey
from desktop.store.vault import Vault
from tests.desktop.store import photographs
from tests.desktop.store.making import PASSPHRASE, begin, made, opened, say, terms

ROOT = Path(__file__).parents[3]
PAGE = 4096


def toil(name: str, *words: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.desktop.store.{name}", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_fifty_kills_lose_no_word(tmp_path: Path) -> None:
    """Over typing, saying, attaching, migrating, locking, backing up and changing the passphrase."""
    found = toil("toil", str(tmp_path / "home" / "vault-1"), "50", "20260327")

    assert int(str(found["acknowledged"])) > 200
    assert int(str(found["schema"])) > 3


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(
    ("deed", "least"),
    [("passphrase", 15), ("rekeying", 40), ("attachment", 15), ("backup", 25), ("migration", 20), ("saying", 20),
     ("creating", 40), ("restoring", 20)],
)  # fmt: skip
def test_power_cut_at_each_step(tmp_path: Path, deed: str, least: int) -> None:
    """Just before every change of the file system and every statement of SQL; `least` shows that steps were cut."""
    assert int(str(toil("cuts", str(tmp_path / "home" / "vault-1"), deed)["steps"])) >= least


def states(folder: Path, deeds: list[Callable[[Vault], object]]) -> list[Path]:
    """The files as they stood after each deed was told to be safe."""
    vault = opened(folder)
    found = []
    for number, deed in enumerate(deeds):
        deed(vault)
        found.append(folder.with_name(f"state-{number}"))
        shutil.copytree(folder, found[-1])
    vault.close()
    return found


@pytest.mark.parametrize("seed", range(12))
def test_writes_after_the_last_fsync_may_be_lost_in_any_combination(tmp_path: Path, seed: int) -> None:
    """Between two safe moments each sector of each file holds the old or the new, or the file ends early.

    What was safe at the first moment must be there; what came after, wholly or not at all.
    """
    chance = random.Random(seed)
    made(tmp_path / "vault-1").close()
    vault = opened(tmp_path / "vault-1")
    begin(vault, "r1")
    vault.close()
    big = "word " * 4000
    deeds: list[Callable[[Vault], object]] = [
        lambda vault: vault.drafts.save("r1", "f/own_words", "first " + big),
        lambda vault: vault.drafts.save("r1", "f/own_words", "second " + big),
        lambda vault: say(vault, "r1", {"own_words": "third " + big}, clears=["f/other"]),
    ]
    found = states(tmp_path / "vault-1", deeds)
    for before, after, told in ((found[0], found[1], {"first", "second"}), (found[1], found[2], {"second", "third"})):
        mixed = tmp_path / f"mixed-{before.name}"
        shutil.copytree(before, mixed)
        _mix(before / "vault.db-wal", after / "vault.db-wal", mixed / "vault.db-wal", chance)
        vault = opened(mixed)
        words = str(vault.view("r1", drafts=True).answer("f/own_words")).split()[0]

        assert words in told
        assert vault.notices == ()
        vault.audit.prove()
        vault.close()


def _mix(before: Path, after: Path, to: Path, chance: random.Random) -> None:
    """As a disk leaves it that had written some sectors and not others."""
    old, new = before.read_bytes(), after.read_bytes()
    length = chance.choice([len(new), chance.randrange(len(old), len(new) + 1)])
    data = bytearray(new[:length])
    for start in range(0, length, 512):
        kept = old[start : start + 512]
        is_unchanged = kept == new[start : start + 512]
        if not is_unchanged and chance.random() < 0.5:
            data[start : start + 512] = kept.ljust(min(512, length - start), b"\0")[: length - start]
    to.write_bytes(data)


@pytest.mark.parametrize("seed", range(6))
def test_a_checkpoint_cut_anywhere_loses_nothing(tmp_path: Path, seed: int) -> None:
    """Pages of the database half written back while the WAL, which was fsynced first, is still there."""
    chance = random.Random(seed)
    folder = tmp_path / "vault-1"
    vault = made(folder)
    begin(vault, "r1")
    for number in range(30):
        vault.drafts.save("r1", f"f/q{number}", f"safe {number} " + "x" * 3000)
    before = tmp_path / "before"
    shutil.copytree(folder, before)
    vault._store.writer.outside(lambda connection: connection.execute("PRAGMA wal_checkpoint(FULL)").fetchall())
    after = (folder / "vault.db").read_bytes()
    vault.close()
    old = (before / "vault.db").read_bytes()
    mixed = bytearray(after)
    for start in range(0, len(after), 512):
        if chance.random() < 0.5:
            mixed[start : start + 512] = old[start : start + 512].ljust(512, b"\0")
    (before / "vault.db").write_bytes(mixed)
    again = opened(before)

    assert all(str(again.drafts.of("r1")[f"f/q{n}"].value).startswith(f"safe {n} ") for n in range(30))
    assert again.notices == ()
    again.close()


def test_a_store_cut_off_while_it_is_given_its_wal_opens(tmp_path: Path) -> None:
    """A hot journal lies beside it, which a connection that only reads may not play back."""
    folder = tmp_path / "vault-1"
    vault = made(folder)
    begin(vault, "r1")
    for number in range(40):
        vault.drafts.save("r1", f"f/q{number}", "safe " + "x" * 3000)
    key = DataKey(vault._key.secret())
    vault.close()
    connection = database.connect(folder / database.NAME, key.subkey("database"))
    for statement in (
        "PRAGMA journal_mode=DELETE",
        "PRAGMA cache_size=1",
        "BEGIN",
        "UPDATE draft SET value = 'cut off'",
    ):
        connection.execute(statement)
    shutil.copytree(folder, tmp_path / "cut")
    connection.close()
    assert (tmp_path / "cut" / "vault.db-journal").stat().st_size > 0
    again = opened(tmp_path / "cut")

    assert all(str(draft.value).startswith("safe ") for draft in again.drafts.of("r1").values())
    assert again.notices == ()
    again.close()


def test_a_full_disk_is_said_and_keeps_what_was_typed(tmp_path: Path) -> None:
    """SQLite's own limit on pages stands for the disk: it fails as a full disk does. Then room is made."""
    vault = made(tmp_path / "vault-1")
    begin(vault, "r1")
    vault.drafts.save("r1", "f/own_words", "safe before")
    pages = vault._store.writer.outside(_limit)
    with pytest.raises(DiskFull, match="disk is full"):
        vault.drafts.save("r1", "f/own_words", "typed on a full disk " + "x" * 100_000)
    with pytest.raises(DiskFull):
        vault.drafts.save("r1", "f/feelings", "also typed " + "x" * 100_000)
    with pytest.raises(DiskFull):
        say(vault, "r1", {"own_words": "x" * 100_000})
    assert vault.view("r1", drafts=True).answer("f/own_words") == "safe before"
    assert {item.path for item in vault.drafts.unsaved()} == {"f/own_words", "f/feelings"}
    vault._store.writer.outside(lambda connection: connection.execute(f"PRAGMA max_page_count={pages + 10_000:d}"))
    vault.drafts.save("r1", "f/other", "room again")

    assert vault.drafts.unsaved() == []
    assert str(vault.drafts.of("r1")["f/own_words"].value).startswith("typed on a full disk")
    assert str(vault.drafts.of("r1")["f/feelings"].value).startswith("also typed")
    say(vault, "r1", {"own_words": "said"})
    assert [op.device_seq for op in vault.operations("r1")] == [1, 2]
    vault.close()


def _limit(connection: object) -> int:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]  # type: ignore[attr-defined]
    connection.execute(f"PRAGMA max_page_count={pages + 2:d}")  # type: ignore[attr-defined]
    return int(pages)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of four megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_real_disk_that_fills_loses_nothing_and_goes_on_when_there_is_room(small_disk: Path) -> None:
    """Typing, saying, a photograph, another passphrase, a new key, a backup: each says so, none harms the store."""
    folder, rest = small_disk / "vault-1", small_disk / "film.mp4"
    vault = made(folder)
    begin(vault, "r1")
    vault.drafts.save("r1", "f/own_words", "safe before")
    _fill(rest)
    with pytest.raises(DiskFull, match="disk is full"):
        _type_on(vault)
    full: list[Callable[[], object]] = [
        lambda: say(vault, "r1", {"own_words": "x" * 100_000}),
        lambda: vault.attachments.add(io.BytesIO(photographs.jpeg(900, 700)), name="a.jpg", record_id="r1"),
        lambda: vault.ways.change_passphrase("walnut-harbor-pencil-quilt-ember"),
        lambda: vault.backup(small_disk),
    ]
    for deed in full:
        with pytest.raises(DiskFull):
            deed()
    refused = vault.drafts.unsaved()
    vault.close()
    with pytest.raises(DiskFull):
        Vault.rekey(folder, PASSPHRASE, "walnut-harbor-pencil-quilt-ember", terms=terms())
    rest.unlink()
    vault = opened(folder)

    assert len(refused) == 1
    assert vault.drafts.of("r1")["f/own_words"].value == "safe before"
    assert vault.notices == ()
    assert vault.attachments.damaged() == []
    assert not [path.name for path in small_disk.iterdir() if path != folder]
    say(vault, "r1", {"own_words": "said with room again"})
    vault.audit.prove()
    vault.close()


def _type_on(vault: Vault) -> None:
    for number in range(400):
        vault.drafts.save("r1", f"f/q{number}", "typed on a full disk " + "x" * 4000)


def _fill(path: Path) -> None:
    """To the last byte."""
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_the_next_saving_takes_what_was_refused_along(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    pages = vault._store.writer.outside(_limit)
    with pytest.raises(DiskFull):
        vault.drafts.save("r1", "f/own_words", "x" * 100_000)
    with pytest.raises(DiskFull):
        vault.drafts.save("r1", "f/more", "y" * 100_000)
    vault._store.writer.outside(lambda connection: connection.execute(f"PRAGMA max_page_count={pages + 10_000:d}"))
    vault.drafts.save("r1", "f/more", "z")

    assert vault.drafts.unsaved() == []
    kept = {path: draft.value for path, draft in vault.drafts.of("r1").items()}
    assert kept == {"f/own_words": "x" * 100_000, "f/more": "z"}
    vault.close()


SMALL_FILES = """
import io, resource, signal, sys
from pathlib import Path
from desktop.store.disk.errors import DiskFull
from tests.desktop.store.making import opened
from tests.desktop.store import photographs
vault = opened(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    vault.attachments.add(io.BytesIO(photographs.jpeg()), name="a.jpg", record_id="r1")
except DiskFull as error:
    print(error)
"""

ANOTHER_USER = """
import os, sys
from pathlib import Path
from desktop.store.disk.errors import VaultError
from tests.desktop.store.making import opened
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
try:
    opened(Path(sys.argv[1])).close()
except VaultError as error:
    print(type(error).__name__, error)
"""


def child(program: str, folder: Path) -> str:
    command = [sys.executable, "-c", program, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr[-2000:]


def test_an_attachment_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "vault-1"
    made(folder).close()

    assert child(SMALL_FILES, folder).startswith("This disk is full.")
    assert list((folder / "attachments").glob("*")) == []
    opened(folder).close()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    folder = Path("/tmp") / f"homeward-read-only-{os.getpid()}"  # noqa: S108 - another user must reach it
    try:
        made(folder).close()
        for path in (folder, *folder.iterdir()):
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert child(ANOTHER_USER, folder).startswith("DiskReadOnly Homeward may not write in its folder")
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_damaged_page_is_said_when_it_is_met(tmp_path: Path) -> None:
    folder = tmp_path / "vault-1"
    made(folder).close()
    path = folder / "vault.db"
    empty = path.stat().st_size // PAGE  # what opening a store reads lies there
    vault = opened(folder)
    begin(vault, "r1")
    say(vault, "r1", {"own_words": "x" * 200_000})
    vault.close()
    data = bytearray(path.read_bytes())
    for page in range(empty, len(data) // PAGE):
        data[page * PAGE + 9] ^= 1
    path.write_bytes(data)
    vault = opened(folder)
    with pytest.raises(VaultDamaged, match="the disk may be failing"):
        vault.operations("r1")
    with pytest.raises(VaultError):
        vault.backup(tmp_path)
    vault.close()
