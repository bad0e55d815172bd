"""`make rollout`: what a council would install, installed where nothing is, and worked with. As root, on Debian.

A service with its own libraries alone founds a council; the package is installed in a bare Debian 12, and in a bare 13,
where an officer joins that council and does the first journey: an interview without signal, signed, its PDF checked.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from installers.deb import built
from installers.environments import OUT, ROOT, add_homeward, python_with
from tests.journeys import interviews

RELEASES = ("bookworm", "trixie")
KEEPERS = {"Ada": "otter lantern thimble walnut kettle", "Ben": "copper anthem ladder quilt harbour"}
PHRASE = "copper anthem walrus ladder quilt"
UNSEEN = {"QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"}
MOST_SECONDS = 60


def main() -> None:
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        sys.exit("This makes bare systems, and needs root and the package debootstrap.")
    deb = built()
    [wheel] = (OUT / "dist").glob("*.whl")
    python = python_with("central", "requirements-central.lock")
    add_homeward(python, wheel)
    with tempfile.TemporaryDirectory() as folder, council(python, Path(folder)) as service:
        for release in RELEASES:
            with bare(release, Path(folder)) as root:
                install(root, deb)
                officer = joined(root, service, f"nadia-{release}")
                first_journey(root, officer)
                print(f"{release}: {deb.name} installed in a bare system; interview signed, PDF checked, received")


class Service:
    """A council of its own, served on loopback by an environment that has nothing of the laptop's."""

    def __init__(self, python: Path, folder: Path) -> None:
        self.program, self.home = python.parent / "homeward-central", folder / "central"
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}"
        keepers = []
        for name, phrase in KEEPERS.items():
            (folder / name).write_text(phrase)
            keepers += ["--keeper", f"{name}={folder / name}"]
        file = folder / "council.toml"
        self.ask("council", "example", "--to", str(file))
        self.ask(
            "init",
            "--council-file",
            str(file),
            "--guess-memory",
            "1",
            "--recovery-key",
            str(folder / "r.key"),
            *keepers,
        )

    def ask(self, *words: str) -> str:
        return said([self.program, "--home", self.home, *words], {})

    @contextmanager
    def serving(self) -> Iterator[None]:
        command = [self.program, "--home", self.home, "serve", "--port", str(self.port)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as running:
            try:
                self._answers()
                yield
            finally:
                running.terminate()

    def _answers(self) -> None:
        end = time.monotonic() + MOST_SECONDS
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        sys.exit("The service did not answer.")


@contextmanager
def council(python: Path, folder: Path) -> Iterator[Service]:
    service = Service(python, folder)
    with service.serving():
        yield service


@contextmanager
def bare(release: str, folder: Path) -> Iterator[Path]:
    """A fresh system: made once under out/, used as a copy."""
    kept, root = OUT / "bare" / release, folder / release
    if not (kept / "etc" / "debian_version").exists():
        print(f"Making a bare {release}", flush=True)
        shutil.rmtree(kept, ignore_errors=True)
        said(["debootstrap", "--variant=minbase", release, kept], {})
    said(["cp", "-a", "--reflink=auto", kept, root], {})
    shutil.copyfile("/etc/resolv.conf", root / "etc" / "resolv.conf")
    said(["mount", "--bind", "/proc", root / "proc"], {})
    try:
        yield root
    finally:
        said(["umount", root / "proc"], {})


def install(root: Path, deb: Path) -> None:
    """As an administrator would: apt brings what the package asks for, and nothing that is only recommended."""
    shutil.copyfile(deb, root / "root" / deb.name)
    inside(root, "apt-get", "update", "-qq")
    inside(root, "apt-get", "install", "-y", "-qq", "--no-install-recommends", f"/root/{deb.name}",
           DEBIAN_FRONTEND="noninteractive")  # fmt: skip
    for file in (
        "usr/share/man/man1/homeward.1.gz",
        "usr/share/applications/homeward.desktop",
        "etc/homeward/laptop.toml",
    ):
        if not (root / file).is_file():
            sys.exit(f"The package did not bring {file}.")
    refuse_the_service(root)


def refuse_the_service(root: Path) -> None:
    """Nothing of it came along, and the demonstration says so."""
    words = ["chroot", root, "homeward", "demo"]
    done = subprocess.run(list(map(str, words)), env=UNSEEN, capture_output=True, text=True, check=False)
    if (
        done.returncode != 1
        or "does not carry" not in done.stderr
        or list((root / "usr/lib/homeward").rglob("sqlalchemy"))
    ):
        sys.exit(f"The demonstration answered: {done.returncode} {done.stderr}")


class Laptop:
    """The installed program in the bare system, and the passphrase of its one officer."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "root" / "phrase").write_text(PHRASE)

    def ask(self, *words: str) -> Any:
        return json.loads(inside(self.root, "homeward", "--json", "--passphrase-file", "/root/phrase", *words))

    def new(self, form: str, answers: Mapping[str, Any], child: str = "") -> str:
        (self.root / "root" / "answers.json").write_text(json.dumps(answers))
        about = ("--child", child) if child else ()
        return str(self.ask("new", form, *about, "--answers", "/root/answers.json")["record"])


def joined(root: Path, service: Service, officer: str) -> Laptop:
    """The address comes from the machine's own file, as an administrator would have set it."""
    settings = root / "etc" / "homeward" / "laptop.toml"
    settings.write_text(settings.read_text() + f'\nservice = "{service.url}"\n')
    service.ask("officer", "add", "--id", officer, "--name", "Nadia Brightwater", "--role", "missing_advocate")
    code = json.loads(service.ask("device", "code", officer, "--json"))["code"]
    laptop = Laptop(root)
    laptop.ask("setup", "--name", "Nadia Brightwater")
    laptop.ask("enrol", code)
    return laptop


def first_journey(root: Path, laptop: Laptop) -> None:
    """Journey 1, and the window opens; then journey 2: the council has it."""
    child = laptop.new("child", interviews.CHILD)
    episode = laptop.new("missing_episode", interviews.episode(), child)
    interview = laptop.new("return_home_interview", interviews.interview(episode), child)
    laptop.ask("due")  # bank holidays and all
    laptop.ask("sign", interview, "--name", "Nadia Brightwater")
    laptop.ask("export", interview, "--to", "/root/interview.pdf")
    if not laptop.ask("verify", "/root/interview.pdf")["good"]:
        sys.exit("The PDF of the signed interview is not good.")
    pdf = root / "root" / "interview.pdf"
    pdf.write_bytes(pdf.read_bytes()[:-200] + b"x" + pdf.read_bytes()[-199:])
    words = ["chroot", str(root), "homeward", "verify", "/root/interview.pdf"]
    if subprocess.run(words, env=UNSEEN, capture_output=True, check=False).returncode != 1:
        sys.exit("A PDF with a changed byte was called good.")
    window_opens(root)
    if laptop.ask("sync")["problem"] or not laptop.ask("show", interview)["received"]:
        sys.exit("The council has not received the interview.")


def window_opens(root: Path) -> None:
    """And stays open, with every library it needs, until it is ended."""
    words = ["chroot", str(root), "homeward"]
    with subprocess.Popen(words, env=UNSEEN, stderr=subprocess.PIPE, text=True) as window:
        try:
            window.wait(10)
        except subprocess.TimeoutExpired:
            window.terminate()
            return
        sys.exit(f"The window did not open: {window.stderr.read() if window.stderr else ''}")


def inside(root: Path, *words: str, **more: str) -> str:
    return said(["chroot", root, *words], UNSEEN | more)


def said(command: list[str | Path], environment: Mapping[str, str]) -> str:
    done = subprocess.run(
        list(map(str, command)), cwd=ROOT, env=dict(environment) or None, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"This did not work: {' '.join(map(str, command))}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return done.stdout


if __name__ == "__main__":
    main()
