"""THE composition root: builds everything, once. Read it from top to bottom to see what Homeward is made of."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop import cli
from desktop.flows import demonstration
from desktop.flows.unlocking import Gate
from desktop.forms.catalogue import Catalogue
from desktop.paths import default_home, resources
from desktop.store import hygiene


def run(arguments: Sequence[str]) -> int:
    hygiene.harden()

    args = cli.parse_arguments(arguments)
    gate = build_gate(args.home if "home" in args else default_home())
    return cli.run(args, gate, cli.Windows(open=open_window, demonstrate=demonstrate))


def build_gate(home: Path) -> Gate:
    """The gate of one home folder: forms and council read once, the clock of this machine."""
    return Gate(home=home, catalogue=build_catalogue(), now=now)


def build_catalogue() -> Catalogue:
    return Catalogue.load(resources() / "forms", resources() / "councils" / "rotherham.toml")


def now() -> datetime:
    """This laptop's clock, with its offset."""
    return datetime.now().astimezone()


def open_window(gate: Gate) -> int:
    """The window; Qt is not loaded for any other verb."""
    from desktop.ui.app import run as run_window  # noqa: PLC0415 - a command line needs no Qt

    return run_window(gate)


def demonstrate(gate: Gate, args: argparse.Namespace) -> int:
    """`homeward demo`: the invented caseload, then the window, or without a display the walk through it."""
    home = gate.home
    walking = args.walk or (args.open and not has_display())
    if walking:
        if not args.walk:
            _tell("There is no display here, so the journeys are walked unseen. The pictures go to out/.")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        shutil.rmtree(home, ignore_errors=True)
    with demonstration.council(home) as service:
        if not gate.cards():
            demonstration.plant(gate, service, _tell).vault.close()
        _tell(f"The invented caseload is in {home.name}. Its passphrase: {demonstration.PASSPHRASE}")
        if walking:
            from desktop.ui.walk import walk  # noqa: PLC0415

            return walk(gate, service, out=home.parent, tell=_tell)
        return open_window(gate) if args.open else 0


def has_display() -> bool:
    """Windows and macOS always have one; elsewhere it is named in the environment."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or bool(named)


def _tell(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
