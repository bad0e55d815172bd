"""A program that leaves things half typed in the real window, and says what the window has shown as saved.

Usage: python -m tests.journeys.half_typist HOME RECORD SEED
It prints `SHOWN box text` when what stands in a box stood on the screen as saved, box by box in any order; then it
waits.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from desktop.compose import build_gate
from desktop.demo.caseload import PASSPHRASE
from desktop.demo.walk.hand import Hand, pause, press
from desktop.ui.app import application, build_window
from desktop.ui.frame.shell import Where

HALF = (
    ("form", "meeting", "f/started_at/day", "31"),
    ("form", "meeting", "f/started_at/month", "Febr"),
    ("form", "meeting", "f/started_at/time", "14:"),
    ("form", "your_words", "notes/box", "Says nobody asked her what"),
    ("form", "your_words", "f/during", "I went to the"),
    ("find", "", "find/text", "Wre"),
)


def main(home: Path, record_id: str, seed: int) -> None:
    application()
    window = build_window(build_gate(home))
    window.show()
    hand = Hand(window, home)
    hand.type("unlock/passphrase", PASSPHRASE)
    hand.click("unlock/go")
    hand.wait_for("today/new")
    for place, section, box, text in random.Random(seed).sample(HALF, len(HALF)):
        window.go(Where(place, record_id if place == "form" else "", section))
        widget = hand.wait_for(box)
        for char in text:
            press(widget, char)
        pause(320)  # the pause after which the window saves
        hand.wait(lambda: window.store.idle and not window.unsaved.values, "a save")
        sys.stdout.write(f"SHOWN {box} {text}\n")
        sys.stdout.flush()
    pause(60_000)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
