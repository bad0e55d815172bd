"""A record filled under an older version opens under a newer one, and back, with nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import DefinitionError, FormError
from casework.forms import Definition, check_answer, display, load
from casework.forms.versions import newer, older

FIRST = """\
form = "tea"
version = 1
title = "Tea"
strand = "core"
[[section]]
id = "cup"
number = 1
title = "Cup"
[[section.question]]
id = "sort"
label = "Sort"
type = "choice"
options = [{ code = "black", label = "Black" }, { code = "green", label = "Green" }]
source = "J"
[[section.question]]
id = "notes"
label = "Notes"
type = "narrative"
source = "J"
"""
SECOND = (
    FIRST.replace("version = 1", "version = 2")
    .replace('id = "sort"', 'id = "kind"')
    .replace('code = "black"', 'code = "assam"')
    + """\
[[section.question]]
id = "milk"
label = "Milk"
type = "yes_no"
source = "J"
[[mapping]]
from_version = 1
renamed = { sort = "kind" }
recoded = { sort = { black = "assam" } }
"""
)
NAMES = st.sampled_from(["sort", "kind", "notes", "milk", "dropped"])
CODES = st.sampled_from(["black", "assam", "green", "oolong"])
VALUES: st.SearchStrategy[Any] = (
    CODES
    | st.lists(CODES)
    | st.lists(st.fixed_dictionaries({"code": CODES, "said_by": st.just(["child_said"])}))
    | st.lists(st.fixed_dictionaries({"id": st.text(max_size=3), "name": st.text(max_size=5)}))
    | st.text(max_size=20)
    | st.booleans()
    | st.just({"none": "not_said"})
)


def second() -> Definition:
    return load(SECOND, file="tea.toml")


def test_an_older_answer_reads_under_its_new_name_and_code() -> None:
    """Version 1 said sort=black; version 2 shows kind=Assam’s label, and it is a fit answer there."""
    read = newer({"sort": "black", "notes": "Strong"}, second(), 1)
    kind = second().question("kind")

    assert read == {"kind": "assam", "notes": "Strong"}
    check_answer(kind, read["kind"])
    assert display(kind, read["kind"]) == "Black"


@given(st.dictionaries(NAMES, VALUES))
def test_there_and_back_gives_the_very_same_answers(answers: dict[str, Any]) -> None:
    """Also when an old record happens to use the new names or codes, and for questions long dropped."""
    assert older(newer(answers, second(), 1), second(), 1) == answers
    assert newer(older(answers, second(), 1), second(), 1) == answers


@given(st.dictionaries(NAMES, VALUES))
def test_nothing_is_lost_on_the_way(answers: dict[str, Any]) -> None:
    """Every answer is still there, under some name."""
    assert len(newer(answers, second(), 1)) == len(answers)


@given(st.permutations(["a", "b", "c", "d"]), st.dictionaries(st.sampled_from("abcdef"), VALUES))
def test_swaps_and_chains_of_names_are_undone_exactly(order: list[str], answers: dict[str, Any]) -> None:
    """Names that change places lose nothing."""
    questions = "".join(
        f'[[section.question]]\nid = "{name}"\nlabel = "{name}"\ntype = "text"\nsource = "J"\n' for name in "abcde"
    )
    renamed = ", ".join(f'{old} = "{new}"' for old, new in zip("abcf", [*order[:3], "e"], strict=True))
    head = FIRST[: FIRST.index("[[section.question]]")].replace("version = 1", "version = 2")
    form = load(f"{head}{questions}[[mapping]]\nfrom_version = 1\nrenamed = {{ {renamed} }}\n", file="x.toml")

    assert older(newer(answers, form, 1), form, 1) == answers


def test_the_same_version_reads_as_it_is() -> None:
    """And a version nobody declared is refused in words."""
    assert newer({"kind": "green"}, second(), 2) == {"kind": "green"}
    with pytest.raises(FormError, match="does not say how to read version 7"):
        newer({}, second(), 7)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('renamed = { sort = "kind" }', 'renamed = { sort = "sorts" }', "no question is called that"),
        ('renamed = { sort = "kind" }', 'renamed = { sort = "kind", old = "kind" }', "one answer would be lost"),
        ('black = "assam"', 'black = "asam"', r"did you mean 'assam'\?"),
        ('black = "assam"', 'black = "assam", red = "assam"', "become the same new one"),
        ("from_version = 1", "from_version = 2", "an older version"),
    ],
)
def test_a_mapping_that_would_lose_an_answer_is_a_load_error(was: str, becomes: str, says: str) -> None:
    """On its line."""
    with pytest.raises(DefinitionError, match=rf"tea\.toml, line (2\d|3\d): .*{says}"):
        load(SECOND.replace(was, becomes), file="tea.toml")
