"""One way to fold names, for everybody who looks for a person: to a-z, parted or joined, by sound, one letter off.

What Unicode decomposes (é, ö) is not enough: Ł, ø, ß, ı and đ are letters of their own, and nobody types them all.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from datetime import date, datetime

from anyascii import anyascii

NEAR, SOUND = "\ue000", "\ue001"  # before keys that only a look for what is nearly so asks for; nobody can type them
LEAST_NEAR = 4  # letters: of three, one off is another name
LEAST_SOUND = 2  # consonants
MOST_JOINED = 40
_WORD = re.compile(r"\w+")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff]")
_NOT_PLAIN = re.compile(r"[^0-9a-z]")
_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("sch", "s"), ("sh", "s"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("wh", "w"),
    ("dj", "j"), ("dz", "z"), ("cz", "s"), ("sz", "s"), ("x", "ks"), ("q", "k"), ("z", "s"), ("v", "f"), ("w", "f"),
)  # fmt: skip
_DAY_SHAPES = ("%d/%m/%Y", "%Y/%m/%d", "%d/%m/%y", "%d %B %Y", "%d %b %Y", "%d %B %y", "%d %b %y")
_NUMERIC_DAY = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")
_WORDED_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{2,4}\b")


def folded(text: str) -> str:
    """Only a-z and figures: “O’Connor”, “oconnor” and “OConnor” are one."""
    plain = text.lower() if text.isascii() else anyascii(text).casefold()
    return plain if _is_plain(plain) else _NOT_PLAIN.sub("", plain)


def keys_of(text: str) -> set[str]:
    """What a text can be found by besides its own words: folded, joined, and each letter where a letter is a word."""
    chunks = text.split()
    odd = [chunk for chunk in set(chunks) if not _is_plain(chunk)]
    parts = {part for chunk in odd for part in (chunk, *_WORD.findall(chunk)) if not _is_plain(part)}
    joined_up = {first + second for first, second in itertools.pairwise(chunks) if len(first) <= 3}
    found = {folded(part) for part in parts | joined_up}
    for letter in () if text.isascii() else _IDEOGRAPH.findall(text):
        found |= {letter, folded(letter)}
    return found - {""}


def near_keys_of(text: str) -> set[str]:
    """What names are nearly the same by: any letter left out, and the sound."""
    found: set[str] = set()
    for chunk in text.split():
        for word in {folded(chunk), *map(folded, _WORD.findall(chunk))}:
            found |= {NEAR + short for short in _shortened(word)}
            sound = sound_of(word)
            found |= {SOUND + sound} if len(sound) >= LEAST_SOUND else set()
    return found


def sound_of(word: str) -> str:
    """The consonants, those that sound alike made one: Mohammed and Muhammad, Catherine and Katharine."""
    plain = folded(word)
    for written, heard in _SOUNDS:
        plain = plain.replace(written, heard)
    plain = re.sub(r"c(?=[eiy])", "s", plain).replace("c", "k").replace("y", "i")
    plain = plain[:1] + re.sub(r"[aeiouh]", "", plain[1:])
    plain = re.sub(r"^[aeiou]", "a", plain)
    return re.sub(r"(.)\1+", r"\1", plain)


def ideographs(text: str) -> list[str]:
    return _IDEOGRAPH.findall(text)


def day_key(day: date) -> str:
    return f"{day:%Y%m%d}"


def days_in(text: str) -> tuple[list[date], str]:
    """The days named in a text, in any usual way, and the rest of it."""
    days, rest = [], text
    for match in [*_NUMERIC_DAY.finditer(text), *_WORDED_DAY.finditer(text)]:
        if (day := _day(match[0])) is not None:
            days.append(day)
            rest = rest.replace(match[0], " ")
    return days, rest


def joined(words: Iterable[str]) -> str:
    """Empty where that would be no name any more."""
    whole = folded("".join(words))
    return whole if len(whole) <= MOST_JOINED else ""


def is_same_person(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two people may be one, by what each is called: every name of the shorter list is nearly in the other."""
    fewer, more = sorted((_names(one), _names(other)), key=len)
    return bool(fewer) and all(any(is_near(name, there) for there in more) for name in fewer)


def is_near(one: str, other: str) -> bool:
    """The same but for accents, signs, sound or a single letter."""
    a, b = folded(one), folded(other)
    if a == b:
        return True
    if min(len(a), len(b)) < LEAST_NEAR:
        return False
    return bool(({a} | _shortened(a)) & ({b} | _shortened(b))) or sound_of(a) == sound_of(b)


def _names(texts: tuple[str, ...]) -> list[str]:
    return [word for text in texts for word in text.split() if folded(word)]


def _shortened(word: str) -> set[str]:
    """The word itself, and without each of its letters."""
    return {word, *(word[:n] + word[n + 1 :] for n in range(len(word)))} if len(word) >= LEAST_NEAR else set()


def _is_plain(part: str) -> bool:
    return part.isascii() and part.isalnum()


def _day(text: str) -> date | None:
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b|,", "", re.sub(r"[.-]", "/", text))
    for shape in _DAY_SHAPES:
        try:
            return datetime.strptime(plain, shape).date()  # noqa: DTZ007 - a day of no zone
        except ValueError:
            continue
    return None
