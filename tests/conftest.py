"""What every test needs before anything else is imported."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

settings.register_profile("homeward", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("homeward")

LONGEST = (
    "journeys/test_walk.py", "together/test_simulation", "desktop/ui/test_words_kept.py", "journeys/",
    "house/test_administration.py", "together/test_processes.py", "central/test_scope_walk.py",
    "central/http/test_openapi.py", "desktop/documents/test_rendering.py", "house/test_guides.py",
    "together/test_notices.py", "together/test_every_role_is_told_the_truth.py", "together/test_joining_again.py",
    "desktop/ui/figures/test_page.py", "together/test_mutations.py",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take minutes come first, so that no worker is left with one of them at the end."""
    items.sort(key=lambda item: next((n for n, name in enumerate(LONGEST) if name in item.nodeid), len(LONGEST)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the long tests counted of their own work (`record_property`), each and in all."""
    counted: Counter[str] = Counter()
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, number in report.user_properties if report.when == "call" else ():
            counted[name] += number
            terminalreporter.write_line(f"{number:,} {name}: {report.nodeid}")
    for name, number in counted.items():
        terminalreporter.write_line(f"{number:,} {name} in all")
