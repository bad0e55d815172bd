"""THE composition root: builds everything, once. Read it from top to bottom to see what Homeward is made of."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from casework.errors import KnownError
from desktop.flows.access.unlocking import Gate
from desktop.paths import default_home, resources

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from desktop.forms.catalogue import Catalogue

NO_DEMONSTRATION = (
    "The demonstration runs a council’s service of its own, which this package for laptops does not carry. "
    "From the source it is: make run"
)


def start() -> int:
    """What the icon does: the window, of this person's own stores."""
    return open_window(build_gate(default_home()))


def run(args: argparse.Namespace) -> int:
    """What a line asks for, as `cli` has read it."""
    gate = build_gate(args.home if "home" in args else default_home())
    if args.verb is None:
        return open_window(gate)
    if args.verb == "demo":
        return demonstrate(gate, args)
    from desktop.verbs import deeds  # noqa: PLC0415 - the window needs none of them

    return deeds.run(args, gate)


def build_gate(home: Path) -> Gate:
    """The gate of one home folder: forms and council read once, when first needed; the clock of this machine."""
    return Gate(home, build_catalogue, now)


def build_catalogue() -> Catalogue:
    """The forms, the letters and the council that came with Homeward."""
    from desktop.forms.catalogue import Catalogue  # noqa: PLC0415 - the door shows no form

    return Catalogue.load(resources() / "forms", resources() / "councils" / "rotherham.toml")


def now() -> datetime:
    """This laptop's clock, with its offset."""
    from datetime import datetime  # noqa: PLC0415 - nothing at the door has a time

    return datetime.now().astimezone()


def open_window(gate: Gate) -> int:
    """The window; Qt is not loaded for any other verb. Nothing of a start is garbage, and the window has a collector of
    its own from then on."""
    gc.disable()
    from desktop.ui.app import run as run_window  # noqa: PLC0415 - a command line needs no Qt

    return run_window(gate)


def demonstrate(gate: Gate, args: argparse.Namespace) -> int:
    """`homeward demo`: the invented caseload, then the window, or without a display the walk through it."""
    refuse_without_service()
    from desktop.demo import caseload  # noqa: PLC0415 - no other verb needs the invented children

    home = gate.home
    walking = args.walk or (args.open and not has_display())
    if walking:
        if not args.walk:
            _tell("There is no display here, so the journeys are walked unseen. The pictures go to out/.")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        shutil.rmtree(home, ignore_errors=True)
    with caseload.council(home) as service:
        if not gate.cards():
            caseload.plant(gate, service, _tell).vault.close()
        _tell(f"The invented caseload is in {home.name}. Its passphrase: {caseload.PASSPHRASE}")
        if walking:
            from desktop.demo.walk import walk  # noqa: PLC0415

            return walk(gate, service, out=home.parent, tell=_tell)
        return open_window(gate) if args.open else 0


def refuse_without_service() -> None:
    """Raises KnownError in a package for laptops, which carries neither the service nor the invented children."""
    try:
        for part in ("desktop.demo.caseload", "central.service"):
            import_module(part)
    except ModuleNotFoundError as error:
        raise KnownError(NO_DEMONSTRATION) from error


def has_display() -> bool:
    """Windows and macOS always have one; elsewhere it is named in the environment."""
    named = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return not sys.platform.startswith("linux") or bool(named)


def _tell(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
