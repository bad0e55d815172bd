"""Where things lie: the user's folder, and what ships with the program, frozen or not."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from casework.errors import KnownError

NO_NAME = "Name the file itself, and not only the folder it goes to."


def default_home(platform: str = sys.platform) -> Path:
    """The folder of this user's vaults, where each system keeps what belongs to one person on one machine."""
    if platform.startswith("linux"):
        set_here = os.environ.get("XDG_DATA_HOME", "").strip()
        return Path(set_here or "~/.local/share").expanduser() / "homeward"
    from platformdirs import user_data_path  # noqa: PLC0415 - loaded elsewhere, and only where nobody names a folder

    return user_data_path("homeward", appauthor=False, roaming=False)


def resources() -> Path:
    """The shipped `resources` folder."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) / "resources" if frozen else Path(__file__).resolve().parent.parent / "resources"


def fonts() -> Path:
    return resources() / "fonts"


def release() -> str:
    """Of this program; empty where it was built without its metadata."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - reads mail and archives; no door does

    try:
        return version("homeward")
    except PackageNotFoundError:
        return ""


def free_for_new(path: Path) -> None:
    """Raises KnownError where a file of that name stands already."""
    if path.exists():
        message = f"There is a file called {path.name} there already. Choose another name."
        raise KnownError(message)


def write_new(path: Path, data: bytes) -> None:
    """Never overwrites and never leaves half a file. Raises KnownError in plain words."""
    _write(path, data, free_for_new)


def write_over(path: Path, data: bytes) -> None:
    """In the place of what is there, whole or not at all. Raises KnownError in plain words."""
    _write(path, data, lambda _path: None)


def _write(path: Path, data: bytes, look: Callable[[Path], None]) -> None:
    if not path.name:
        raise KnownError(NO_NAME)
    part = path.with_name(f".{path.name}.part")
    try:
        look(path)
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        message = f"The file could not be written: {error.strerror or 'unknown reason'}. Choose another place."
        raise KnownError(message) from error
