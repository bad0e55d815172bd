"""`make deb`: a package for laptops with Debian 12 or 13. Python and Qt are in it; the rest Qt needs, Debian brings."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from installers.environments import OUT, ROOT, add_homeward, python_with, run
from installers.wheel import made, moment

LINUX = ROOT / "installers" / "linux"
MOST = 150_000_000  # bytes of the package
HOME = Path("usr/lib/homeward")
SHARED = Path("usr/share")
PLACES = {  # of what lies beside this file, and how it may be used
    "homeward.desktop": (SHARED / "applications", 0o644),
    "homeward-verify.desktop": (SHARED / "applications", 0o644),
    "homeward.svg": (SHARED / "icons/hicolor/scalable/apps", 0o644),
    "check-and-wait": (HOME, 0o755),
    "laptop.toml": (Path("etc/homeward"), 0o644),
}
STRIPPED = ("libpython", "sqlcipher3/", "zstandard/")  # which bring what only a debugger reads; no others are touched
FIRST = (
    "Install first what Qt asks for, with what reckons it: "
    "apt-get install dpkg-dev binutils libegl1 libgl1 libcups2 libwayland-cursor0 libwayland-egl1 libxcb-cursor0 "
    "libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)
CONTROL = """Package: homeward
Version: {version}
Architecture: {architecture}
Maintainer: Homeward <homeward@example.invalid>
Section: office
Priority: optional
Installed-Size: {size}
Depends: {needs}
Recommends: ca-certificates, fontconfig-config
Description: records of children's services, written where there is no network
 Return home interviews, Find Me Plans, visits and reports, on an encrypted
 store, signed, and sent to the council's own service when there is a network.
 The demonstration is not in this package: it runs a service of its own.
"""


def main() -> None:
    deb = built()
    print(f"{deb.relative_to(ROOT)}: {deb.stat().st_size:,} bytes")


def built() -> Path:
    """Ends the program where it would be too large."""
    _, wheel = made()
    tree = OUT / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    _frozen(wheel, tree / HOME)
    _lay_beside(tree)
    deb = _packed(tree, wheel.name.split("-")[1])
    if deb.stat().st_size > MOST:
        sys.exit(f"{deb.name} has {deb.stat().st_size:,} bytes, and may have {MOST:,}.")
    return deb


def _frozen(wheel: Path, to: Path) -> None:
    """In an environment that holds the laptop's lock and what makes packages."""
    python = python_with("frozen", "requirements-desktop.lock", "requirements-make.lock")
    add_homeward(python, wheel)
    work = OUT / "pyinstaller"
    run([python, "-m", "PyInstaller", "-y", "--log-level", "WARN", "--distpath", work, "--workpath", work / "work",
         ROOT / "build.spec"], SOURCE_DATE_EPOCH=moment(), PYTHONHASHSEED="0")  # fmt: skip
    to.parent.mkdir(parents=True)
    shutil.move(work / "homeward", to)
    for file in _binaries(to):
        if any(part in file.as_posix() for part in STRIPPED):
            run(["strip", "--strip-unneeded", file])


def _lay_beside(tree: Path) -> None:
    """Menu entry, icon, manual page, completion, the machine's own settings, the licence."""
    for name, (folder, mode) in PLACES.items():
        (tree / folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(LINUX / name, tree / folder / name)
        (tree / folder / name).chmod(mode)
    pages, completions, papers = SHARED / "man/man1", SHARED / "bash-completion/completions", SHARED / "doc/homeward"
    for folder in (pages, completions, papers, Path("usr/bin")):
        (tree / folder).mkdir(parents=True, exist_ok=True)
    run([python_with("frozen", "requirements-desktop.lock", "requirements-make.lock"), "-m", "installers.manual",
         "desktop", tree / pages])  # fmt: skip
    shutil.move(tree / pages / "homeward.bash", tree / completions / "homeward")
    shutil.copyfile(ROOT / "LICENSE", tree / papers / "copyright")
    changes = gzip.compress((ROOT / "CHANGELOG.md").read_bytes(), mtime=0)
    (tree / papers / "changelog.gz").write_bytes(changes)
    (tree / "usr/bin/homeward").symlink_to("../lib/homeward/homeward")


def depends_of(deb: Path) -> list[str]:
    """The packages of Debian's that it asks for, by name."""
    told = run(["dpkg-deb", "-f", deb, "Depends"]).strip()
    return [each.split()[0] for each in told.split(", ")]


def _packed(tree: Path, version: str) -> Path:
    files = sorted(file for file in tree.rglob("*") if file.is_file() and not file.is_symlink())
    architecture = run(["dpkg", "--print-architecture"]).strip()
    size = sum(file.stat().st_size for file in files) // 1024
    sums = [
        f"{hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()}  {file.relative_to(tree)}\n"
        for file in files
    ]
    about = tree / "DEBIAN"
    about.mkdir()
    needs = _needs(tree / HOME)
    (about / "control").write_text(CONTROL.format(version=version, architecture=architecture, size=size, needs=needs))
    (about / "conffiles").write_text("/etc/homeward/laptop.toml\n")
    (about / "md5sums").write_text("".join(sums))
    deb = OUT / "dist" / f"homeward_{version}_{architecture}.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", tree, deb], SOURCE_DATE_EPOCH=moment())
    return deb


def _needs(home: Path) -> str:
    """Debian's own reckoning of which packages bring the libraries that these files name."""
    asked = OUT / "needs" / "debian"
    asked.mkdir(parents=True, exist_ok=True)
    (asked / "control").write_text("Source: homeward\n\nPackage: homeward\nArchitecture: any\n")
    own = sorted({f"-l{file.parent}" for file in _binaries(home)})
    words = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0", *own, *map(str, _binaries(home))]
    done = subprocess.run(words, cwd=asked.parent, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{done.stderr[-1500:]}\nWhat the package needs could not be told. {FIRST}")
    return done.stdout.strip().partition("shlibs:Depends=")[2]


def _binaries(home: Path) -> list[Path]:
    files = (file for file in sorted(home.rglob("*")) if file.is_file() and not file.is_symlink())
    return [file for file in files if file.open("rb").read(4) == b"\x7fELF"]


if __name__ == "__main__":
    main()
