"""Letters as they ship and as a council words them: what may stand in one, and what is refused with file and line."""

from __future__ import annotations

import pytest

from casework.errors import DefinitionError, KnownError
from casework.practice.letters.letter_shelf import LetterShelf
from casework.practice.letters.letter_template import LetterTemplate
from tests.casework.practice.letters.shipped import LETTERS, texts, with_council

OWN = """
[letters.receipt_to_school]
version = 3
subject = "Your referral of {child} has come"

[[letters.receipt_to_school.block]]
text = "Ashmere thanks you for {sent}."
"""


def test_every_kind_of_the_form_has_its_text_and_says_where_it_rests() -> None:
    kinds = {option.code for option in LETTERS.library.form("letter").question("kind").options}

    assert kinds == {letter.id for letter in LETTERS.shelf}
    assert all(letter.source and letter.blocks and letter.places for letter in LETTERS.shelf)


def test_a_council_words_a_letter_itself_and_its_own_version_is_named() -> None:
    found = with_council(OWN).letter("receipt_to_school")

    assert found.subject == "Your referral of {child} has come"
    assert found.wording == "Receipt of a referral, version 3, this council’s own"
    assert [block.lines for block in found.blocks] == [("Ashmere thanks you for {sent}.",)]
    assert found.fills == {"receipt_sent_on": "sent_on"}


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("[letters.receipt_to_school]\nsubject = 'x'", "'version' is missing"),
        ("[letters.receipt_to_school]\nversion = 2\nreader = 'police'", "no setting is called 'reader'"),
        ("[letters.receipt_to_school]\nversion = 2\nfills = {}", "no setting is called 'fills'"),
        ("[letters.receipt_to_school]\nversion = 2\nsubject = '{outcome}'", "no place of this letter is called"),
        ("[letters.recept]\nversion = 2", "no letter is called 'recept'"),
    ],
)
def test_a_council_changes_words_and_nothing_else(own: str, says: str) -> None:
    """Who reads a letter, what it may hold and what it records are no matter of wording."""
    with pytest.raises(DefinitionError, match=says) as refused:
        with_council(own)

    assert refused.value.file == "rotherham.toml"


@pytest.mark.parametrize(
    ("letter", "before", "after", "says"),
    [
        ("receipt_to_school", "case.submitted_on", "case.enquiries.result", "is not for the reader"),
        ("receipt_to_school", "case.submitted_on", "case.flags", "is not for the reader"),
        ("request_to_council", "case.last_attended", "case.team_says", "is not for the reader"),
        ("request_to_council", "case.parents.name", "case.parents.phone", "is not for the reader"),
        ("s436a_enquiry", "from = \"said\"", "from = \"case.s436a_reply\"", "is not for the reader"),
        ("first_letter_to_family", "child.name", "child.cse_level", "is not for the reader"),
        ("receipt_to_school", "case.submitted_on", "case.nothing", "asks no question"),
        ("receipt_to_school", "case.submitted_on", "case.parents", "asks no question"),
        ("place_reminder", "sent.place_offered", "sent.nothing", "no letter is called"),
        ("receipt_to_school", "receipt_sent_on = ", "nothing = ", "cannot be filled"),
        ("request_to_council", "of = \"=other_la\"", "of = \"to\"", "cannot be filled"),
        ("request_to_council", "by = \"sent_by\"", "whom = \"sent_by\"", "has no column"),
        ("receipt_to_school", "from = \"said\"", "from = \"somewhere\"", "is no source"),
        ("s437_notice", "letter.answer_by", "letter.mood", "a letter has no"),
        ("receipt_to_school", "{sent}", "{went}", "no place of this letter is called"),
        ("receipt_to_school", "about = [\"cme_case\", ", "about = [\"cme_cases\", ", "there is no form called"),
    ],
)  # fmt: skip
def test_what_its_reader_may_not_have_and_what_is_not_there_are_refused(
    letter: str, before: str, after: str, says: str
) -> None:
    held = texts()
    assert before in held[f"{letter}.toml"]
    held[f"{letter}.toml"] = held[f"{letter}.toml"].replace(before, after, 1)

    with pytest.raises(DefinitionError, match=says):
        LetterShelf(held, LETTERS.library)


def test_who_may_send_a_letter_decides_what_is_offered() -> None:
    def named(form: str, role: str) -> set[str]:
        found: tuple[LetterTemplate, ...] = LETTERS.shelf.about(form, role)
        return {one.id for one in found}

    assert "s437_notice" in named("ehe_case", "attendance_lead")
    assert "s437_notice" not in named("ehe_case", "ehe_officer")
    assert "deregistration" not in named("cme_case", "allocated_worker")
    assert {one.id for one in LETTERS.shelf.about("cme_referral", "cme_officer", 5)} == named("cme_case", "cme_officer")
    assert LETTERS.shelf.about("cme_referral", "cme_officer", 6) == ()
    assert named("return_home_interview", "cme_officer") == set()


def test_a_letter_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(KnownError, match=r"receipt_to_school"):
        LETTERS.shelf.letter("receipt")
