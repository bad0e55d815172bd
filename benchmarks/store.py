"""The vault's figures, as ratios measured in one run: `python -m benchmarks.store [--quick]`.

Every number is a median unless it says otherwise. "bare" is the least that the same machine could do: one keyed
SQLCipher connection, one row, one FULL commit; or the same encryption and fsync with nothing around it.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image

from casework.canonical import canonical
from casework.records import Author, Change, Kind, Merge, Operation, Stamp, field_path
from desktop.store import database, opening
from desktop.store.keys import Argon2Cost, Bounds, DataKey, SubKey
from desktop.store.streams import encrypt
from desktop.store.trail import Entry, seal
from desktop.store.vault import Terms, Vault
from desktop.store.views import pack
from desktop.store.writer import Transaction, last_link

PASSPHRASE = "gravel otter lantern muffin drift"
CHEAP = Argon2Cost(64, 1, 1)
TERMS = Terms(bounds=Bounds(floor=CHEAP))
AUTHOR = Author("officer-1", "laptop-1", Ed25519PrivateKey.from_private_bytes(b"k" * 32))
WORDS = (Path(__file__).parent.parent / "resources" / "wordlists" / "eff_large.txt").read_text().split()
QUESTIONS = 60
PER_RECORD = 100  # operations


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


def fill(vault: Vault, count: int, *, first: int) -> None:
    """Records of 100 operations each, written in bulk as the program itself would have left them."""
    for start in range(first, first + count, PER_RECORD * 50):
        end = min(first + count, start + PER_RECORD * 50)
        vault._store.writer.do(lambda tx, span=range(start, end): _bulk(tx, span, vault._key.subkey("audit")))


def _bulk(tx: Transaction, span: range, key: SubKey) -> None:
    rows, trail, by_record = [], [], {}
    head = last_link(tx._connection)
    before, n = bytes.fromhex(head.mac), head.count
    for number in span:
        op = _operation(number)
        by_record.setdefault(op.record_id, []).append(op)
        rows.append(
            (
                op.op_id,
                op.record_id,
                op.device_id,
                op.device_seq,
                op.bucket,
                op.kind.value,
                bytes.fromhex(op.payload_hash),
                canonical(op.to_json()).decode(),
            )
        )
        n += 1
        facts = canonical({"op": op.op_id, "hash": op.payload_hash, "record": op.record_id}).decode()
        entry = Entry(n, op.at, "officer-1", "sealed", facts)
        before = seal(key, before, entry)
        trail.append((entry.n, entry.at, entry.actor, entry.event, entry.facts, before))
    tx.many(
        """INSERT INTO operation (op_id, record_id, device_id, device_seq, bucket, kind, hash, body)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        rows,
    )
    tx.many("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", trail)
    for record_id, operations in by_record.items():
        _record_row(tx, record_id, operations)


def _record_row(tx: Transaction, record_id: str, operations: list[Operation]) -> None:
    view = Merge(record_id, operations).view()
    n = tx.execute(
        """INSERT INTO record (record_id, form_id, form_version, child_id, bucket, strand, created_at, updated_at,
             conflicts, discarded, operations, answers, view)
           VALUES (?, 'return_home_interview', 1, ?, ?, 'missing', ?, ?, 0, 0, ?, ?, ?) RETURNING n""",
        (
            record_id,
            view.child_id,
            view.bucket,
            view.created_at,
            view.updated_at,
            len(operations),
            json.dumps(view.answers()),
            pack(view),
        ),
    ).fetchone()[0]
    body = "\n".join(str(value) for value in view.answers().values())
    tx.execute("INSERT INTO wording VALUES (?, ?, ?)", (n, _words(n, 3), body))


