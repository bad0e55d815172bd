"""The way into a store by the command line: a code at the start, a forgotten passphrase, a changed one."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Laptop

SECOND = "copper anthem walrus ladder quilt"
THIRD = "quilt lantern walrus gravel mosaic"


def test_a_forgotten_passphrase_then_a_new_code_and_a_changed_passphrase(tmp_path: Path) -> None:
    laptop, new = Laptop(tmp_path / "home"), tmp_path / "new.txt"
    code = laptop.ok("setup", "--name", "Nadia")["recovery_code"]
    new.write_text(SECOND)
    assert laptop.ok("recover", code, "--new-passphrase-file", new) == {"vault": "vault-1", "name": "Nadia"}
    forgotten = laptop.run("recovery-code")
    later = laptop.run("recovery-code", passphrase=SECOND)
    new.write_text(THIRD)
    changed = laptop.run("passphrase", "--new-passphrase-file", new, passphrase=SECOND)
    ended = laptop.run("recover", code, "--new-passphrase-file", new)

    assert (forgotten.code, later.code, changed.code, ended.code) == (1, 0, 0, 1)
    assert later.json["recovery_code"] != code
    assert laptop.run("records", passphrase=THIRD).code == 0


def test_a_mistyped_code_is_refused_in_words(tmp_path: Path) -> None:
    laptop, new = Laptop(tmp_path / "home"), tmp_path / "new.txt"
    laptop.ok("setup", "--name", "Nadia")
    new.write_text(SECOND)
    done = laptop.run("recover", "ABCD-EFGH", "--new-passphrase-file", new)

    assert (done.code, done.err) == (1, "A recovery code has 34 letters and figures; this has 8.\n")


def test_everything_is_written_anew_after_a_compromise(tmp_path: Path) -> None:
    laptop, new = Laptop(tmp_path / "home"), tmp_path / "new.txt"
    code = laptop.ok("setup", "--name", "Nadia")["recovery_code"]
    new.write_text(SECOND)
    done = laptop.run("rekey", "--new-passphrase-file", new)

    assert done.code == 0
    assert "Writing everything anew: 1 of 1" in done.err
    assert done.json["recovery_code"] != code
    assert laptop.run("records").code == 1
    assert laptop.run("recover", code, "--new-passphrase-file", new).code == 1
    trail = laptop.run("audit", passphrase=SECOND)
    assert trail.json["good"]
    assert "rekeyed" in [entry["event"] for entry in trail.json["entries"]]
