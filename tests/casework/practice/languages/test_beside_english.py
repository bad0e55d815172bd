"""What stands beside English: words, answers, the sentence of a draft, and why there is nothing."""

from __future__ import annotations

from datetime import date

from casework.canonical import JSON
from casework.practice.languages.beside_english import NOT_CHECKED, LanguageShelf
from casework.practice.languages.language_file import CheckedBy, CouncilLanguages
from desktop.compose import build_catalogue
from tests.casework.practice.languages.test_language_file import LEAST

QUESTION = build_catalogue().form("return_home_interview").question

MORE = """"{child} did not want to say" = "{child} nie chce"
"Mixed" = "Różnie"
"A row at home" = "Kłótnia"
"How are you now?" = "Jak się czujesz?"
"Getting away from" = "Od czego"
"What was going on before you left?" = "Co było przedtem?"
"I explained what I may have to pass on" = "Wyjaśniłam"
"""


def shelf(council: CouncilLanguages, reads: list[str] | None = None) -> LanguageShelf:
    def text_of(tag: str) -> str:
        (reads if reads is not None else []).append(tag)
        return LEAST + MORE

    return LanguageShelf(text_of, council)


def test_nothing_is_read_until_somebody_needs_it_and_then_once() -> None:
    reads: list[str] = []
    found = shelf(CouncilLanguages(on=("pl",)), reads)

    assert found.on() == (("pl", "Polish"),)
    assert found.beside("English") is None
    assert found.beside("Urdu") is None
    assert reads == []
    assert found.beside("Polish") == found.beside("pl")
    assert reads == ["pl"]


def test_the_child_stands_in_it_and_what_is_missing_is_left_to_english() -> None:
    on = shelf(CouncilLanguages(on=("pl",)))
    wren, nobody = on.beside("pl", "Wren"), on.beside("pl")
    assert wren is not None
    assert nobody is not None

    assert wren.says("{child} did not want to say") == "Wren nie chce"
    assert nobody.says("{child} did not want to say") == "dziecko nie chce"
    assert wren.says("Who was kind to you?") == ""
    assert wren.says_answer(QUESTION("how_now"), "mixed") == "Różnie"
    assert wren.says_answer(QUESTION("how_now"), "okay") == ""
    assert wren.says_answer(QUESTION("sharing_explained"), value=True) == "Tak"
    ticked: list[JSON] = [{"code": "argument_at_home", "said_by": ["child_said"]}]
    assert wren.says_answer(QUESTION("push_factors"), ticked) == "Kłótnia"
    assert wren.says_answer(QUESTION("push_factors"), [*ticked, {"code": "bullying"}]) == ""
    assert wren.says_answer(QUESTION("before"), "Mixed") == ""
    assert wren.says_answer(QUESTION("seen_alone"), value=True) == "", "its question has no translation"


def test_a_draft_says_so_in_both_and_checked_words_say_by_whom() -> None:
    draft = shelf(CouncilLanguages(on=("pl",))).beside("Polish")
    checked = CheckedBy(by="Anna Wójcik", on=date(2026, 11, 30), version=1)
    sound = shelf(CouncilLanguages(on=("pl",), checked={"pl": checked})).beside("Polish")
    assert draft is not None
    assert sound is not None

    assert NOT_CHECKED in draft.notice
    assert draft.own_notice == "Wersja robocza."
    assert sound.notice == "The words in Polish were checked by Anna Wójcik on 30 November 2026."
    assert sound.own_notice == ""


def test_why_there_is_only_english() -> None:
    found = shelf(CouncilLanguages())

    assert found.standing("English") == ""
    assert found.standing(None) == ""
    assert found.standing("Polish") == "The questions are in English only: your council has not switched Polish on."
    assert found.standing("BSL") == "The questions are in English only: Homeward has no words in this language."
