"""British English, and beside it a person's own words, which are kept where their records are: encrypted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.paths import resources
from desktop.store.database.remembered import Setting

if TYPE_CHECKING:
    from spylls.hunspell import Dictionary

MY_WORDS: Setting[tuple[str, ...]] = Setting("my_words", tuple[str, ...], ())
MOST_WORDS = 2_000  # of one's own
LONGEST_WORD = 40  # beyond it nobody looks for what was meant
LONGEST_TEXT = 20_000  # as long as an answer may be
SUGGESTED = 5
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_LAST_LATIN = "\u024f"
_BEGINS = re.compile(r"(?:^|[.!?:“‘\"(\n\u2029\u2028-])\s*$")


class TooManyWords(KnownError):
    """The list of one’s own words is full."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A word that no list has, from `start` to before `end`, counted in letters."""

    start: int
    end: int
    word: str


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """Half a second of work, once: never on the window’s thread."""
    from spylls.hunspell import Dictionary, readers  # noqa: PLC0415 - whoever writes nothing need not load it
    from spylls.hunspell.readers import FileReader  # noqa: PLC0415 - as above

    class InMemory(FileReader):  # type: ignore[misc]  # its own reader leaves the files open
        def _open(self, path: str, encoding: str) -> io.StringIO:
            return io.StringIO(Path(path).read_text(encoding, errors="surrogateescape"))

    lists = resources() / "wordlists"
    rules, context = readers.read_aff(InMemory(str(lists / "en_GB.aff")))
    words = readers.read_dic(InMemory(str(lists / "en_GB.dic"), context.encoding), aff=rules, context=context)
    return Dictionary(rules, words)


def doubtful(text: str, mine: frozenset[str]) -> tuple[Doubtful, ...]:
    """Names, numbers and words of other scripts are left alone: a capital inside a sentence begins a name. `mine`:
    one’s own words and the names that stand on the record, in small letters."""
    return tuple(_doubted(text[:LONGEST_TEXT], mine))


def meant(word: str) -> tuple[str, ...]:
    """The likeliest first, at most five; a fifth of a second of work."""
    if len(word) > LONGEST_WORD:
        return ()
    found = dictionary().suggest(word.replace("’", "'"))
    curly = "’" in word
    return tuple(dict.fromkeys(one.replace("'", "’") if curly else one for one in islice(found, SUGGESTED)))


def my_words(desk: Desk) -> tuple[str, ...]:
    return desk.vault.settings.get(MY_WORDS)


def keep_word(desk: Desk, word: str) -> tuple[str, ...]:
    """All of one’s own words, with this one. Raises TooManyWords."""
    known = my_words(desk)
    if len(known) >= MOST_WORDS:
        message = f"Your own list holds {MOST_WORDS:,} words, and no more. Empty it in Settings to begin a new one."
        raise TooManyWords(message)
    words = tuple(sorted({*known, word[:LONGEST_WORD]}, key=str.casefold))
    desk.vault.settings.put(MY_WORDS, words)
    return words


def forget_words(desk: Desk) -> None:
    """Every one of one’s own."""
    desk.vault.settings.put(MY_WORDS, ())


def _doubted(text: str, mine: frozenset[str]) -> Iterator[Doubtful]:
    for found in _WORD.finditer(text):
        word = found.group()
        if word.lower() in mine or not _is_ours(word) or (word[0].isupper() and not _begins(text, found.start())):
            continue
        if not _is_known(word):
            yield Doubtful(found.start(), found.end(), word)


def _is_ours(word: str) -> bool:
    """Latin letters, more than one, and no abbreviation."""
    is_latin = all(letter <= _LAST_LATIN or letter == "’" for letter in word)
    return is_latin and len(word) > 1 and not word.isupper() and not word[1:].isupper()


def _begins(text: str, at: int) -> bool:
    return _BEGINS.search(text[max(0, at - 4) : at]) is not None if at else True


@lru_cache(maxsize=20_000)
def _is_known(word: str) -> bool:
    """Of “key-worker” each half is enough."""
    plain, words = word.replace("’", "'"), dictionary()
    return bool(words.lookup(plain)) or ("-" in plain and all(words.lookup(part) for part in plain.split("-")))