def _operation(number: int) -> Operation:
    record, inside = divmod(number, PER_RECORD)
    at = "2026-03-27T14:32:00+00:00"
    stamp = Stamp(f"op-{number:09d}", number + 1, at, f"{1_774_000_000_000 + number:012x}0000")
    record_id = f"record-{record:07d}"
    if inside == 0:
        return replace(AUTHOR, key=_Unsigned()).create(  # type: ignore[arg-type]
            stamp,
            record_id=record_id,
            child_id=f"child-{record % 2000}",
            strand="missing",
            form_id="return_home_interview",
            form_version=1,
        )
    earlier = number - QUESTIONS if inside > QUESTIONS else None
    change = Change(
        field_path(f"question_{inside % QUESTIONS:02d}"), _words(number, 6), (f"op-{earlier:09d}",) if earlier else ()
    )
    head = (f"op-{number - 1:09d}",)
    bucket = f"child-{record % 2000}:missing"
    return Operation(
        stamp.op_id,
        "laptop-1",
        stamp.device_seq,
        "officer-1",
        at,
        stamp.hlc,
        record_id,
        bucket,
        "return_home_interview",
        1,
        _SET,
        head,
        (change,),
        {},
        "0" * 128,
    )


class _Unsigned:
    """Filling signs nothing: a signature is 128 digits whatever they are."""

    def sign(self, _data: bytes) -> bytes:
        return bytes(64)


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
    """Alternately, so that whatever else the machine does falls on both."""
    ours, theirs, handed = [], [], []
    for number in range(600):
        path = f"f/question_{number % QUESTIONS:02d}"
        theirs.append(_timed(bare.commit))
        ours.append(_timed(lambda path=path: vault.drafts.save("record-0000000", path, "I went to the park", ("x",))))
    for number in range(300):
        path = f"f/question_{number % QUESTIONS:02d}"
        start = time.perf_counter()
        future = vault.drafts.save_later("record-0000000", path, "I went to the park with my friend", ("x",))
        handed.append(time.perf_counter() - start)
        future.result()
    ratio = statistics.median(ours) / statistics.median(theirs)
    label = f"{size:,} operations"
    return [
        (f"autosave against a bare commit, {label}", f"{ratio:.2f} x", "at most 2"),
        (f"  autosave itself, {label}", _ms(statistics.median(ours)), ""),
        (f"  bare commit, {label}", _ms(statistics.median(theirs)), ""),
        (f"window's thread held by an autosave, worst of 300, {label}", _ms(max(handed)), "at most 8 ms"),
    ]


