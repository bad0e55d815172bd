"""A program that types into the real window for as long as it lives, and says what the window has shown as saved.

Usage: python -m tests.journeys.typist HOME RECORD START
It prints `SHOWN n` when the first n letters it typed stood on the screen as saved. It never stops by itself.
"""

from __future__ import annotations

import random
import sys
from itertools import count
from pathlib import Path

from desktop.compose import build_gate
from desktop.demo.caseload import PASSPHRASE
from desktop.demo.walk.hand import Hand, pause, press
from desktop.ui.app import application, build_window
from desktop.ui.frame.shell import Where


def words() -> str:
    """The same letters every time, no stretch of which repeats: “0 word 1 word 2 word ”."""
    return "".join(f"{number} wörd " for number in range(4000))


def main(home: Path, record_id: str, start: int) -> None:
    application()
    window = build_window(build_gate(home))
    window.show()
    hand = Hand(window, home)
    hand.type("unlock/passphrase", PASSPHRASE)
    hand.click("unlock/go")
    hand.wait_for("today/new")
    window.go(Where("form", record_id, "your_words"))
    box = hand.wait_for("f/during")
    shown: list[int] = []
    typed, text, chance = start, words(), random.Random()
    shell = window.shell
    assert shell is not None
    shell.saved.connect(lambda _at: shown.append(1))
    box.moveCursor(box.textCursor().MoveOperation.End)  # type: ignore[attr-defined]
    for _ in count():
        shown.clear()
        for char in text[typed : typed + chance.randint(1, 12)]:
            press(box, char)
            typed += 1
            pause(chance.randint(0, 15))
        if chance.random() < 0.7:
            pause(320)  # the pause after which the window saves
            hand.wait(lambda: bool(shown) and window.store.idle and not window.unsaved.values.get(record_id), "a save")
            sys.stdout.write(f"SHOWN {typed}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
