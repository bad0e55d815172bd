"""`homeward-central keys`, and what needs two keepers, as they type it."""

from __future__ import annotations

import json
import os
import pty
import sys
from pathlib import Path
from subprocess import Popen

import pytest

from central.keys import key_folder
from tests.central.commands.people.test_people_verbs import run
from tests.central.keys.of_before import fill
from tests.central.pushing import Pusher
from tests.central.running import CHEAP, COUNCIL_FILE, KEEPERS, START, Council, keepers_words

UNPROTECTED = "keys lie open"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    found = Council.found(tmp_path / "central")
    found.service.close()
    return found.home.folder


def asked(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    status, out, err = run(home, *words, "--json", capsys=capsys)
    assert status == 0, err
    found: dict[str, object] = json.loads(out)
    return found


def test_two_keepers_erase_a_laptop_and_both_are_noted(council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    ann, home = Pusher.of(council, "ann"), council.home.folder
    one = run(home, "revoke", ann.device_id, "--wipe", *keepers_words(home, count=1), capsys=capsys)
    none = run(home, "revoke", ann.device_id, "--wipe", capsys=capsys)
    nothing = run(home, "keys", "notes", "--json", capsys=capsys)[1]
    done = asked(home, capsys, "revoke", ann.device_id, "--wipe", *keepers_words(home))
    notes = json.loads(run(home, "keys", "notes", "--json", capsys=capsys)[1])

    assert (one[0], none[0], json.loads(nothing)) == (1, 1, [])
    assert "Two of its keepers open this key together: Ada Ruiz, Ben Sato, Cy Okoro." in one[2]
    assert "--drain" in none[2]
    assert done["state"] == "wipe"
    assert [(note["what"], note["laptops"], note["by"]) for note in notes] == [
        ("erased", ann.device_id, "Ada Ruiz, Ben Sato")
    ]


def test_the_keys_are_shown_made_anew_and_given_to_others(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = str(home.parent / "central-recovery.key"), str(tmp_path / "new.key")
    issued = asked(home, capsys, "keys", "issue", "--withdraw", "--host", "homeward.example", *keepers_words(home))
    changed = asked(
        home, capsys, "keys", "change", *keepers_words(home), "--recovery-key", old, *CHEAP,
        *keepers_words(home, flag="--new-keeper", count=3)[2:], "--new-recovery-key", new,
    )  # fmt: skip
    shown = asked(home, capsys, "keys", "show")

    assert (issued["withdrawn"], issued["by"]) == (True, ["Ada Ruiz", "Ben Sato"])
    assert "homeward.example" in str(issued["hosts"])
    assert changed["keepers"] == ["Ben Sato", "Cy Okoro"]
    assert shown == {"protected": True, "recovery_key_signed": True, "keepers": ["Ben Sato", "Cy Okoro"]}


def test_a_home_of_before_says_so_and_is_protected(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (home / "keys").iterdir():
        file.unlink()
    fill(home / "keys", START)
    refused = run(home, "revoke", "ELM-0142", "--wipe", *keepers_words(home), capsys=capsys)
    served = run(home, "serve", "--port", "70000", capsys=capsys)
    shown = asked(home, capsys, "keys", "show")
    stick = str(tmp_path / "stick.key")
    status, _, told = run(home, "keys", "protect", *keepers_words(home), *CHEAP, "--recovery-key", stick, capsys=capsys)
    after = run(home, "serve", "--port", "70000", capsys=capsys)

    assert shown == {"protected": False, "recovery_key_signed": False, "keepers": []}
    assert UNPROTECTED in served[2].splitlines()[0]
    assert "keys protect" in refused[2]
    assert (status, "backup" in told) == (0, True)
    assert UNPROTECTED not in after[2]
    assert key_folder.kept_root(home / "keys").names == ["Ada Ruiz", "Ben Sato"]


def test_keepers_type_their_passphrases_and_nothing_of_them_is_shown(tmp_path: Path) -> None:
    """On a terminal, as `init` is really used; the second of Ben's tries is another word."""
    phrases = [KEEPERS[0].passphrase, KEEPERS[0].passphrase, KEEPERS[1].passphrase, KEEPERS[1].passphrase + "s"]
    ours, theirs = pty.openpty()
    home = tmp_path / "central"
    words = ("init", "--council-file", COUNCIL_FILE, "--keeper", "Ada Ruiz", "--keeper", "Ben Sato", *CHEAP)
    command = [sys.executable, "-m", "central", "--home", str(home), *words, "--recovery-key", str(tmp_path / "a.key")]
    with Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as typing:
        os.close(theirs)
        said = b""
        for phrase in phrases:
            while not said.endswith(b": "):
                said += os.read(ours, 1024)
            said += b"\n"
            os.write(ours, phrase.encode() + b"\n")
        while True:
            try:
                said += os.read(ours, 1024)
            except OSError:  # the other end is closed
                break
    os.close(ours)

    assert typing.returncode == 1
    assert b"Ben Sato typed two different passphrases" in said
    assert not any(word.encode() in said for keeper in KEEPERS[:2] for word in keeper.passphrase.split())
    assert not home.exists()


def test_the_next_root_is_founded_by_two_and_noted(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = str(home.parent / "central-recovery.key"), str(tmp_path / "new.key")
    rest = (
        "--recovery-key",
        old,
        *CHEAP,
        *keepers_words(home, flag="--new-keeper", count=3),
        "--new-recovery-key",
        new,
    )
    alone = run(home, "keys", "new-root", *keepers_words(home, count=1), *rest, capsys=capsys)
    told = asked(home, capsys, "keys", "new-root", *keepers_words(home), *rest)
    shown = run(home, "certificate", "show", capsys=capsys)[1]
    notes = json.loads(run(home, "keys", "notes", "--json", capsys=capsys)[1])

    assert (alone[0], alone[2].count("\n")) == (1, 1)
    assert told["keepers"] == ["Ada Ruiz", "Ben Sato", "Cy Okoro"]
    assert str(told["until"]) > str(told["follow_by"]) > START.date().isoformat()
    assert str(told["until"]) in shown
    assert [(note["what"], note["by"]) for note in notes] == [("next root", "Ada Ruiz, Ben Sato")]
    assert asked(home, capsys, "keys", "show")["recovery_key_signed"] is True