def _cost_of_saying(vault: Vault, bare: _Bare, size: int, figures: list[tuple[str, str, str]]) -> float:
    """Against the bare commit beside it, so that a disk that tires is not counted as ours."""
    records = max(1, size // PER_RECORD)
    ours, theirs = [], []
    for number in range(200):
        record_id = f"record-{number * 7919 % records:07d}"
        view = vault.view(record_id)
        path = field_path(f"question_{number % QUESTIONS:02d}")
        change = Change(path, _words(number, 6), view.saw(path))
        theirs.append(_timed(bare.commit))
        ours.append(
            _timed(lambda view=view, change=change: vault.author(lambda stamp: AUTHOR.say(stamp, view, [change])))
        )
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
        vault._store.writer.do(lambda tx, span=range(start, start + 500): _small_records(tx, span))
    secret = vault._key.secret()
    vault.close()
    times, lists = [], []
    for _ in range(15):
        key = DataKey(secret)
        start = time.perf_counter()
        store = opening.open_store(folder, key, TERMS.now)
        store.readers.rows("SELECT record_id FROM record ORDER BY updated_at DESC LIMIT 50")
        times.append(time.perf_counter() - start)
        store.close()
    vault = Vault.open(folder, PASSPHRASE, terms=TERMS)
    lists.extend(_timed(vault.summaries) for _ in range(5))
    whole = []
    vault.close()
    for _ in range(9):
        start = time.perf_counter()
        vault = Vault.open(folder, PASSPHRASE, terms=TERMS)
        whole.append(time.perf_counter() - start)
        vault.close()
    return [
        ("unlock after the key, 10,000 records", _ms(statistics.median(times)), "under 150 ms"),
        ("  the same, with a passphrase that costs nothing to check", _ms(statistics.median(whole)), "under 150 ms"),
        ("  a list of all 10,000", _ms(statistics.median(lists)), ""),
    ]


def _small_records(tx: Transaction, span: range) -> None:
    for number in span:
        _record_row(tx, f"record-{number:07d}", [_operation(number * PER_RECORD + n) for n in range(12)])


def _searching(place: Path) -> list[tuple[str, str, str]]:
    vault = _vault(place / "documents")
    for start in range(0, 50_000, 1000):
        vault._store.writer.do(lambda tx, span=range(start, start + 1000): _documents(tx, span))
    figures = []
    asked = {
        "one word": [f"{WORDS[n * 37 % len(WORDS)]}" for n in range(40)],
        "two words": [f"{WORDS[n * 37 % 7776]} {WORDS[n * 91 % 7776][:4]}" for n in range(40)],
        "beginning of three letters": [WORDS[n * 191 % 7776][:3] for n in range(40)],
        "one letter": list("abcdefghiklmnoprst"),
    }
    for name, queries in asked.items():
        times = [_timed(lambda query=query: vault.search(query, 20)) for query in queries]
        figures.append((f"first page of 50,000 documents, {name}", _ms(statistics.median(times)), "under 30 ms"))
        figures.append((f"  worst, {name}", _ms(max(times)), ""))
    vault.close()
    return figures


def _documents(tx: Transaction, span: range) -> None:
    for number in span:
        n = tx.execute(
            """INSERT INTO record (record_id, form_id, form_version, child_id, bucket, strand, created_at,
                 updated_at, conflicts, discarded, operations, answers, view)
               VALUES (?, 'x', 1, ?, 'b', 'missing', 'x', 'x', 0, 0, 1, '{}', '{}') RETURNING n""",
            (f"d-{number}", f"child-{number % 5000}"),
        ).fetchone()[0]
        tx.execute("INSERT INTO wording VALUES (?, ?, ?)", (n, _words(number, 3), _words(number * 31, 120)))


def _long_record(place: Path) -> list[tuple[str, str, str]]:
    vault = _vault(place / "long")
    vault.author(
        lambda stamp: AUTHOR.create(stamp, record_id="r", child_id="c", strand="missing", form_id="f", form_version=1)
    )
    for number in range(499):
        view = vault.view("r")
        path = field_path(f"question_{number % QUESTIONS:02d}")
        change = Change(path, _words(number, 12), view.saw(path))
        vault.author(lambda stamp, view=view, change=change: AUTHOR.say(stamp, view, [change]))
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
        bare.append(_timed(lambda photo=photograph: _bare_file(place / "bare.bin", photo)))
        whole.append(
            _timed(lambda photo=photograph: vault.attachments.add(io.BytesIO(photo), name="a.jpg", record_id="r"))
        )
        document = b"%PDF-1.7" + os.urandom(len(data) - 8)
        kept.append(
            _timed(lambda found=document: vault.attachments.add(io.BytesIO(found), name="a.pdf", record_id="r"))
        )
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
    vault.settings.put("officer", {"id": "officer-1"})
    vault.settings.put("device", {"id": "laptop-1"})
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
            vault.author(lambda stamp, view=view, change=change: AUTHOR.say(stamp, view, [change]))
    vault.summaries(child_id="child-1")
    vault.close()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _timed(deed: Callable[[], object]) -> float:
    gc.disable()
    start = time.perf_counter()
    deed()
    passed = time.perf_counter() - start
    gc.enable()
    return passed


def _words(number: int, count: int) -> str:
    return " ".join(WORDS[(number * 7919 + place * 104_729) % len(WORDS)] for place in range(count))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


_SET = Kind.SET

if __name__ == "__main__":
    main()
