"""The keepers of the council's keys, as a verb names them; each says their passphrase themselves, or in a file."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from getpass import getpass
from pathlib import Path
from typing import TextIO

from central.database.errors import CentralError
from central.keys.kept_key import DEAR, DEAREST, Keeper, StretchCost, refuse_names

MAX_PHRASE = 4096  # bytes of a file
HOW = "NAME, who is asked for the passphrase, or NAME=FILE, where it stands"
NOBODY_TO_ASK = "Nobody is there to type {}’s passphrase. Name a file that holds it: --keeper “{}=FILE”."


def add_two(verb: argparse._ActionsContainer, why: str = "one of two keepers who do this together") -> None:
    verb.add_argument("--keeper", action="append", default=[], metavar="NAME[=FILE]", help=f"{why}: {HOW}")


def add_new(verb: argparse._ActionsContainer, flag: str = "--keeper") -> None:
    """For those who are to keep the keys from now on."""
    verb.add_argument(
        flag, action="append", required=True, metavar="NAME[=FILE]",
        help=f"one of at least two who will keep the council's keys, any two of whom open them: {HOW}",
    )  # fmt: skip
    verb.add_argument(
        "--guess-memory", type=int, default=DEAR.memory_kib // 1024, metavar="MIB",
        help="what each guess at a passphrase costs a thief; less is for trying things out",
    )  # fmt: skip


def cost_of(options: argparse.Namespace) -> StretchCost:
    """Raises CentralError for one that no machine could pay."""
    if not 1 <= options.guess_memory <= DEAREST.memory_kib // 1024:
        message = f"A guess costs 1 to {DEAREST.memory_kib // 1024} MiB. Choose another with --guess-memory."
        raise CentralError(message)
    return StretchCost(options.guess_memory * 1024, DEAR.passes, DEAR.lanes)


def those_who_open(named: Sequence[str]) -> list[Keeper]:
    """Each says the passphrase once. Raises CentralError."""
    return [
        Keeper(name, _in_file(file) if file else _typed(f"Passphrase of {name}: ", name))
        for name, file in _split(named)
    ]


def those_who_keep(named: Sequence[str]) -> list[Keeper]:
    """Each chooses a passphrase, and says it twice. Raises CentralError."""
    return [Keeper(name, _in_file(file) if file else _chosen(name)) for name, file in _split(named)]


def _split(named: Sequence[str]) -> list[tuple[str, Path | None]]:
    """Raises CentralError for a keeper named twice, before anybody is asked."""
    parts = [text.partition("=") for text in named]
    found = [(name.strip(), Path(file) if file else None) for name, _, file in parts]
    refuse_names([name for name, _ in found])
    return found


def _chosen(name: str) -> str:
    said = _typed(f"{name}, choose a passphrase of five words that do not belong together: ", name)
    if _typed(f"{name}, the same once more: ", name) != said:
        message = f"{name} typed two different passphrases. Nothing was done."
        raise CentralError(message)
    return said


def _typed(question: str, name: str) -> str:
    """Never shown. Raises CentralError where there is nobody at the keyboard."""
    stdin: TextIO = sys.stdin
    if not stdin.isatty():
        raise CentralError(NOBODY_TO_ASK.format(name, name))
    return getpass(question)


def _in_file(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_PHRASE).decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"{file.name} does not hold a passphrase."
        raise CentralError(message) from error
