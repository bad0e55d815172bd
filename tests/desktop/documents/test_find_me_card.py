"""The card is one page whatever the plan holds: every entry stands on it whole, or is named as left out."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.documents.find_me_card import PaperCard, card_pdf
from desktop.paths import fonts
from judgement.attached import attached_in

NAMES = ("Medicine", "Health", "Looks like", "Bring back to", "Risk", "Best way to talk")
WORDS = [
    "Tay’s",
    "flat,",
    "the",
    "skate",
    "park",
    "at",
    "Łódź",
    "Street,",
    "asthma,",
    "a",
    "blue",
    "coat,",
    "01632",
    "960118,",
    "nobody,",
    "on",
    "Thursdays",
]


def said(chance: random.Random, most: int) -> str:
    """Words of any number, with a mark of its own at either end."""
    words = " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, most)))
    return f"Q{chance.randint(1000, 9999)} {words} Z{chance.randint(1000, 9999)}"


def card_of(seed: int) -> PaperCard:
    chance = random.Random(seed)
    most = chance.choice((4, 30, 120, 700))
    pairs = [[(said(chance, 3), said(chance, most)) for _ in range(chance.randint(0, count))] for count in (8, 5)]
    return PaperCard(
        title="Find Me card, Wren",
        name=said(chance, chance.choice((1, 4, 60))),
        line="Born 4 May 2012. Find Me Plan, version 4",
        warning=chance.choice(("", "Missing again since this plan was agreed: it is due for review.")),
        picture=None,
        taken="",
        lines=[(name, said(chance, most)) for name in NAMES if chance.random() < 0.8],
        places=pairs[0],
        calls=pairs[1],
        foot="Made 27 March 2026, 14:32 by Nadia Brightwater. Confidential.",
        urgent=("Ring police when", said(chance, most)) if chance.random() < 0.8 else None,
        author="Nadia Brightwater",
        made=datetime(2026, 3, 27, 14, 32, tzinfo=UTC),
    )


def hold(seeds: range) -> int:
    """How many cards had to leave something out."""
    short = 0
    for seed in seeds:
        card = card_of(seed)
        document = card_pdf(card, fonts())
        pages = pypdfium2.PdfDocument(document)
        words = re.sub(r"\s+", " ", pages[0].get_textpage().get_text_range())
        record = attached_in(PdfFileReader(io.BytesIO(document)))
        assert record is not None
        here, left = record.values["lines"], record.values["left_out"]
        every = [*([card.urgent] if card.urgent else []), *card.lines, *card.places, *card.calls]

        assert len(pages) == 1, seed
        assert isinstance(here, list), seed
        assert isinstance(left, list), seed
        assert all(list(pair) in here for pair in every) is not bool(left), seed
        assert [pair for pair in every if (list(pair) in here) is not all(part in words for part in pair)] == [], seed
        assert [name for name in left if str(name) not in words] == [], seed
        short += bool(left)
    return short


def test_every_entry_stands_on_one_page_whole_or_is_named() -> None:
    """A hundred cards of chance, from four words an entry to seven hundred; some have room for all, some do not."""
    assert 20 < hold(range(100)) < 90


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_every_entry_stands_on_one_page_whole_or_is_named_at_length(part: int) -> None:
    assert hold(range(1000 + 250 * part, 1250 + 250 * part)) > 40


def test_whom_to_ring_comes_before_all_that_is_long() -> None:
    card = card_of(7)
    words = "Nobody knows. " * 900
    long = replace(card, lines=[("Looks like", words)], places=[], calls=[("Sam", "01632 960118")])
    found = pypdfium2.PdfDocument(card_pdf(long, fonts()))[0].get_textpage().get_text_range()

    assert "Sam 01632 960118" in re.sub(r"\s+", " ", found)
    assert "left out whole: Looks like. Ask Nadia Brightwater" in re.sub(r"\s+", " ", found)
