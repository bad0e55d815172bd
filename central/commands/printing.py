"""How a verb answers: plain lines for people, JSON for programs, a table for spreadsheets."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from casework.dates_in_words import typed_day
from casework.plain_table import PlainTable
from central.database.home import write_private


def a_day(text: str) -> date:
    """An argument of a verb. Raises ArgumentTypeError."""
    try:
        return typed_day(text)
    except ValueError as error:
        message = "a day is written like 2026-03-27"
        raise argparse.ArgumentTypeError(message) from error


def with_json(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """For what is answered by `say`. What was said before the verb counts as well."""
    verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="for programs")
    return verb


def stand_anywhere(whole: argparse.ArgumentParser) -> None:
    """`--home` and `--json` may stand before the verb, between its words and after it."""
    whole.add_argument("--json", action="store_true", help="for programs")
    for verb in _verbs_under(whole):
        verb.add_argument("--home", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if "--json" not in verb._option_string_actions:
            verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def _verbs_under(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for verb in action.choices.values():
                yield verb
                yield from _verbs_under(verb)


def with_table(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """For what is answered by `say_each`."""
    add_csv(with_json(verb))
    return verb


def add_csv(verb: argparse._ActionsContainer) -> None:
    verb.add_argument(
        "--csv", nargs="?", const=Path("-"), type=Path, metavar="FILE",
        help="a table for a spreadsheet; without a file, or with -, it is printed",
    )  # fmt: skip


def say(options: argparse.Namespace, found: Mapping[str, object]) -> None:
    if options.json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for name, value in found.items():
        sys.stdout.write(f"{name.replace('_', ' ')}: {value}\n")


def say_each(options: argparse.Namespace, rows: Sequence[Mapping[str, object]]) -> None:
    table = PlainTable.of(rows)
    if options.json:
        sys.stdout.write(json.dumps(table.values(), ensure_ascii=False) + "\n")
    elif getattr(options, "csv", None):
        save_csv(options.csv, table)
    else:
        sys.stdout.writelines(f"{line}\n" for line in table.lines() or ["There are none."])


def save_csv(file: Path, table: PlainTable) -> None:
    """A file is for its owner alone."""
    if str(file) == "-":
        sys.stdout.write(table.csv() + "\n")
    else:
        write_private(file, f"{table.csv()}\n".encode("utf-8-sig"))
