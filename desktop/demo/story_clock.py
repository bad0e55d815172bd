"""A clock that a story moves, on every laptop of it and at its central service alike."""

from __future__ import annotations

import sys
from datetime import datetime
from importlib import import_module
from pathlib import Path

from desktop.demo.caseload import Program


class StoryClock:
    """Stands still until the story goes on. The service reads it from the file."""

    def __init__(self, file: Path, at: datetime) -> None:
        self._file = file
        self.at = at
        self.move_to(at)

    def __call__(self) -> datetime:
        return self.at

    @property
    def program(self) -> Program:
        """How `homeward-central` is run by this clock."""
        return (sys.executable, "-m", "desktop.demo.story_clock", str(self._file))

    def move_to(self, at: datetime) -> None:
        self.at = at
        fresh = self._file.with_suffix(".next")
        fresh.write_text(at.isoformat(), encoding="utf-8")
        fresh.replace(self._file)


def main(arguments: list[str]) -> int:
    """The file of the clock, then the words of `homeward-central`; its exit code."""
    file, *words = arguments
    clock = import_module("central.database.clock")  # before anything of the service takes the usual one
    clock.utc_now = lambda: datetime.fromisoformat(Path(file).read_text(encoding="utf-8")).astimezone(clock.UTC)  # type: ignore[attr-defined]
    code: int = import_module("central.__main__").main(words)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
