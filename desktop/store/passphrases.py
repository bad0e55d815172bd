"""Making a passphrase, and judging one that a person made: by what it costs to guess, not by how it looks."""

from __future__ import annotations

import math
import re
import secrets
from functools import cache

from desktop.paths import resources
from desktop.store.errors import WeakPassphrase

WORDS = 5
SAFE_BITS = 64.0  # out of reach for a thief who guesses 600 times a second for centuries (store study, 3)
REPEATED = 1.0
LONGEST_PIN = 8  # figures alone never make a passphrase: people choose dates and rows of keys
YEAR = re.compile(r"(19|20)\d\d")
RUNS = re.compile(r"[^\W\d_]+|\d+|[\W_]+")


@cache
def words() -> tuple[str, ...]:
    """7,772 of them, the four with a dash left out: a random one is worth 12.9 bits."""
    found = (resources() / "wordlists" / "eff_large.txt").read_text("utf-8").split()
    return tuple(word for word in found if word.isalpha())


def generate() -> str:
    """Five different random words, 64.6 bits."""
    return " ".join(secrets.SystemRandom().sample(words(), WORDS))


def bits(passphrase: str) -> float:
    """A cautious estimate of what a patient guesser has to try, as a power of two."""
    known = frozenset(words())
    seen: set[str] = set()
    total = 0.0
    for run in RUNS.findall(passphrase.casefold()):
        total += REPEATED if run in seen else _bits_of(run, known)
        if not run.isspace():
            seen.add(run)
    return total


def refuse_weak(passphrase: str) -> None:
    """Raises WeakPassphrase below what five random words are worth."""
    if bits(passphrase) < SAFE_BITS:
        message = (
            "That passphrase could be guessed by somebody who took this laptop. "
            "Use the five words Homeward offers, or at least five unrelated words of your own."
        )
        raise WeakPassphrase(message)


def _bits_of(run: str, known: frozenset[str]) -> float:
    if run in known:
        return math.log2(len(known))
    if run.isalpha():
        return _letters(run)
    if run.isdigit():
        return 7.0 if YEAR.fullmatch(run) else min(len(run), 3 * len(set(run)), LONGEST_PIN) * math.log2(10)
    return _signs(run)


def _letters(run: str) -> float:
    """Short runs may be random; longer ones are words or names, of which people choose from a few thousand."""
    distinct = len(set(run))
    if len(run) <= 3:
        return distinct * math.log2(26)
    return min(math.log2(6000) + max(0, len(run) - 8) * 1.0, distinct * math.log2(26))


def _signs(run: str) -> float:
    """A single space or dash between words is worth nothing: everybody puts one there."""
    return 0.0 if run in {" ", "-", "_", "."} else len(set(run)) * 4.0
