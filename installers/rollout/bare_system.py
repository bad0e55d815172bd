"""A system of Debian's with nothing in it but what Debian calls the least, in a folder, on a network of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installers.environments import OUT, ROOT

UNSEEN = {
    "QT_QPA_PLATFORM": "offscreen",
    "LANG": "C.UTF-8",
    "HOME": "/root",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
}
NAMES = "127.0.0.1 localhost homeward.example.gov.uk homeward2.example.gov.uk db.example.gov.uk {host}\n"
NO_STARTING = "#!/bin/sh\nexit 101\n"  # apt asks it: nothing is started by itself, and outside of the network


@dataclass(frozen=True)
class Network:
    """Loopback and nothing else: whatever is at work here reaches nobody, and nobody reaches it."""

    name: str

    @classmethod
    @contextmanager
    def made(cls) -> Iterator[Network]:
        found = cls(f"homeward-{os.getpid()}")
        said(["ip", "netns", "add", found.name])
        try:
            said([*found.within, "ip", "link", "set", "lo", "up"])
            yield found
        finally:
            said(["ip", "netns", "delete", found.name])

    @property
    def within(self) -> list[str]:
        return ["ip", "netns", "exec", self.name]


@dataclass
class BareSystem:
    """`clock`: how far its programs are ahead of the time, such as +600d; empty while they are not."""

    root: Path
    release: str
    network: Network
    clock: str = ""

    def command(self, *words: str) -> list[str]:
        return [*self.network.within, "chroot", str(self.root), *self.ahead, *words]

    @property
    def ahead(self) -> list[str]:
        """What to call a program by, so that it takes the later time for its own; the package faketime brings it."""
        if not self.clock:
            return []
        [library] = self.root.glob("usr/lib/*/faketime/libfaketimeMT.so.1")
        preload = f"LD_PRELOAD=/{library.relative_to(self.root)}"
        return ["env", preload, f"FAKETIME={self.clock}", "FAKETIME_DONT_FAKE_MONOTONIC=1"]

    def ask(self, *words: str) -> str:
        """Ends the program where it fails."""
        return said(self.command(*words), UNSEEN)

    def tried(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), env=UNSEEN, capture_output=True, text=True, check=False)

    def install(self, *packages: str) -> None:
        """As an administrator would: apt brings what they ask for, and nothing that is only recommended."""
        quiet = UNSEEN | {"DEBIAN_FRONTEND": "noninteractive"}
        apt = ["chroot", self.root, "apt-get"]
        said([*apt, "update", "-qq"], quiet)
        said([*apt, "install", "-y", "-qq", "--no-install-recommends", *packages], quiet)

    def write(self, name: str, content: str | bytes, mode: int = 0o644) -> Path:
        file = self.root / name.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        file.chmod(mode)
        return file

    def read(self, name: str) -> bytes:
        return (self.root / name.lstrip("/")).read_bytes()


@contextmanager
def bare(release: str, folder: Path, network: Network) -> Iterator[BareSystem]:
    """A fresh one: made once under out/, used as a copy."""
    kept = OUT / "bare" / release
    if not (kept / "etc" / "debian_version").exists():
        print(f"Making a bare {release}", flush=True)
        shutil.rmtree(kept, ignore_errors=True)
        said(["debootstrap", "--variant=minbase", release, kept])
    root = folder / f"{release}-{len(list(folder.iterdir()))}"
    said(["cp", "-a", "--reflink=auto", kept, root])
    shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
    made = BareSystem(root, release, network)
    made.write("etc/hosts", NAMES.format(host=os.uname().nodename))
    made.write("usr/sbin/policy-rc.d", NO_STARTING, 0o755)
    (root / "dev" / "shm").mkdir(exist_ok=True)
    said(["mount", "--bind", "/proc", root / "proc"])
    said(["mount", "-t", "tmpfs", "none", root / "dev" / "shm"])
    try:
        yield made
    finally:
        said(["umount", root / "dev" / "shm"])
        said(["umount", root / "proc"])


def said(command: list[str | Path] | list[str], environment: Mapping[str, str] | None = None) -> str:
    """Ends the program where it fails, with the last of its words."""
    words = list(map(str, command))
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"This did not work: {' '.join(words)}\n{done.stdout[-1500:]}\n{done.stderr[-3000:]}")
    return done.stdout
