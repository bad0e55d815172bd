"""A thousand damaged definitions give a thousand plain errors with file and line, and never anything else."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import DefinitionError
from casework.forms import load, load_shared
from casework.forms.loading import read_text
from tests.casework.forms.real import FORMS

SHARED = load_shared(read_text(FORMS / "lists.toml"), file="lists.toml")
TEXTS = {file.name: read_text(file) for file in sorted(FORMS.glob("*.toml")) if file.name != "lists.toml"}


def _line_of(text: str, pattern: str, chance: random.Random) -> re.Match[str]:
    return chance.choice(list(re.finditer(pattern, text, re.MULTILINE)))


def _replace(pattern: str, new: str) -> Callable[[str, random.Random], str]:
    def damage(text: str, chance: random.Random) -> str:
        found = _line_of(text, pattern, chance)
        return text[: found.start()] + found.expand(new) + text[found.end() :]

    return damage


# Each makes a mistake, whichever form and place chance picks.
DAMAGES = [
    _replace(r"^type = \"\w+\"", 'type = "tpye"'),
    _replace(r"^type = \"\w+\"\n", ""),
    _replace(r"^label = .*", "label = 7"),
    _replace(r"^label = .*", 'label = ""'),
    _replace(r"^label = ", "lable = "),
    _replace(r"^source = .*\n\n\[\[section\.question\]\]", "source = [1]\n\n[[section.question]]"),
    _replace(r"^id = \"(\w+)\"", 'id = "9 \\1"'),
    _replace(r"^id = \"\w+\"\n", ""),
    _replace(r"^id = (\"\w+\")", "id = [\\1]"),
    _replace(r"^id = (\"\w+\")", "id = \\1\nid = \\1"),
    _replace(r"^\[\[section\]\]", "[[section]"),
    _replace(r"^\[\[section\.question\]\]", "[[sections.question]]"),
    _replace(r"^version = \d", "version = 1.5"),
    _replace(r"^strand = .*", "strand = true"),
    _replace(r"^number = (\d+)", "number = \\g<1>0"),
    _replace(r"^type = (\"\w+\")", 'type = \\1\nshow_when = { question = "no_such_question", answered = true }'),
    _replace(r"^type = (\"\w+\")", "type = \\1\nrequired_when_not = true"),
    _replace(r"^type = (\"\w+\")", 'type = \\1\nchecks = [{ say = "x" }]'),
    _replace(r"^type = (\"\w+\")", 'type = \\1\naudience = ["everyone"]'),
    _replace(r"^type = (\"\w+\")", 'type = \\1\nvoice = "narrator"'),
    _replace(r"^type = (\"\w+\")", 'type = \\1\nprefill = "elsewhere.name"'),
    _replace(r"^title = \"(.*)\"", 'title = "\\1'),
    _replace(r"\Z", '\n[[section]]\nid = "empty"\nnumber = 99\ntitle = "Empty"\n'),
    _replace(r"\Z", "\n[conditions]\nx = { all = [] }\n[extra]\n"),
    _replace(r"\Z", "\nstray\n"),
    _replace(r"\Z", "\n" + "x = [" * 3000),
]


def refusal(text: str, name: str) -> DefinitionError | None:
    """What the loader says; anything but a DefinitionError escapes and fails the test."""
    try:
        load(text, shared=SHARED, file=name)
    except DefinitionError as error:
        return error
    return None


def test_a_thousand_damaged_definitions() -> None:
    """Every one refused in one sentence; the file is named, and the line is one the file has."""
    chance = random.Random(2026)
    for _ in range(1000):
        name = chance.choice(sorted(TEXTS))
        damaged = chance.choice(DAMAGES)(TEXTS[name], chance)
        error = refusal(damaged, name)
        assert error is not None, damaged
        assert error.file == name
        assert 1 <= error.line <= damaged.count("\n") + 1
        assert re.fullmatch(rf"{re.escape(name)}, line \d+: [^\n]+", str(error))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(TEXTS)), st.data())
def test_any_damage_at_all_loads_or_is_a_plain_error(name: str, data: st.DataObject) -> None:
    """Characters cut, put in or changed anywhere; no other exception ever escapes."""
    text = TEXTS[name]
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 40)))
        put = data.draw(
            st.sampled_from(["", '"', "[", "]]", "{", "=", "\n", "#", "0", "é", "\x00", "'''"]) | st.text(max_size=8)
        )
        text = text[:start] + put + text[end:]
    error = refusal(text, name)

    assert error is None or error.file == name
    assert error is None or 1 <= error.line <= text.count("\n") + 1


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_of_any_kind_are_no_traceback(content: bytes) -> None:
    """A file of noise is a DefinitionError, too."""
    error = refusal(content.decode("utf-8", "replace"), "noise.toml")

    assert error is not None
    assert error.line >= 1
