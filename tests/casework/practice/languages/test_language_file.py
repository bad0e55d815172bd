"""Every language that ships: complete, of today’s wording, a draft; and what a council may say of it."""

from __future__ import annotations

import pytest

from casework.errors import DefinitionError
from casework.practice.council import Council, load_council
from casework.practice.languages.family_words import EVERYWHERE, FOUR_FORMS, family_words
from casework.practice.languages.language_file import (
    TAGS,
    Language,
    as_council_has_it,
    read_language,
    unsaid,
    untranslated,
)
from desktop.compose import build_catalogue
from desktop.paths import resources

ROTHERHAM = resources() / "councils" / "rotherham.toml"
FOLDER = resources() / "languages"
LEAST = """language = "pl"
spoken = "Polish"
name = "polski"
version = 1
draft = "Wersja robocza."
child = "dziecko"
[words]
"Yes" = "Tak"
"""
# What a language still lacks, by its tag; those that are not named lack nothing.
LACKING: dict[str, int] = {}


def council(more: str) -> Council:
    return load_council(ROTHERHAM.read_text(encoding="utf-8") + more, file="wispmere.toml")


def shipped(tag: str) -> Language:
    return read_language((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"), file=f"{tag}.toml")


@pytest.fixture(scope="module")
def asked() -> dict[str, str]:
    catalogue = build_catalogue()
    found = dict.fromkeys(EVERYWHERE, "every form")
    for form_id in FOUR_FORMS:
        found |= family_words(catalogue.form(form_id))
    return found


@pytest.mark.parametrize("tag", sorted(TAGS.values()))
def test_every_language_has_every_word_and_none_that_no_form_says(tag: str, asked: dict[str, str]) -> None:
    found = shipped(tag)
    missing = list(untranslated(found.words, asked))

    assert found.tag == tag
    assert TAGS[found.spoken] == tag
    assert list(unsaid(found.words, asked)) == []
    assert len(missing) == LACKING.get(tag, 0), missing
    assert found.checked is None
    assert all("{child}" in found.words[english] for english in asked if english == "{child}")


def test_a_wording_that_changed_has_no_translation_any_more(asked: dict[str, str]) -> None:
    """The old one is of words that nobody is asked: it is listed, and shown nowhere."""
    now = {("What was going on that day?" if english == "What was going on before you left?" else english): where
           for english, where in asked.items()}  # fmt: skip

    assert list(untranslated(shipped("pl").words, now)) == ["What was going on that day?"]
    assert list(unsaid(shipped("pl").words, now)) == ["What was going on before you left?"]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ('"pl"', '"xx"', "xx"),
        ('"Polish"', '"Urdu"', "Urdu is the language 'ur'"),
        ('"Tak"', '"Tak, {name}"', "no other braces"),
        ('"Tak"', '"Tak, {child}"', "where its English has it"),
        ("version = 1\n", "", "version"),
    ],
)
def test_a_mistake_is_a_sentence_with_its_line(old: str, new: str, why: str) -> None:
    with pytest.raises(DefinitionError, match=r"pl\.toml") as refused:
        read_language(LEAST.replace(old, new), file="pl.toml")

    assert why in str(refused.value)


def test_a_council_checks_one_version_and_has_words_of_its_own() -> None:
    """A check of an older version is none: what was changed since nobody has looked at."""
    more = '\n[languages]\non = ["pl"]\n[languages.checked.pl]\nby = "Anna Wójcik"\non = 2026-11-30\nversion = 1\n'
    theirs = council(more + '[languages.words.pl]\n"Yes" = "No tak"\n').languages
    first = as_council_has_it(read_language(LEAST, file="pl.toml"), theirs)
    later = as_council_has_it(read_language(LEAST.replace("version = 1", "version = 2"), file="pl.toml"), theirs)

    assert first.checked is not None
    assert (first.checked.by, first.words["Yes"]) == ("Anna Wójcik", "No tak")
    assert later.checked is None


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('on = ["klingon"]', "klingon"),
        ('[languages.words.pl]\n"Yes" = "{name}"', "no other braces"),
        ('[languages.checked.pl]\nby = "A"\nversion = 1', "on"),
    ],
)
def test_a_council_that_names_what_is_not_there_is_told_with_its_line(more: str, why: str) -> None:
    with pytest.raises(DefinitionError, match=r"wispmere\.toml") as refused:
        council(f"\n[languages]\n{more}\n")

    assert why in str(refused.value)
