"""Environments under out/, each with the packages of one lock and nothing else, checked against their hashes."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from os import environ
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"


def python_with(name: str, *locks: str) -> Path:
    """Made anew only when a lock has changed."""
    folder = OUT / "environments" / name
    python, mark = folder / "bin" / "python", folder / "installed"
    wanted = hashlib.sha256(b"".join((ROOT / lock).read_bytes() for lock in locks)).hexdigest()
    if not mark.exists() or mark.read_text() != wanted:
        print(f"Installing {', '.join(locks)} in {folder.relative_to(ROOT)}", flush=True)
        run([sys.executable, "-m", "venv", "--clear", folder])
        for lock in locks:
            run(
                [
                    python,
                    "-m",
                    "pip",
                    "install",
                    "-q",
                    "--disable-pip-version-check",
                    "--require-hashes",
                    "-r",
                    ROOT / lock,
                ]
            )
        mark.write_text(wanted)
    return python


def add_homeward(python: Path, wheel: Path) -> None:
    """Without looking for anything else: the lock has brought it."""
    run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--no-deps", "--force-reinstall", wheel])


def run(command: Sequence[str | Path], **more: str) -> str:
    """What it printed. Ends the program when the command fails, whose own words stand on standard error."""
    done = subprocess.run(
        [str(word) for word in command], cwd=ROOT, env=with_more(more), stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"This did not work: {' '.join(map(str, command))}\n{done.stdout[-2000:]}")
    return done.stdout


def with_more(more: Mapping[str, str]) -> dict[str, str]:
    return {**environ, **more}
