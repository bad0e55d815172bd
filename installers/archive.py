"""`make archive`: the laptop's program as a folder that is unpacked anywhere and runs there, for Linux without Debian's
package manager, or without the right to use it."""

from __future__ import annotations

import gzip
import shutil
import sys
import tarfile
from pathlib import Path

from installers.deb import HOME, LINUX, SHARED, built, depends_of
from installers.environments import OUT, ROOT
from installers.wheel import moment

MOST = 150_000_000  # bytes
ABOUT = """Homeward {version}, to be unpacked anywhere

    ./homeward            the window
    ./homeward --help     every deed of it without one
    ./homeward verify F   what a signed PDF is worth

The folder may lie anywhere and be moved; nothing is written into it. Records lie, encrypted, in the folder of whoever
uses it (~/.local/share/homeward). Settings for every officer of this computer go into /etc/homeward/laptop.toml; an
example is laptop.toml beside this file. The manual page is homeward.1.gz: man -l homeward.1.gz

Python and Qt are in it. The rest belongs to the system, which keeps it mended. On Debian 12 and 13 the packages are:

    {needs}

Elsewhere they have like names; whatever lacks is named when the window is opened. Updates that the council offers as
.deb are not for this folder: ask your administrator for the next archive, and unpack it in the place of this one.
"""


def main() -> None:
    archive = archived(built())
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size:,} bytes")


def archived(deb: Path) -> Path:
    """Of the same files as the package. Ends the program where it would be too large."""
    _, version, architecture = deb.stem.split("_")
    name = f"homeward-{version}-linux-{architecture}"
    tree, archive = OUT / "archive" / name, deb.with_name(f"{name}.tar.gz")
    shutil.rmtree(tree.parent, ignore_errors=True)
    shutil.copytree(OUT / "deb" / HOME, tree, symlinks=True, ignore=shutil.ignore_patterns("check-and-wait"))
    for file in (ROOT / "LICENSE", LINUX / "laptop.toml", LINUX / "homeward.svg",
                 OUT / "deb" / SHARED / "man/man1/homeward.1.gz"):  # fmt: skip
        shutil.copyfile(file, tree / file.name)
    needs = "\n    ".join(sorted(depends_of(deb)))
    (tree / "README.txt").write_text(ABOUT.format(version=version, needs=needs), encoding="utf-8")
    _pack(tree, archive)
    if archive.stat().st_size > MOST:
        sys.exit(f"{archive.name} has {archive.stat().st_size:,} bytes, and may have {MOST:,}.")
    return archive


def _pack(tree: Path, archive: Path) -> None:
    """The same bytes from the same files: in order, of nobody, of the moment of the commit."""
    when = int(moment())

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = "root"
        member.mtime = when
        return member

    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 6, raw, mtime=when) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as opened,
    ):
        for path in sorted([tree, *tree.rglob("*")]):
            opened.add(path, path.relative_to(tree.parent), recursive=False, filter=plain)


if __name__ == "__main__":
    main()
