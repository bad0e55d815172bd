"""Making a passphrase, and judging one that a person made: by what it costs to guess, not by how it looks."""

from __future__ import annotations

import math
import re
from functools import cache
from random import SystemRandom

from desktop.paths import resources
from desktop.store.disk.errors import WeakPassphrase

WORDS = 5
SAFE_BITS = 64.0  # out of reach for a thief who guesses 600 times a second for centuries (store study, 3)
REPEATED = 1.0
OWN_WORD = math.log2(6000)  # a word of one's own: people choose theirs from a few thousand
COUNTS = ("no", "one", "two", "three", "four", "five", "six")
ADVICE = "The five words Homeward suggests are enough; of your own choosing it takes six."
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
    return " ".join(SystemRandom().sample(words(), WORDS))


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


def missing_words(passphrase: str) -> int:
    """How many more words of one's own would make it safe; 0 when it is."""
    return max(0, math.ceil((SAFE_BITS - bits(passphrase)) / OWN_WORD))


def weakness(passphrase: str) -> str:
    """What to do to make it safe; empty when it is. The one judge: a page may ask it at every key."""
    missing = missing_words(passphrase)
    if not missing:
        return ""
    more = "one more word" if missing == 1 else f"{COUNTS[missing]} more words"
    return f"Not strong enough yet. Add {more} that you have not used and that do not belong together."


def refuse_weak(passphrase: str) -> None:
    """Raises WeakPassphrase below what five random words are worth."""
    todo = weakness(passphrase)
    if todo:
        message = f"That passphrase could be guessed by somebody who took this laptop. {todo} {ADVICE}"
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
    return min(OWN_WORD + max(0, len(run) - 8) * 1.0, distinct * math.log2(26))


def _signs(run: str) -> float:
    """A single space or dash between words is worth nothing: everybody puts one there."""
    return 0.0 if run in {" ", "-", "_", "."} else len(set(run)) * 4.0
