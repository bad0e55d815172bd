"""The line's grammar: it agrees with the deeds and the lists behind them, and reading it loads nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

from casework.practice.groups.group_table import GroupKind
from desktop import cli
from desktop.flows.caseload.case_row import ORDERS, CaseTable
from desktop.flows.groups.minutes_paper import MinutesCopy
from desktop.flows.team.exception_row import ORDERS as GAP_ORDERS
from desktop.flows.team.exception_row import Gap
from desktop.verbs.deeds import DEEDS

ASKED_FOR_HELP = """
import sys
from desktop.__main__ import main
try:
    main(["--help"])
except SystemExit:
    print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def test_each_verb_of_the_line_has_its_deed_and_the_window_its_own() -> None:
    assert set(cli.VERBS) == set(DEEDS) | {"demo"}


def test_the_choices_on_the_line_are_those_of_the_lists() -> None:
    assert tuple(CaseTable) == cli.CASE_TABLES
    assert tuple(ORDERS) == cli.CASE_ORDERS
    assert tuple(Gap) == cli.GAPS
    assert tuple(GAP_ORDERS) == cli.GAP_ORDERS
    assert tuple(GroupKind) == cli.GROUP_KINDS
    assert tuple(MinutesCopy) == cli.MINUTES_COPIES


def test_help_loads_nothing_that_keeps_or_shows_records() -> None:
    """It is asked for in a hurry; a fifth of a second is its limit, and libraries took a second and a half."""
    done = subprocess.run([sys.executable, "-c", ASKED_FOR_HELP], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.splitlines())

    assert "missing-now" in done.stdout
    assert "desktop.cli" in loaded
    assert not loaded & {"desktop.verbs", "desktop.flows", "casework.forms", "httpx", "sqlite_utils", "PIL", "PySide6"}


def test_a_verb_that_makes_no_pdf_and_asks_nobody_loads_neither() -> None:
    """One page of minutes brought both into each verb: half of its time."""
    asked = "import sys, desktop.verbs.deeds; print(*sorted(sys.modules))"
    loaded = set(
        subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    )

    assert not loaded & {"pyhanko.sign", "reportlab", "aiohttp", "httpx", "lxml", "PySide6"}


@pytest.mark.parametrize("line", [["no-such-verb"], ["show"], ["due", "--strand", "all"], ["decide", "r", "p"]])
def test_a_line_that_cannot_be_read_ends_with_2(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.parse_arguments(line)

    assert ended.value.code == 2
    assert "usage: homeward" in capsys.readouterr().err


def test_letters_that_did_not_come_whole_are_said_and_nothing_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    """“Zoë” from a terminal that writes Windows-1252 where UTF-8 is said: half a letter is no fault of Homeward's."""
    with pytest.raises(SystemExit) as ended:
        cli.parse_arguments(["find", "Zo\udceb"])

    assert ended.value.code == 2
    assert "“Zo\ufffd” holds letters that did not come whole." in capsys.readouterr().err
