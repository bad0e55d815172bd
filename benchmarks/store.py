"""The vault's figures, as ratios measured in one run: `python -m benchmarks.store [--quick]`.

Every number is a median unless it says otherwise. "bare" is the least that the same machine could do: one keyed
SQLCipher connection, one row, one FULL commit; or the same encryption and fsync with nothing around it.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from benchmarks.filling import AUTHOR, PER_RECORD, QUESTIONS, WORDS, documents, fill, small_records, words
from casework.identifiers import DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.records import Change, RecordView, field_path
from desktop.store.database import connection as database
from desktop.store.database import opening
from desktop.store.database.remembered import DEVICE, OFFICER, Device, Officer
from desktop.store.disk.keys import Argon2Cost, Bounds, DataKey, SubKey
from desktop.store.disk.streams import encrypt
from desktop.store.vault import Terms, Vault

PASSPHRASE = "gravel otter lantern muffin drift"
CHEAP = Argon2Cost(64, 1, 1)
TERMS = Terms(bounds=Bounds(floor=CHEAP))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="stop at 10,000 operations")
    parser.add_argument("--empty", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.empty:
        print(_memory_of(args.empty))
        return
    sizes = (100, 10_000) if args.quick else (100, 10_000, 1_000_000)
    with tempfile.TemporaryDirectory() as place:
        figures = measure(Path(place), sizes)
    for name, value, limit in figures:
        print(f"{name:68} {value:>10}   {limit}")


def measure(place: Path, sizes: tuple[int, ...]) -> list[tuple[str, str, str]]:
    figures: list[tuple[str, str, str]] = []
    vault = _vault(place / "vault")
    bare = _Bare(place / "bare.db")
    costs: dict[int, float] = {}
    filled = 0
    empty = _resident(_vault_folder(place / "empty"))
    for size in sizes:
        fill(vault, size - filled, first=filled)
        filled = size
        figures += _autosave(vault, bare, size)
        costs[size] = _cost_of_saying(vault, bare, size, figures)
    if 1_000_000 in costs:
        ratio = costs[1_000_000] / costs[10_000]
        figures.append(("cost of an operation, 1,000,000 against 10,000", f"{ratio:.2f} x", "at most 1.5"))
    figures += _sizes(vault, filled)
    vault.close()
    full = _resident(place / "vault")
    figures.append(("memory of an open store against an empty one", f"{full / empty:.2f} x", "at most 1.5"))
    figures += _unlocking(place)
    figures += _searching(place)
    figures += _long_record(place)
    figures += _photograph(place)
    return figures


class _Bare:
    """The least a durable word can cost here."""

    def __init__(self, path: Path) -> None:
        self.connection = database.connect(path, SubKey(os.urandom(32)))
        self.connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, value TEXT) STRICT")
        self.number = 0

    def commit(self) -> None:
        self.number += 1
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute("INSERT INTO t VALUES (?, ?)", (self.number, "I went to the park with my friend"))
        self.connection.execute("COMMIT")


def _autosave(vault: Vault, bare: _Bare, size: int) -> list[tuple[str, str, str]]:
    """Alternately, and in turn first, so that whatever else the machine does falls on both; in five blocks, so that a
    disk that was slow for a while shows as the spread between them."""
    ours, theirs, ratios = [], [], []
    for block in range(5):
        mine, other = _block(vault, bare, block)
        ratios.append(statistics.median(mine) / statistics.median(other))
        ours += mine
        theirs += other
    handed = _handed_over(vault)
    label = f"{size:,} operations"
    return [
        (f"autosave against a bare commit, {label}", f"{statistics.median(ratios):.2f} x", "at most 2"),
        (f"  least and most of five blocks, {label}", f"{min(ratios):.2f} to {max(ratios):.2f}", ""),
        (f"  autosave itself, {label}", _ms(statistics.median(ours)), ""),
        (f"  bare commit, {label}", _ms(statistics.median(theirs)), ""),
        (f"  pages written by an autosave and by a bare commit, {label}", _pages(vault, bare), ""),
        (f"window's thread held by an autosave, worst of 300, {label}", _ms(max(handed)), "at most 8 ms"),
    ]


def _block(vault: Vault, bare: _Bare, block: int) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []

    def save() -> None:
        vault.drafts.save("record-0000000", path, "I went to the park", (OperationId("x"),))

    for number in range(400):
        path = f"f/question_{number % QUESTIONS:02d}"
        for deed, times in ((save, ours), (bare.commit, theirs))[:: 1 if (number + block) % 2 else -1]:
            times.append(_timed(deed))
    return ours, theirs


def _handed_over(vault: Vault) -> list[float]:
    handed = []
    for number in range(300):
        path = f"f/question_{number % QUESTIONS:02d}"
        start = time.perf_counter()
        future = vault.drafts.save_later(
            "record-0000000", path, "I went to the park with my friend", (OperationId("x"),)
        )
        handed.append(time.perf_counter() - start)
        future.result()
    return handed


def _pages(vault: Vault, bare: _Bare) -> str:
    """From the WAL's own count, begun anew."""
    vault._store.writer.outside(_emptied)
    _emptied(bare.connection)
    for number in range(20):
        vault.drafts.save("record-0000000", f"f/question_{number:02d}", "I went to the park", (OperationId("x"),))
        bare.commit()
    counts = vault._store.writer.outside(_frames), _frames(bare.connection)
    return " and ".join(f"{count / 20:.1f}" for count in counts)


