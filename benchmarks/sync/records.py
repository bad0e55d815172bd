"""New records, small edits, nothing to do, and edits by two at once: against the peer and the COPY limit."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterable
from pathlib import Path

from benchmarks.sync import copying, peer
from benchmarks.sync.judging import Sheet
from benchmarks.sync.laptops import FORM, Central, Laptop, Pair, answers, fresh_id, timed

EDITED = 1000
SHARED = 200
ROUNDS = 3


def run(sheet: Sheet, records: int, node_modules: Path | None) -> None:
    """Ours and the peer's by turns, so that a machine that is slow for a while is slow for both."""
    if node_modules is None:
        sheet.absent("against PouchDB", "needs node and npm, or --peer")
        return
    turns = [(_ours(records), peer.measured(node_modules, "bench.js", records)) for _ in range(ROUNDS)]
    found, theirs = (_medians(each) for each in zip(*turns, strict=True))
    for name, limit in (("push", 1.5), ("pull", 1.5), ("push edits", 1.5), ("pull edits", 1.5)):
        sheet.said(f"{name}, seconds: ours, the peer's", f"{found[name]:.2f}, {theirs[name]:.2f}")
        sheet.at_most(_NAMES[name].format(records=records), found[name] / theirs[name], limit)
    for name in ("pull", "pull edits"):
        sheet.said(f"{name}, seconds until all of it is found by its words", f"{found[f'{name}, found']:.2f}")
    _nothing(sheet, found, theirs)
    sheet.said("answers missing at the peer's two clients, of 800", f"{theirs['edits lost']:.0f}")
    sheet.exactly("answers missing at our two laptops, of 800", int(found["edits lost"]), 0)
    _copy(sheet, records, found)


_NAMES = {
    "push": "push of {records:,} new records of 60 answers",
    "pull": "pull of {records:,} new records of 60 answers",
    "push edits": "push of one answer changed on each of 1,000 records",
    "pull edits": "pull of one answer changed on each of 1,000 records",
}


def _medians(turns: Iterable[dict[str, float]]) -> dict[str, float]:
    """Of words lost, the worst turn counts."""
    every = list(turns)
    found = {name: statistics.median(turn[name] for turn in every) for name in every[0]}
    return found | {name: max(turn[name] for turn in every) for name in found if "lost" in name}


def _nothing(sheet: Sheet, found: dict[str, float], theirs: dict[str, float]) -> None:
    sheet.said("nothing to do, the peer", f"{theirs['nothing to do'] * 1000:.1f} ms")
    sheet.at_most("nothing to do", found["nothing to do"] * 1000, 20, "ms")
    sheet.at_most("nothing to do, bodies both ways", found["bytes"] / 1000, 2, "kB")
    sheet.exactly("nothing to do, requests", int(found["requests"]), 1)


def _copy(sheet: Sheet, records: int, found: dict[str, float]) -> None:
    limit = copying.limit(records)
    if limit is None:
        sheet.absent("share of the PostgreSQL COPY limit", "needs the PostgreSQL server programs")
        return
    sheet.said("COPY in and out of the same records, seconds", f"{limit['in']:.2f}, {limit['out']:.2f}")
    sheet.said("share of the COPY limit: push", f"{limit['in'] / found['push']:.1%}")
    sheet.said("share of the COPY limit: pull", f"{limit['out'] / found['pull']:.1%}")


def _ours(records: int) -> dict[str, float]:
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="homeward-bench-") as place:
        folder = Path(place)
        central = Central(folder)
        with central.serving() as (url, _):
            pair = Pair.joined(folder, central, url)
            ids = [fresh_id(number) for number in range(records)]
            for number, record_id in enumerate(ids):
                pair.ann.begin(record_id, pair.child, "missing", FORM, answers(number))
            found["push"] = timed(pair.ann.sync)
            found["pull"], found["pull, found"] = _pulled(pair.ben)
            assert len(pair.ben.vault.summaries(form_id=FORM)) == records
            found |= _small(pair, ids[:EDITED])
            found |= _idle(pair.ben)
            found["edits lost"] = _lost(pair, ids[:SHARED])
            pair.close()
    return found


def _small(pair: Pair, ids: list[str]) -> dict[str, float]:
    pushes, pulls = [], list[tuple[float, float]]()
    for turn in range(ROUNDS):
        for record_id in ids:
            pair.ann.say(record_id, "f7", f"edited {turn}")
        pushes.append(timed(pair.ann.sync))
        pulls.append(_pulled(pair.ben))
    pulled, searched = (statistics.median(each) for each in zip(*pulls, strict=True))
    return {"push edits": statistics.median(pushes), "pull edits": pulled, "pull edits, found": searched}


def _pulled(laptop: Laptop) -> tuple[float, float]:
    """Until it is kept, and until it is also in the search index, which is written afterwards."""
    pulled = timed(laptop.sync)
    return pulled, pulled + timed(lambda: laptop.vault.search("lorem", 1))


def _idle(laptop: Laptop) -> dict[str, float]:
    for _ in range(3):
        laptop.sync()
    seconds = statistics.median(timed(laptop.sync) for _ in range(15))
    assert laptop.transport
    return {"nothing to do": seconds, "bytes": laptop.wire, "requests": laptop.transport.requests}


def _lost(pair: Pair, ids: list[str]) -> int:
    """Two people edit different answers of the same records, and neither has seen the other's."""
    for record_id in ids:
        pair.ann.say(record_id, "f1", "by Ann")
        pair.ben.say(record_id, "f2", "by Ben")
    for laptop in (pair.ann, pair.ben, pair.ann):
        laptop.sync()
    lost = 0
    for laptop in (pair.ann, pair.ben):
        for record_id in ids:
            view = laptop.vault.view(record_id)
            lost += (view.answer("f/f1") != "by Ann") + (view.answer("f/f2") != "by Ben")
    return lost
