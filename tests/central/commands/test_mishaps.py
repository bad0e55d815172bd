"""An administrator's ordinary mistakes: one sentence and 1, never a traceback, and nothing half done."""

from __future__ import annotations

import gc
import json
import socket
from pathlib import Path

import pytest

from central.__main__ import main
from tests.central.running import Council, init_words, running

ANSWERING = ("--key", "FOLDER/none", "--standing", "FOLDER/none", "--to", "FOLDER/answer", "--note", "FOLDER/note")


def run(home: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["--home", str(home), *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def council(tmp_path: Path) -> Council:
    found = Council.found(tmp_path / "central")
    found.officer("jo")
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ("--database", "nonsense"),
        ("--database", "sqlite:////no-such-folder/at/all.sqlite"),
        ("--host", "bad host"),
        ("--host", ""),
        ("--council", " "),
    ],
)
def test_a_mistake_in_init_is_told_and_leaves_room_for_the_next_try(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """The keys were made first, and then stood in the way of the same command typed rightly."""
    status, _, err = run(tmp_path / "central", *init_words(tmp_path / "central"), *arguments, capsys=capsys)

    assert (status, err.count("\n")) == (1, 1), err
    assert run(tmp_path / "central", *init_words(tmp_path / "central"), capsys=capsys)[0] == 0


@pytest.mark.parametrize("name", ["Ōtsuka " * 30, "x" * 200, "王" * 100, "e\u0301" * 90])
def test_a_council_and_an_officer_may_have_long_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A certificate's 64 are bytes: `init` ended in a traceback, and joining in a 500."""
    home = tmp_path / "central"
    assert run(home, *init_words(home), "--council", name, capsys=capsys)[0] == 0
    status, out, err = run(
        home, "officer", "add", "--id", "jo", "--name", name, "--role", "missing_advocate", "--json", capsys=capsys
    )

    assert status == 0, err
    assert json.loads(out)["name"] == name


@pytest.mark.parametrize(
    "arguments",
    [
        ("officer", "add", "--id", "a b:c", "--name", "X", "--role", "missing_advocate"),
        ("officer", "add", "--id", "", "--name", "X", "--role", "missing_advocate"),
        ("officer", "add", "--id", "x", "--name", "  ", "--role", "missing_advocate"),
        ("allocate", "jo", "no-such-child"),
        ("allocate", "jo", "no-such-child", "--expected", "--strand", "no-such-strand"),
        ("allocate", "jo", "no-such-child", "--expected", "--strand", "education"),
        ("form", "publish", "FOLDER/none.toml"),
        ("form", "publish", "FOLDER"),
        ("form", "publish", "FOLDER/bytes"),
        ("backup", "--to", "FOLDER/bytes"),
        ("export", "children", "--to", "FOLDER"),
        ("export", "children", "--to", "FOLDER/x.csv", "--columns", "FOLDER/bytes"),
        ("export", "children", "--to", "FOLDER/x.csv", "--columns", "FOLDER/number.toml"),
        ("export", "children", "--to", "FOLDER/x.csv", "--columns", "FOLDER/shape.toml"),
        ("export", "children", "--to", "FOLDER/x.csv", "--columns", "FOLDER/question.toml"),
        ("import", "children", "FOLDER/none.csv"),
        ("import", "children", "FOLDER"),
        ("serve", "--port", "70000"),
        ("recover", "noted", "FOLDER/bytes"),
        ("recover", "noted", "FOLDER/none"),
        ("recover", "standing", "--to", "FOLDER"),
        ("recover", "answer", "FOLDER/bytes", *ANSWERING),
        ("recover", "answer", "FOLDER/none", *ANSWERING),
        ("revoke", "ELM-9999", "--wipe"),
        ("revoke", "ELM-9999", "--wipe", "--keeper", "Ada Ruiz", "--keeper", "Ben Sato"),
        ("revoke", "ELM-9999", "--wipe", "--keeper", "Ada Ruiz=FOLDER/bytes", "--keeper", "Ben Sato=FOLDER/none"),
        ("keys", "protect", "--keeper", "Ada Ruiz=FOLDER/none", "--recovery-key", "FOLDER/new"),
        ("keys", "protect", "--keeper", "Ada Ruiz", "--keeper", "Ada Ruiz", "--recovery-key", "FOLDER/new"),
        ("keys", "issue", "--withdraw"),
    ],
)
def test_each_mistake_is_one_sentence(
    council: Council, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    (tmp_path / "bytes").write_bytes(b"\xc0\xff\x00")
    (tmp_path / "number.toml").write_text("children = 3\n")
    (tmp_path / "shape.toml").write_text('[children]\ncolumns = "x"\n')
    (tmp_path / "question.toml").write_text('[children]\ncolumns = {"A" = "no_such_question"}\n')
    words = [word.replace("FOLDER", str(tmp_path)) for word in arguments]
    status, out, err = run(council.home.folder, *words, capsys=capsys)

    assert (status, out, err.count("\n")) == (1, "", 1), err
    assert "Traceback" not in err


def test_a_port_that_is_taken_is_told(council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    collected = gc.get_threshold()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        status, out, err = run(council.home.folder, "serve", "--port", port, capsys=capsys)

    assert (status, out) == (1, "")
    assert f"port {port}" in err
    assert gc.get_threshold() == collected


@pytest.mark.parametrize("content", ["{", "[]", '{"council": 3, "database": ""}'])
def test_a_damaged_settings_file_is_told(council: Council, capsys: pytest.CaptureFixture[str], content: str) -> None:
    council.home.settings_file.write_text(content)
    status, _, err = run(council.home.folder, "officer", "list", capsys=capsys)

    assert (status, err.count("\n")) == (1, 1)
    assert "backup" in err


def test_damaged_keys_and_a_lost_database_are_told(council: Council, capsys: pytest.CaptureFixture[str]) -> None:
    council.service.close()
    (council.home.folder / "central.sqlite").unlink()
    lost = run(council.home.folder, "officer", "list", capsys=capsys)
    (council.home.keys / "issuing.key.pem").write_text("not a key")
    damaged = run(council.home.folder, "device", "code", "jo", capsys=capsys)

    assert (lost[0], lost[2].count("\n")) == (1, 1)
    assert (damaged[0], damaged[2].count("\n")) == (1, 1)


def test_an_allocation_says_what_it_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a restore an administrator may allocate a child whom a laptop has yet to bring again."""
    with running(tmp_path / "central") as council:
        council.officer("jo")
        expected = run(council.home.folder, "allocate", "jo", "child-1", "--expected", "--json", capsys=capsys)
        ended = run(council.home.folder, "allocate", "jo", "child-1", "--end", "--json", capsys=capsys)

    assert json.loads(expected[1])["changed"] == 2
    assert json.loads(ended[1])["changed"] == 2
