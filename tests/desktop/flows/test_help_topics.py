"""Help says something of every page, in our own words, and finds it by them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casework.errors import KnownError
from desktop.cli import parse_arguments
from desktop.flows.help_topics import HOW, about_place, how_it_works, search, topics
from desktop.ui.screens import SCREENS
from desktop.verbs.deeds import DEEDS
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate
from tests.desktop.flows.conftest import CATALOGUE


@pytest.mark.parametrize("place", sorted(SCREENS))
def test_every_page_of_the_window_is_explained(place: str) -> None:
    found = about_place(place)

    assert found is not None
    assert found.text


def test_no_page_is_explained_twice_and_none_that_is_not_there() -> None:
    places = [place for topic in topics() for place in topic.places]

    assert sorted(places) == sorted(set(places))
    assert set(places) <= set(SCREENS)
    assert len({topic.id for topic in topics()}) == len(topics())


def test_how_it_works_is_told_whole() -> None:
    """Where words are, locking, others, who sees what, a lost laptop, a forgotten passphrase."""
    assert len(how_it_works()) == 7
    assert all(topic.title.startswith(HOW) for topic in how_it_works())


def test_its_words_are_plain() -> None:
    words = " ".join(part for topic in topics() for part in (topic.title, *topic.text)).lower()

    assert not re.findall(r"\b(please|invalid|failed|oops|sync|synced|abscond\w*|simply)\b|\*", words)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("forgot", "How it works: a forgotten passphrase"),
        ("STOLEN laptop", "How it works: a lost or stolen laptop"),
        ("blank for", "Blank forms"),
        ("lid battery", "Filling in a form"),
        ("large type", "Blank forms"),
    ],
)
def test_it_is_found_by_beginnings_of_words_titles_first(typed: str, first: str) -> None:
    assert search(typed)[0].title == first


def test_nothing_typed_finds_nothing() -> None:
    assert search("  ") == search("?!") == search("zzz") == ()


def test_the_verb_needs_no_store(tmp_path: Path) -> None:
    gate = quick_gate(tmp_path / "none", CATALOGUE, Clock())

    def how(*words: str) -> str:
        args = parse_arguments(["how", *words])
        return DEEDS[args.verb](args, gate)[1]

    assert "Blank forms" in how().splitlines()
    assert "two keepers of its keys" in how("forgotten", "passphrase")
    with pytest.raises(KnownError, match="Nothing in Help has these words"):
        how("zzz")
    assert not (tmp_path / "none").exists()
