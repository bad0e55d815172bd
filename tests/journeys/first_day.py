"""A program that sets up a laptop in the real window without a code, writes about a child, and is left in mid-word.

Usage: python -m tests.journeys.first_day HOME NAME
It prints `SHOWN RECORD` when the last words stood on the screen as saved; then it waits.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.compose import build_gate
from desktop.demo.caseload import PASSPHRASE
from desktop.demo.walk.hand import Hand, pause, press
from desktop.ui.app import application, build_window


def main(home: Path, name: str) -> None:
    application()
    window = build_window(build_gate(home))
    window.show()
    hand = Hand(window, home)
    for box, words in (("setup/name", name), ("setup/passphrase", PASSPHRASE), ("setup/again", PASSPHRASE)):
        hand.wait_for(box)
        hand.type(box, words)
    hand.click("setup/finish")
    for act in ("recovery/done", "join/later", "today/begin/add-child"):
        hand.wait_for(act)
        hand.click(act)
    hand.wait_for("f/given_name")
    hand.type("f/given_name", "Wren")
    hand.type("f/family_name", "Hollowby")
    record = window.where.about
    family = hand.wait_for("f/family_name")
    for char in "-Tay":
        press(family, char)
    pause(320)  # the pause after which the window saves
    hand.wait(lambda: window.store.idle and not window.unsaved.values, "a save")
    sys.stdout.write(f"SHOWN {record}\n")
    sys.stdout.flush()
    pause(60_000)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
