"""`make wheel`: the whole source as one archive, and from it the wheel, made twice and the same byte for byte."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from installers.environments import OUT, ROOT, python_with, run

DIST = OUT / "dist"


def main() -> None:
    archive, wheel = made()
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size:,} bytes, every file of the repository")
    print(f"{wheel.relative_to(ROOT)}: {wheel.stat().st_size:,} bytes, the same twice, sha256 {digest(wheel)}")


def made() -> tuple[Path, Path]:
    """The archive and the wheel. Ends the program where the wheel is not the same twice or a file is left out."""
    python = python_with("make", "requirements-make.lock")
    shutil.rmtree(DIST, ignore_errors=True)
    build = [python, "-m", "build", "-q", "--no-isolation", "--outdir"]
    run([*build, DIST, "--sdist", ROOT], SOURCE_DATE_EPOCH=moment())
    [archive] = DIST.glob("*.tar.gz")
    refuse_what_is_left_out(archive)
    wheels = [_wheel_from(archive, DIST / name, build) for name in ("once", "twice")]
    if len(set(map(digest, wheels))) > 1:
        sys.exit("The same source gave two different wheels.")
    kept = DIST / wheels[0].name
    wheels[0].replace(kept)
    for name in ("once", "twice"):
        shutil.rmtree(DIST / name)
    return archive, kept


def moment() -> str:
    """Of the commit: what is made says when it was written, not when it was packed."""
    return subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()


def refuse_what_is_left_out(archive: Path) -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    with tarfile.open(archive) as opened:
        held = {name.partition("/")[2] for name in opened.getnames()}
    if missing := [name for name in listed if name not in held]:
        sys.exit(f"The archive of the source lacks {len(missing)} files: {', '.join(missing[:10])}")


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _wheel_from(archive: Path, to: Path, build: list[str | Path]) -> Path:
    """Each time in a folder of another name, as on another machine."""
    with tempfile.TemporaryDirectory() as folder, tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
        [source] = Path(folder).iterdir()
        run([*build, to, "--wheel", source], SOURCE_DATE_EPOCH=moment())
    [wheel] = to.glob("*.whl")
    return wheel


if __name__ == "__main__":
    main()
