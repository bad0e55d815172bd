"""The folder: all of the child's, nothing of her sister's, every word about others marked, noted on both sides."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.practice.copies.copy_table import COPY
from casework.records import field_path
from central.__main__ import main
from central.disclosure.bundle_pages import DECIDE, RECORDS
from tests.central.disclosure.twins import FILE, OTHERS_SECRET, PICTURE, with_twins
from tests.central.pushing import Pusher
from tests.central.running import Council, keepers_words


class Exported:
    """What the verb wrote about Zoë, and the council it was written from."""

    def __init__(self, council: Council, folder: Path, said: str) -> None:
        self.council, self.folder, self.said = council, folder, said

    def text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8-sig")

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.text(name))))

    def marks(self, question: str) -> list[tuple[str, str]]:
        return [(row["why"], row["what"]) for row in self.rows("decide.csv") if question in row["question"]]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    folder = tmp_path_factory.mktemp("access")
    council = Council.found(folder / "central")
    with_twins(council)
    out = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", out)
        words = ("subject-access", "zoe", "--for", "mo", "--to", str(folder / "zoe"))
        done = main(["--home", str(council.home.folder), *words, *keepers_words(council.home.folder)])
    assert done == 0
    yield Exported(council, folder / "zoe", out.getvalue())
    council.service.close()


def test_everything_of_the_child_is_told_in_words_with_who_wrote_it_when(exported: Exported) -> None:
    page = exported.text(RECORDS)

    for words in ("1 Mill Lane", "Born 27 March 2012", "Mia was there. &lt;script&gt;", "Ann, Missing advocate"):
        assert words in page
    assert "27 March 2026, 15:32" in page
    history = [row for row in exported.rows("history.csv") if "Return home interview" in row["record"]]
    assert [row["who"] for row in history] == ["Ann, Missing advocate"] * 3
    assert "At the old bus stop" in history[1]["what"]
    assert "At the bus stop" in history[2]["what"]


def test_nothing_of_a_sister_gets_in_and_each_word_about_her_is_marked(exported: Exported) -> None:
    for file in exported.folder.rglob("*"):
        assert not file.is_file() or OTHERS_SECRET.encode() not in file.read_bytes()
    assert "talk-mia" not in exported.text("records.json")

    assert ("Another child is named", "It names Mia Marsh, of whom this service holds records.") in exported.marks(
        "before"
    )
    everywhere = exported.rows("decide.csv")
    assert any(row["what"] == "Return home interview of Mia Marsh names Zoë Marsh." for row in everywhere)


def test_each_free_word_name_and_file_is_marked_and_nothing_is_left_out_for_it(exported: Exported) -> None:
    assert ("Somebody else is named", "It stands in a row that names somebody.") in exported.marks("How they met")
    assert any("Dexter Doyle" in what for _, what in exported.marks("Name"))
    assert [why for why, _ in exported.marks("File")] == ["A picture or document"]
    assert any(why == "Free words" for why, _ in exported.marks("History"))
    assert "Dex Doyle" in exported.text(RECORDS)


def test_what_was_shared_behind_the_childs_back_is_marked_whoever_asks(exported: Exported) -> None:
    rows = [row for row in exported.rows("decide.csv") if "without the child’s yes" in row["what"]]

    assert {row["why"] for row in rows} == {"Not for the child’s own copy"}
    assert len(rows) == 2


def test_a_file_lies_in_the_folder_under_a_number_whatever_it_was_called(exported: Exported) -> None:
    assert [file.name for file in (exported.folder / "files").iterdir()] == ["001.jpg"]
    assert (exported.folder / "files" / "001.jpg").read_bytes() == PICTURE
    assert str(FILE["name"]) not in exported.text(RECORDS)
    assert 'href="files/001.jpg"' in exported.text(RECORDS)


def test_whoever_decides_is_told_first_what_is_not_here(exported: Exported) -> None:
    page = exported.text(DECIDE)

    assert "It is for Mo, Missing team manager, who decides" in page
    assert "what a laptop has not sent yet" in page
    assert f"begin with: {exported.folder / DECIDE}" in exported.said


def test_only_the_services_account_may_read_it(exported: Exported) -> None:
    assert stat.S_IMODE(exported.folder.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) & 0o77 == 0 for file in exported.folder.rglob("*") if file.is_file())


def test_it_is_noted_where_the_administrator_and_where_the_manager_see_it(
    exported: Exported, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--home", str(exported.council.home.folder), "keys", "notes", "--json"]) == 0
    (noted,) = json.loads(capsys.readouterr().out)
    assert (noted["what"], noted["child"], noted["officer"]) == ("subject access", "zoe", "mo")
    assert noted["by"] == "Ada Ruiz, Ben Sato"

    sent = [item.op for item in Pusher.of(exported.council, "mo").pull().items if item.op]
    (copy,) = [json.loads(op.payload) for op in sent if json.loads(op.payload)["form_id"] == COPY]
    said = {change["path"]: change["value"] for change in copy["changes"]}
    assert said[field_path("about")] == "zoe"
    assert said[field_path("made_by")] == "Ada Ruiz and Ben Sato"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("zoe", "--for", "ann"), "Ann cannot decide what is given out."),
        (("zoe", "--for", "nobody"), "No officer has the id nobody."),
        (("9999", "--for", "mo"), "Nothing is held about a child 9999."),
    ],
)
def test_what_cannot_be_exported_is_said_and_nothing_is_written(
    exported: Exported, tmp_path: Path, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home = exported.council.home.folder
    to = ("--to", str(tmp_path / "out"))
    assert main(["--home", str(home), "subject-access", *words, *to, *keepers_words(home)]) == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_one_keeper_alone_or_a_folder_in_use_makes_none(
    exported: Exported, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = str(exported.council.home.folder)
    words = ("subject-access", "zoe", "--for", "mo", "--to")
    assert main(["--home", home, *words, str(tmp_path / "out")]) == 1
    assert "Two keepers" in capsys.readouterr().err
    one = keepers_words(exported.council.home.folder, count=1)
    assert main(["--home", home, *words, str(tmp_path / "out"), *one]) == 1
    assert main(["--home", home, *words, str(exported.folder), *one]) == 1
    assert "is there already" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
