"""A hundred files of a mebibyte each, both ways, in a process of its own so that its memory is its own."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.sync import peer
from benchmarks.sync.judging import Sheet
from benchmarks.sync.laptops import FORM, ROOT, Central, Pair, fresh_id, most_memory, timed
from casework.records import Change, cell_path, row_path
from desktop.sync.files.wanted_files import TO_FETCH

COUNT = 100
SIZE = 1024 * 1024


def run(sheet: Sheet, node_modules: Path | None) -> None:
    command = [sys.executable, "-m", "benchmarks.sync.photographs"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    found = json.loads(done.stdout)
    sheet.at_most("100 photographs: memory of the laptop", found["laptop"], 150, "MB")
    sheet.at_most("100 photographs: memory of the service", found["service"], 150, "MB")
    if node_modules is None:
        sheet.absent("100 photographs against PouchDB", "needs node and npm, or --peer")
        return
    theirs = peer.measured(node_modules, "photographs.js", COUNT, SIZE)
    sheet.said("100 photographs, the peer's memory", f"{theirs['memory']:.0f} MB")
    for way in ("push", "pull"):
        sheet.said(f"{way} of 100 photographs, seconds: ours, the peer's", f"{found[way]:.2f}, {theirs[way]:.2f}")
        sheet.at_most(f"{way} of 100 photographs of 1 MiB", found[way] / theirs[way], 1.0, "times the peer's time")


def measure() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="homeward-bench-") as place:
        folder = Path(place)
        central = Central(folder)
        with central.serving() as (url, pid):
            pair = Pair.joined(folder, central, url)
            _take_photographs(pair)
            found = {"push": timed(pair.ann.sync), "pull": timed(pair.ben.sync)}
            assert not pair.ben.vault.settings.get(TO_FETCH)
            found |= {"service": most_memory(pid), "laptop": most_memory(os.getpid())}
            pair.close()
    return found


def _take_photographs(pair: Pair) -> None:
    """As documents, so that nothing is made smaller before it is sent."""
    record_id = fresh_id()
    changes: list[Change] = []
    for number in range(COUNT):
        data = io.BytesIO(b"%PDF-1.7\n" + os.urandom(SIZE - 9))
        row = f"row{number}"
        file = pair.ann.vault.attachments.add(data, name=f"{number}.pdf", record_id=record_id)
        changes.append(Change(row_path("photos", row), {"position": f"a{number:03}"}))
        changes.append(Change(cell_path("photos", row, "file"), file))
    pair.ann.begin(record_id, pair.child, "missing", FORM, changes)


if __name__ == "__main__":
    print(json.dumps(measure()))
