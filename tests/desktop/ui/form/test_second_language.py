"""A home where another language is spoken: both on the page, words kept as they were said, both in the child’s copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextEdit

from casework.practice.council import load_council
from casework.practice.languages.beside_english import NOT_CHECKED
from desktop.demo.walk.hand import pause
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.forms.catalogue import Catalogue
from desktop.paths import resources
from desktop.store.database.remembered import CERTIFICATE, Certificate
from desktop.ui.find.page import PAUSE_MS
from tests.desktop.documents.conformance import conformance
from tests.desktop.documents.conformance import text_of as text_in
from tests.desktop.documents.council import Council
from tests.desktop.documents.lettering.test_four_readers import languages
from tests.desktop.ui.conftest import Driven

ROTHERHAM = resources() / "councils" / "rotherham.toml"


def with_languages(catalogue: Catalogue, *on: str) -> Catalogue:
    """The same forms, for a council that has switched these on."""
    text = ROTHERHAM.read_text(encoding="utf-8") + f"\n[languages]\non = {list(on)}\n"
    return catalogue.under(load_council(text, file="ashmere.toml"), ())


@pytest.fixture
def switched_on(driven: Driven, catalogue: Catalogue) -> Driven:
    driven.shell.desk.catalogue = with_languages(catalogue, "pl", "ar", "ur")
    return driven


def text_of(driven: Driven, name: str) -> str:
    found = driven.find(name, QLabel)
    assert isinstance(found, QLabel)
    return found.text()


def chooses(driven: Driven, language: str) -> None:
    """By keyboard, at the question which language was used."""
    driven.go("form", driven.planted.interview_id, "meeting")
    driven.type("f/language", language)
    driven.autosaved()


def writes(driven: Driven, name: str, words: str) -> None:
    box = driven.find(name, QTextEdit)
    assert isinstance(box, QTextEdit)
    box.setFocus()
    box.insertPlainText(words)
    driven.autosaved()


def all_words(driven: Driven) -> list[str]:
    return [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]


def test_a_language_that_is_on_stands_beside_english_and_says_that_nobody_checked_it(switched_on: Driven) -> None:
    driven = switched_on
    chooses(driven, "Polish")
    assert NOT_CHECKED in text_of(driven, "section/language")
    assert "Jeśli Ty lub ktoś inny nie jest bezpieczny" in text_of(driven, "f/sharing_explained/beside/hint")

    driven.go("form", driven.planted.interview_id, "your_words")
    words = all_words(driven)

    assert "What was going on before you left?" in words
    assert text_of(driven, "f/before/beside") == "Co się działo, zanim Cię nie było?"
    assert "Okay: Dobrze" in text_of(driven, "f/how_now/hints")
    assert NOT_CHECKED in text_of(driven, "section/draft")
    assert text_of(driven, "section/draft/beside").startswith("To tłumaczenie jest wersją roboczą.")


def test_one_written_from_the_right_stands_at_the_right(switched_on: Driven) -> None:
    chooses(switched_on, "Arabic")
    switched_on.go("form", switched_on.planted.interview_id, "your_words")
    found = switched_on.find("f/before/beside", QLabel)
    assert isinstance(found, QLabel)

    assert found.text() == "ماذا كان يحدث قبل أن تذهب؟"
    assert found.alignment() & Qt.AlignmentFlag.AlignRight


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("French", "The questions are in English only: your council has not switched French on."),
        ("Another", "The questions are in English only: Homeward has no words in this language."),
    ],
)
def test_one_that_is_off_leaves_english_alone_and_says_why(switched_on: Driven, language: str, why: str) -> None:
    chooses(switched_on, language)
    assert text_of(switched_on, "section/language") == why

    switched_on.go("form", switched_on.planted.interview_id, "your_words")
    assert not switched_on.shows("section/draft")
    assert not switched_on.shows("f/before/beside")


def test_english_shows_and_reads_nothing_more(driven: Driven) -> None:
    """Off by default: no file of a language is opened for a council that has none on."""
    chooses(driven, "English")
    driven.go("form", driven.planted.interview_id, "your_words")

    assert not driven.shows("section/language")
    assert not driven.shows("section/draft")
    assert driven.shell.desk.catalogue.languages.on() == ()


def test_a_language_chosen_on_the_page_of_its_questions_changes_them_at_once(switched_on: Driven) -> None:
    """In the Find Me Plan “My language” stands above “How best to talk with me”."""
    desk = switched_on.shell.desk
    plan = editing.new_record(desk, "find_me_plan", switched_on.planted.child_id, {})
    switched_on.go("form", plan, "who")
    assert not switched_on.shows("f/communication/beside")
    switched_on.type("f/language", "Urdu")
    switched_on.autosaved()

    assert text_of(switched_on, "f/communication/beside") == "مجھ سے بات کرنے کا سب سے اچھا طریقہ"


SAID = "Poszłam do babci, bo było głośno."
IN_ENGLISH = "I went to my gran because it was loud."


def test_words_are_kept_as_said_with_their_english_and_both_are_in_the_childs_copy(
    switched_on: Driven, tmp_path: Path
) -> None:
    """From choosing the language to the copy read back; both are found by searching."""
    driven, desk = switched_on, switched_on.shell.desk
    mine = Council().officer("Nadia Brightwater")
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    chooses(driven, "Polish")
    driven.go("form", driven.planted.interview_id, "your_words")
    assert not driven.shows("f/before_english")
    writes(driven, "f/before", SAID)
    writes(driven, "f/before_english", IN_ENGLISH)
    driven.click("f/how_now/mixed")
    driven.autosaved()
    for words in ("babci", "gran because"):
        driven.go("find")
        driven.type("find/text", words)
        pause(PAUSE_MS + 50)
        driven.settle()
        assert driven.shows(f"find/{driven.planted.interview_id}"), words

    signing.lock_record(desk, driven.planted.interview_id, name="Nadia Brightwater", ink=None)
    to = tmp_path / "copy.pdf"
    driven.go("documents", driven.planted.interview_id)
    driven.find("documents/copy").setFocus()
    driven.key(Qt.Key.Key_End)  # the child’s own stands last
    driven.find("documents/to").setText(str(to))  # type: ignore[attr-defined]
    driven.click("documents/save")
    driven.settle()
    text = text_in(to)

    assert SAID in text
    assert IN_ENGLISH in text
    assert "What was going on before you left?" in text
    assert "Co się działo, zanim Cię nie było?" in text
    assert "Mixed" in text
    assert "Różnie" in text
    assert NOT_CHECKED in text
    assert "Nie sprawdził go jeszcze wykwalifikowany tłumacz." in text
    with to.open("rb") as stream:
        assert "pl" in languages(PdfFileReader(stream).root["/StructTreeRoot"])
    assert conformance(to) == ["PASS 3a", "PASS ua1"]
