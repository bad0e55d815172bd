"""Which language words are read out in, as far as their letters tell: whoever listens hears Urdu as Urdu."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casework.practice.languages.beside_english import SecondLanguage
from desktop.documents.lettering.shaping import script_of

# A script that several languages share says the one of them that most children here speak.
_BY_SCRIPT = {
    "Hebr": "he", "Deva": "hi", "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te", "Knda": "kn",
    "Mlym": "ml", "Sinh": "si", "Thai": "th", "Geor": "ka", "Armn": "hy", "Ethi": "am", "Grek": "el", "Hani": "zh",
    "Hira": "ja", "Kana": "ja", "Hang": "ko", "Arab": "ar", "Cyrl": "und-Cyrl",
}  # fmt: skip
_ENOUGH = 2_000  # characters
_URDU, _PERSIAN = frozenset("ٹڈڑںےھہ"), frozenset("پچژگکی")


@dataclass(frozen=True, slots=True)
class SecondWords:
    """The same words in another language, to stand under the first; `language` is its tag. `near`: at the left also
    where they run from the right, close to a box that they belong to."""

    text: str
    language: str
    near: bool = False


def second(beside: SecondLanguage | None, said: str) -> SecondWords | None:
    """None where nothing is said in it: English then stands alone."""
    return SecondWords(said, beside.tag) if beside is not None and said else None


def under(beside: SecondLanguage | None, english: str) -> SecondWords | None:
    """What stands for these English words of a form."""
    return second(beside, beside.says(english)) if beside is not None else None


def language_of(text: str) -> str:
    """Empty for what is written in Latin letters, which do not tell: the document’s own language."""
    if text.isascii():
        return ""
    scripts = Counter(script for char in text[:_ENOUGH] if (script := script_of(char)))
    script = "Hira" if scripts["Hira"] else scripts.most_common(1)[0][0] if scripts else ""
    if script != "Arab":
        return _BY_SCRIPT.get(script, "")
    letters = set(text)
    if letters & _URDU:
        return "ur"
    return "fa" if letters & _PERSIAN else "ar"
