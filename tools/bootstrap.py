"""Makes a bare machine ready: system libraries, a virtual environment, the locked packages. Standard library only.

Usage: python3 tools/bootstrap.py run|test
It says what it does, does nothing twice, and without the rights to install it names what to ask for.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from ctypes.util import find_library
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VALIDATOR_VENV = ROOT / ".venv-903"  # the sector's own check of a return needs libraries older than ours
VALIDATOR_LOCK = ROOT / "requirements-903.lock"
LOCKS = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}

# What Qt loads at start, and the Debian package that brings it. A screen needs the second list too.
QT_LIBRARIES = {
    "glib-2.0": "libglib2.0-0",
    "GL": "libgl1",
    "EGL": "libegl1",
    "fontconfig": "libfontconfig1",
    "xkbcommon": "libxkbcommon0",
    "dbus-1": "libdbus-1-3",
}
SCREEN_LIBRARIES = {
    "xcb-cursor": "libxcb-cursor0",
    "xcb-icccm": "libxcb-icccm4",
    "xcb-image": "libxcb-image0",
    "xcb-keysyms": "libxcb-keysyms1",
    "xcb-render-util": "libxcb-render-util0",
    "xcb-shape": "libxcb-shape0",
    "xcb-xkb": "libxcb-xkb1",
    "xkbcommon-x11": "libxkbcommon-x11-0",
}
TEST_PROGRAMS = {
    "pdfsig": "poppler-utils",
    "openssl": "openssl",
    "javac": "default-jdk-headless",
    "git": "git",
    "curl": "curl",
    "ps": "procps",
    "dbus-daemon": "dbus-daemon",
    "pango-view": "pango1.0-tools",
    "Xvfb": "xvfb",
    "mutool": "mupdf-tools",
    "node": "nodejs",
}
POSTGRES = Path("/usr/lib/postgresql")
AT_SPI = Path("/usr/libexec/at-spi-bus-launcher")  # what a screen reader listens through
NGINX = Path("/usr/sbin/nginx")  # which is not on everybody's path
UNICODE = Path("/usr/share/unicode/BidiCharacterTest.txt")
PDFJS = Path("/usr/share/javascript/pdf/build/pdf.js")
JAXB = Path("/usr/share/java/jaxb-runtime.jar")


def main(arguments: Sequence[str]) -> int:
    goal = arguments[0] if arguments else "run"
    if goal not in LOCKS:
        print(__doc__, file=sys.stderr)
        return 2
    if not (3, 11) <= sys.version_info[:2] <= (3, 14):
        print(f"Homeward needs Python 3.11 to 3.14; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    failed = install_system(missing_system(goal)) or install_python(LOCKS[goal])
    if goal == "test" and not failed:
        install_validator()
    return failed


def missing_system(goal: str) -> list[str]:
    """Debian packages that are wanted here and not there; empty on Windows and macOS, whose wheels bring it all."""
    if not sys.platform.startswith("linux"):
        return []
    libraries = dict(QT_LIBRARIES)
    if goal == "test" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        libraries |= SCREEN_LIBRARIES
    wanted = [package for library, package in libraries.items() if find_library(library) is None]
    if importlib.util.find_spec("ensurepip") is None:
        wanted.append("python3-venv")
    if goal == "test":
        wanted += [package for program, package in TEST_PROGRAMS.items() if shutil.which(program) is None]
        wanted += [] if any(POSTGRES.glob("*/bin/initdb")) else ["postgresql"]
        wanted += [] if AT_SPI.exists() else ["at-spi2-core"]
        wanted += [] if NGINX.exists() else ["nginx"]
        wanted += [] if JAXB.exists() else ["libjaxb-java"]
        wanted += [] if PDFJS.exists() else ["libjs-pdf"]
        wanted += [] if UNICODE.exists() else ["unicode-data"]
    return wanted


def install_system(packages: list[str]) -> int:
    if not packages:
        return 0
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print("These system packages are missing. Ask for them to be installed, or run as root:\n  "
              + " ".join(command), file=sys.stderr)  # fmt: skip
        return 1
    print(f"Installing system packages: {' '.join(packages)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update", "-qq"], [*command[:2], "-qq", *command[2:]]):
        done = subprocess.run(step, env=environment, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            print(f"This did not work: {' '.join(step)}", file=sys.stderr)
            return 1
    return 0


def install_python(lock: Path) -> int:
    """The virtual environment, made again only when the lock has changed."""
    python = python_of(VENV)
    mark = VENV / f"{lock.stem}.installed"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted and python.exists():
        return 0
    if not python.exists():
        print("Making the virtual environment in .venv", flush=True)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
    print(f"Installing the packages of {lock.name}, each checked against its hash", flush=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    steps = (
        [*pip, "--require-hashes", "-r", str(lock)],
        [*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    )
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}  # of setuptools, about what every editable package does
    for step in steps:
        if subprocess.run(step, env=quiet, check=False).returncode:
            print("The packages could not be installed; what went wrong stands above.", file=sys.stderr)
            return 1
    mark.write_text(wanted)
    return 0


def install_validator() -> None:
    """Without it one test is skipped, and says so: it has no packages for a newer Python than 3.11."""
    mark, wanted = VALIDATOR_VENV / "installed", hashlib.sha256(VALIDATOR_LOCK.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == wanted:
        return
    print(f"Installing the sector's validator of returns in {VALIDATOR_VENV.name}", flush=True)
    pip = [str(python_of(VALIDATOR_VENV)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for step in (
        [sys.executable, "-m", "venv", str(VALIDATOR_VENV)],
        [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(VALIDATOR_LOCK)],
    ):
        if subprocess.run(step, stderr=subprocess.DEVNULL, check=False).returncode:
            print("It could not be installed here; the test that asks it is skipped.", flush=True)
            return
    mark.write_text(wanted)


def python_of(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
