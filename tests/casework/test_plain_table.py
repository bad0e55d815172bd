"""One table: what a person, a spreadsheet and a program read of it."""

from __future__ import annotations

import csv

import pytest

from casework.plain_table import PlainTable, guarded, unguarded

ROWS = [{"id": "ann", "unsent": 3, "seen": None}, {"id": "=ben()", "unsent": 0, "seen": "today, twice"}]


def test_a_person_reads_lines() -> None:
    lines = ["id      unsent  seen", "ann     3", "=ben()  0       today, twice"]
    assert PlainTable.of(ROWS).lines() == lines


def test_a_program_reads_values_as_they_are() -> None:
    assert PlainTable.of(ROWS).values() == ROWS


def test_a_spreadsheet_reads_words_and_runs_nothing() -> None:
    read = list(csv.reader(PlainTable.of(ROWS).csv().splitlines()))

    assert read == [["id", "unsent", "seen"], ["ann", "3", ""], ["'=ben()", "0", "today, twice"]]


def test_no_rows_are_an_empty_table() -> None:
    assert (PlainTable.of([]).lines(), PlainTable.of([]).values(), PlainTable.of([]).csv()) == ([], [], "")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "'x", "''x", "x", ""])
def test_what_is_guarded_comes_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
