"""Reconciliation against its limits: `python -m benchmarks.sync [--records N] [--peer FOLDER] [--only a,b] [--most N]`.

Ours: real vaults, the service in a process of its own, TLS on loopback, every operation signed, verified, checked
against its form and encrypted on both laptops. The peer: PouchDB replicating to express-pouchdb on LevelDB, plain
HTTP, no checks, on the same machine in the same run. Its packages are fetched by npm once, or named by --peer.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from benchmarks.sync import growth, load, peer, photographs, records
from benchmarks.sync.judging import Sheet

SETS = ("records", "photographs", "load", "growth")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--peer", type=Path, help="a node_modules folder with the peer's packages")
    parser.add_argument("--only", default=",".join(SETS))
    parser.add_argument("--most", type=int, default=5_000_000, help="operations in the greatest store")
    parser.add_argument("--laptops", type=int, default=500)
    options = parser.parse_args()
    chosen, sheet = options.only.split(","), Sheet()
    node_modules = peer.installed(options.peer) if {"records", "photographs"} & set(chosen) else None
    if "records" in chosen:
        records.run(sheet, options.records, node_modules)
    if "photographs" in chosen:
        photographs.run(sheet, node_modules)
    if "load" in chosen:
        load.run(sheet, options.laptops)
    if "growth" in chosen:
        growth.run(sheet, options.most)
    print(f"missed: {', '.join(sheet.missed)}" if sheet.missed else "every limit met")
    return 1 if sheet.missed else 0


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "error")
    sys.exit(main())
