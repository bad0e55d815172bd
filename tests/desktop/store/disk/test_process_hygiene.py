"""Nothing readable is left anywhere: not on the disk during work, not after a crash, not in what a log may hold."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.store.disk.errors import VaultLocked
from desktop.store.disk.keys import DataKey
from desktop.store.vault import Vault
from tests.desktop.store.making import begin, made, opened

ROOT = Path(__file__).parents[4]
MARKER = "ZqxMarker7731"
CAMERA = "MarkerCameraOfElmRoad"

WORK = """
import io, os, signal, sys, tempfile
from pathlib import Path
from desktop.store.disk.process_hygiene import harden
harden()
from casework.records import Change, field_path
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.store import photographs
from tests.desktop.store.making import begin, made, say
home = Path(sys.argv[1])
(home / "stick").mkdir()
passphrase = "ZqxMarker7731-otter-lantern-muffin-drift-gravel"
vault = made(home / "vault-1", passphrase)
begin(vault, "r1", known=[Change(field_path("full_name"), "ZqxMarker7731 Smith")])
words = "ZqxMarker7731 went to the park. " * 3000
for number in range(30):
    vault.drafts.save("r1", f"f/q{number}", words)
say(vault, "r1", {"own_words": words, "ZqxMarker7731".lower(): words})
vault.attachments.add(io.BytesIO(photographs.jpeg(900, 700)), name="ZqxMarker7731.jpg", record_id="r1")
vault.attachments.add(io.BytesIO(words.encode()), name="ZqxMarker7731.txt", record_id="r1")
vault.settings.put(OFFICER, Officer("ZqxMarker7731", "ZqxMarker7731"))
vault.audit.add("viewed", record="ZqxMarker7731")
vault.search("zqxmarker7731")
vault.backup(home / "stick")
# A sort far larger than any cache, and a transaction in the middle: what would go to a temporary file.
def big(tx):
    tx.many("INSERT INTO draft VALUES {rows}", [("r2", f"f/a{n}", repr(words), "[]", "x") for n in range(40)])
    rows = tx.execute("SELECT a.value || b.path FROM draft a, draft b ORDER BY 1 DESC LIMIT 800")
    rows.fetchone()
    print("ready", flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGSEGV)
os.chdir(home)
vault._store.writer.do(big)
"""


def test_no_file_holds_a_readable_word_during_work_or_after_a_crash(tmp_path: Path) -> None:
    """Store, WAL, attachments, thumbnails, backup, temporary folders, open but deleted files, core dump, output."""
    home, temporary = tmp_path / "home", tmp_path / "temporary"
    home.mkdir()
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary), "SQLITE_TMPDIR": str(temporary), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", WORK, str(home)],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as child:  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        during = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert found_in(during) == []
        assert found_in(open_files_of(child.pid)) == []
        out, errors = child.communicate(b"\n", timeout=60)
    after = [path for path in tmp_path.rglob("*") if path.is_file()]

    assert child.returncode == -11
    assert found_in(after) == []
    assert not any("core" in path.name for path in after)
    assert len(after) > 10
    assert list(temporary.iterdir()) == []
    assert (out, errors) == (b"", b"")


def found_in(paths: list[Path]) -> list[Path]:
    """Whoever looks for the marker in any encoding we write, or for the camera that photographs named."""
    wanted = [MARKER.encode(), MARKER.lower().encode(), MARKER.encode("utf-16-le"), CAMERA.encode()]
    return [path for path in paths if any(mark in path.read_bytes() for mark in wanted)]


def open_files_of(pid: int) -> list[Path]:
    """Also files that were deleted while open, as SQLite's temporary ones are."""
    folder = Path(f"/proc/{pid}/fd")
    if not os.access(folder, os.R_OK):
        return []
    return [path for path in folder.iterdir() if path.resolve(strict=False).is_file()]


