"""How long it takes to load, check and lay out every real form. Run: python -m benchmarks.forms

Each round reads the files again from nothing, as a start of the program does.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from casework.forms import Context, findings, progress
from desktop.forms.catalogue import Catalogue

ROOT = Path(__file__).parents[1]
ROUNDS, LIMIT_MS = 15, 150


def one_round() -> tuple[float, float]:
    """Milliseconds to load and check every definition, and to find and count an empty form of each."""
    start = time.perf_counter()
    catalogue = Catalogue.load(ROOT / "resources" / "forms", ROOT / "resources" / "councils" / "rotherham.toml")
    loaded = time.perf_counter()
    for form_id in catalogue.ids():
        findings(catalogue.form(form_id), {}, Context())
        progress(catalogue.form(form_id), {}, Context())
    return (loaded - start) * 1000, (time.perf_counter() - loaded) * 1000


def main() -> None:
    """Print the median and the worst; exit 1 when the median is over the limit."""
    rounds = [one_round() for _ in range(ROUNDS)]
    load = [first for first, _ in rounds]
    fill = [second for _, second in rounds]
    print(f"load and check: median {statistics.median(load):.0f} ms, worst {max(load):.0f} ms (limit {LIMIT_MS} ms)")
    print(f"findings and progress of every form: median {statistics.median(fill):.1f} ms, worst {max(fill):.1f} ms")
    if statistics.median(load) >= LIMIT_MS:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