def _emptied(connection: database.Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _frames(connection: database.Connection) -> int:
    found: int = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1]
    return found


def _cost_of_saying(vault: Vault, bare: _Bare, size: int, figures: list[tuple[str, str, str]]) -> float:
    """Against the bare commit beside it, so that a disk that tires is not counted as ours."""
    records = max(1, size // PER_RECORD)
    ours, theirs = [], []
    for number in range(200):
        record_id = f"record-{number * 7919 % records:07d}"
        view = vault.view(record_id)
        path = field_path(f"question_{number % QUESTIONS:02d}")
        change = Change(path, words(number, 6), view.saw(path))
        theirs.append(_timed(bare.commit))
        ours.append(_timed(partial(_say, vault, view, change)))
    figures.append((f"an operation said, {size:,} operations", _ms(statistics.median(ours)), ""))
    return statistics.median(ours)


def _sizes(vault: Vault, filled: int) -> list[tuple[str, str, str]]:
    vault._store.writer.outside(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    size = (vault.folder / database.NAME).stat().st_size
    return [(f"file size per answer of six words, {filled:,} operations", f"{size / filled:.0f} B", "")]


def _unlocking(place: Path) -> list[tuple[str, str, str]]:
    """10,000 records; everything between the passphrase's key and the first list."""
    folder = place / "ten-thousand"
    vault = _vault(folder)
    for start in range(0, 10_000, 500):
        vault._store.writer.do(partial(small_records, span=range(start, start + 500)))
    secret = vault._key.secret()
    vault.close()
    times = []
    for _ in range(15):
        key = DataKey(secret)
        began = time.perf_counter()
        store = opening.open_store(folder, key, TERMS.now)
        store.readers.rows("SELECT record_id FROM record ORDER BY updated_at DESC LIMIT 50")
        times.append(time.perf_counter() - began)
        store.close()
    vault = Vault.open(folder, PASSPHRASE, terms=TERMS)
    lists = [_timed(vault.summaries) for _ in range(5)]
    whole = []
    vault.close()
    for _ in range(9):
        began = time.perf_counter()
        vault = Vault.open(folder, PASSPHRASE, terms=TERMS)
        whole.append(time.perf_counter() - began)
        vault.close()
    return [
        ("unlock after the key, 10,000 records", _ms(statistics.median(times)), "under 150 ms"),
        ("  the same, with a passphrase that costs nothing to check", _ms(statistics.median(whole)), "under 150 ms"),
        ("  a list of all 10,000", _ms(statistics.median(lists)), ""),
    ]


def _searching(place: Path) -> list[tuple[str, str, str]]:
    vault = _vault(place / "documents")
    for start in range(0, 50_000, 1000):
        vault._store.writer.do(partial(documents, span=range(start, start + 1000)))
    figures = []
    asked = {
        "one word": [f"{WORDS[n * 37 % len(WORDS)]}" for n in range(40)],
        "two words": [f"{WORDS[n * 37 % 7776]} {WORDS[n * 91 % 7776][:4]}" for n in range(40)],
        "beginning of three letters": [WORDS[n * 191 % 7776][:3] for n in range(40)],
        "one letter": list("abcdefghiklmnoprst"),
    }
    for name, queries in asked.items():
        times = [_timed(partial(vault.search, query, 20)) for query in queries]
        figures.append((f"first page of 50,000 documents, {name}", _ms(statistics.median(times)), "under 30 ms"))
        figures.append((f"  worst, {name}", _ms(max(times)), ""))
    vault.close()
    return figures


def _long_record(place: Path) -> list[tuple[str, str, str]]:
    vault = _vault(place / "long")
    vault.author(
        lambda stamp: AUTHOR.create(
            stamp, record_id=RecordId("r"), child_id=child_named("c"), strand="missing", form_id="f", form_version=1
        )
    )
    for number in range(499):
        view = vault.view("r")
        path = field_path(f"question_{number % QUESTIONS:02d}")
        change = Change(path, words(number, 12), view.saw(path))
        _say(vault, view, change)
    said = [_timed(lambda: vault.view("r")) for _ in range(30)]
    vault.drafts.save("r", "f/question_01", "typed", vault.view("r").saw("f/question_01"))
    typed = [_timed(lambda: vault.view("r", drafts=True)) for _ in range(30)]
    vault.close()
    return [
        ("opening a record of 60 questions and 500 operations", _ms(statistics.median(said)), "under 20 ms"),
        ("  the same with drafts over it", _ms(statistics.median(typed)), "under 20 ms"),
    ]


def _photograph(place: Path) -> list[tuple[str, str, str]]:
    """Against the same encryption, fsync and rename with nothing around it, and a new photograph each time."""
    vault = _vault(place / "photographs")
    noise = Image.effect_noise((2600, 2600), 90).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=93)
    data = out.getvalue()
    whole, kept, bare = [], [], []
    for number in range(9):
        photograph = data[:-2] + b"\xff\xfe\0\x04" + number.to_bytes(2, "big") + b"\xff\xd9"
        photograph = _with_density(photograph, number)
        bare.append(_timed(partial(_bare_file, place / "bare.bin", photograph)))
        whole.append(_timed(partial(vault.attachments.add, io.BytesIO(photograph), name="a.jpg", record_id="r")))
        document = b"%PDF-1.7" + os.urandom(len(data) - 8)
        kept.append(_timed(partial(vault.attachments.add, io.BytesIO(document), name="a.pdf", record_id="r")))
    vault.close()
    least = statistics.median(bare)
    return [
        (f"photograph of {len(data) / 1e6:.1f} MB: encryption and fsync alone", _ms(least), ""),
        (
            "  stored (hashed, encrypted, durable, in the database)",
            f"{statistics.median(kept) / least:.2f} x",
            "at most 2",
        ),
        ("  the same in time", _ms(statistics.median(kept)), ""),
        ("  and with stripping, a full decode as proof, and a thumbnail", _ms(statistics.median(whole)), ""),
    ]


def _with_density(data: bytes, number: int) -> bytes:
    at = data.index(b"JFIF\0") + 8
    return data[:at] + (100 + number).to_bytes(2, "big") + data[at + 2 :]


def _bare_file(path: Path, data: bytes) -> None:
    beside = path.with_suffix(".new")
    with beside.open("wb") as file:
        encrypt(b"k" * 32, [data], file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def _vault(folder: Path) -> Vault:
    vault = Vault.create(folder, PASSPHRASE, label="bench", cost=CHEAP, terms=TERMS)
    vault.settings.put(OFFICER, Officer(id=OfficerId("officer-1")))
    vault.settings.put(DEVICE, Device(id=DeviceId("laptop-1")))
    return vault


def _vault_folder(folder: Path) -> Path:
    _vault(folder).close()
    return folder


def _resident(folder: Path) -> int:
    """Of a program of its own that opens the store, lists, searches and says something."""
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.store", "--empty", str(folder)], capture_output=True, text=True, check=True
    )
    return int(found.stdout)


def _memory_of(folder: Path) -> int:
    vault = Vault.open(folder, PASSPHRASE, terms=TERMS)
    vault.search("otter", 20)
    for number in range(50):
        view = vault.view(f"record-{number:07d}")
        vault.drafts.save(f"record-{number:07d}", "f/question_01", "x")
        if view.form_id:
            change = Change("f/question_01", f"new {number}", view.saw("f/question_01"))
            _say(vault, view, change)
    vault.summaries(child_id="child-1")
    vault.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _say(vault: Vault, view: RecordView, change: Change) -> None:
    vault.author(lambda stamp: AUTHOR.say(stamp, view, [change]))


def _timed(deed: Callable[[], object]) -> float:
    gc.disable()
    start = time.perf_counter()
    deed()
    passed = time.perf_counter() - start
    gc.enable()
    return passed


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


if __name__ == "__main__":
    main()