def test_the_search_for_the_marker_can_find_one(tmp_path: Path) -> None:
    (tmp_path / "plain").write_text(f"x {MARKER}")

    assert found_in([tmp_path / "plain"]) == [tmp_path / "plain"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads the limits of a process from /proc")
def test_a_hardened_process_leaves_no_core_and_lets_nobody_look_inside() -> None:
    program = (
        "import ctypes, os, resource, faulthandler\n"
        "from desktop.store.disk.process_hygiene import harden\nharden()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0),"
        " faulthandler.is_enabled(), oct(os.umask(0)))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "(0, 0) 0 False 0o77\n"


TYPED = """
import ctypes, os, resource, sys, time
from pathlib import Path
from PySide6.QtTest import QTest
from desktop.compose import build_gate
from desktop.demo.walk.hand import Hand
from desktop.store.disk.process_hygiene import harden
from desktop.ui.app import application, build_window
from desktop.ui.frame.shell import Where
from tests.desktop.doors import set_up_quickly
home, how = Path(sys.argv[1]), sys.argv[2]
if how == "hardened":
    harden()  # as `desktop.compose.run` begins
set_up_quickly(build_gate(home), "Nadia", "ZqxMarker7731-otter-lantern-muffin-drift-gravel").vault.close()
application()
window = build_window(build_gate(home))
window.show()
hand = Hand(window, home)
hand.type("unlock/passphrase", "ZqxMarker7731-otter-lantern-muffin-drift-gravel")
hand.click("unlock/go")
hand.wait_for("today/new")
window.go(Where("find"))
hand.type("find/text", "ZqxMarker7731 went to the park")
os.chdir(home)
if os.getuid() == 0:
    os.chown(home, 65534, 65534)
    os.setgid(65534)
    os.setuid(65534)  # which makes any program unreadable to its own user, so:
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)
    if how == "hardened":
        harden()
print("ready", flush=True)
sys.stdin.readline()
os.abort()
"""
LOOK_INSIDE = """
import os, sys
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    open(f"/proc/{sys.argv[1]}/mem", "rb").close()
    print("read")
except PermissionError:
    print("refused")
"""


@contextlib.contextmanager
def typed(home: Path, how: str) -> Iterator[subprocess.Popen[bytes]]:
    """A window with the store open and words in a box, started by a shell that allows core dumps of any size."""
    home.mkdir(parents=True)
    command = ["sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh", sys.executable, "-c", TYPED, str(home), how]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        yield child
        child.communicate(b"\n", timeout=60)


def seen_from_outside(pid: int) -> str:
    """By another program of the same user."""
    command = [sys.executable, "-c", LOOK_INSIDE, str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.skipif(sys.platform != "linux", reason="cores and /proc are Linux's")
def test_nothing_that_was_typed_is_in_a_core_or_to_be_read_from_outside(tmp_path: Path) -> None:
    """Although the shell allows cores of any size, and whoever looks is the same user."""
    with typed(tmp_path / "home", "hardened") as child:
        seen = seen_from_outside(child.pid)

    assert seen == "refused"
    assert child.returncode == -signal.SIGABRT
    assert found_in([path for path in (tmp_path / "home").rglob("*") if path.is_file()]) == []
    assert not list((tmp_path / "home").glob("core*"))


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="cores and /proc are Linux's")
def test_without_the_hardening_it_would_be(tmp_path: Path) -> None:
    """So that the test above can fail: wherever this machine writes cores as files."""
    with typed(tmp_path / "home", "bare") as child:
        assert seen_from_outside(child.pid) == "read"

    if Path("/proc/sys/kernel/core_pattern").read_text().strip() == "core":
        assert found_in(list((tmp_path / "home").glob("core*")))


def test_keys_are_overwritten_on_closing_and_never_shown(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    key = vault._key
    assert repr(key) == "<DataKey>"
    assert any(key.secret())
    vault.close()

    assert not any(key.secret())


def test_after_locking_no_connection_and_no_thread_is_left(tmp_path: Path) -> None:
    vault = made(tmp_path / "vault-1")
    begin(vault, "r1")
    vault.close()
    held = [path.readlink() for path in Path("/proc/self/fd").glob("*") if path.is_symlink()]

    assert not [path for path in held if path.is_relative_to(tmp_path)]
    assert not vault._store.writer._thread.is_alive()
    with pytest.raises(VaultLocked):
        vault.view("r1")
    opened(tmp_path / "vault-1").close()


def test_several_officers_cannot_open_each_others_vaults(tmp_path: Path) -> None:
    one, other = made(tmp_path / "vault-1"), made(tmp_path / "vault-2")
    one.drafts.save("r1", "f/own_words", "mine")

    assert other.drafts.of("r1") == {}
    assert one._key.secret() != other._key.secret()
    one.close()
    other.close()


def test_subkeys_differ_by_purpose() -> None:
    key = DataKey(b"k" * 32)
    found = {key.subkey(purpose) for purpose in ("database", "files", "audit", "backup", "keyfile", "anchor")}

    assert len(found) == 6


def test_the_vault_has_no_way_past_its_lock(tmp_path: Path) -> None:
    """Waiting work is finished before the door shuts; nothing queued is dropped."""
    vault: Vault = made(tmp_path / "vault-1")
    futures = [vault.drafts.save_later("r1", f"f/q{n}", n) for n in range(200)]
    vault.close()

    assert all(future.result() is not None for future in futures)
    again = opened(tmp_path / "vault-1")
    assert len(again.drafts.of("r1")) == 200
    again.close()
