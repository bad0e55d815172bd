"""A definition with a mistake is refused with one sentence that names file and line."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from casework.errors import DefinitionError
from casework.forms import Shared, load, load_shared

GOOD = """\
form = "tea"
version = 1
title = "Tea"
strand = "core"

[conditions]
wants_tea = { question = "wants", is = true }

[[section]]
id = "cup"
number = 1
title = "Cup"

[[section.question]]
id = "wants"
label = "Would you like tea?"
type = "yes_no"
source = "J"

[[section.question]]
id = "kind"
label = "Which kind?"
type = "choice"
options = [
  { code = "black", label = "Black" },
  { code = "green", label = "Green" },
]
source = "J"
show_when = { use = "wants_tea" }

[[section.question]]
id = "biscuits"
label = "Biscuits"
type = "rows"
source = "J"

[[section.question.column]]
id = "name"
label = "Name"
type = "text"

[[section.question.column]]
id = "eaten_on"
label = "Eaten on"
type = "date"
"""


def line_with(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


def test_a_good_definition_loads() -> None:
    """Every part of the small example is where it was written."""
    tea = load(GOOD, file="tea.toml")

    assert [question.id for question in tea.questions()] == ["wants", "kind", "biscuits"]
    assert tea.question("kind").options[1].label == "Green"
    assert [column.id for column in tea.question("biscuits").columns] == ["name", "eaten_on"]


# What was there, what it becomes, where the mistake then stands, and what the sentence says about it.
MISTAKES = [
    ('type = "yes_no"', 'type = "yesno"', 'type = "yesno"', "did you mean 'yes_no'?"),
    ('label = "Which kind?"', 'lable = "Which kind?"', "lable", "did you mean 'label'?"),
    ('label = "Which kind?"\n', "", '[[section.question]]\nid = "kind"', "'label' is missing"),
    ('use = "wants_tea"', 'use = "wants_te"', "show_when", "did you mean 'wants_tea'?"),
    ('question = "wants", is = true', 'question = "want", is = true', "show_when", "did you mean 'wants'?"),
    ('question = "wants", is = true', 'question = "wants", is = "yes"', "show_when", "compare it with true or false"),
    (
        'question = "wants", is = true',
        'question = "wants", more_than = 3',
        "show_when",
        "cannot be compared by 'more_than'",
    ),
    ('question = "wants", is = true', 'question = "wants", isnt = true', "wants_tea =", "did you mean"),
    ('question = "wants", is = true', 'question = "kind", is = "black"', "show_when", "in a circle"),
    ('use = "wants_tea"', 'question = "kind", is = "red"', "show_when", "has no option 'red'"),
    ('code = "green"', 'code = "black"', '{ code = "black", label = "Green"', "cannot be reached"),
    (
        'show_when = { use = "wants_tea" }',
        'show_when = { all = [{ question = "wants", is = true }, { question = "wants", is = false }] }',
        "show_when",
        "can never be shown",
    ),
    ('id = "kind"', 'id = "wants"', 'id = "wants"\nlabel = "Which', "two questions are called 'wants'"),
    ('id = "eaten_on"', 'id = "name"', 'id = "name"\nlabel = "Eaten', "two columns are called 'name'"),
    ('id = "cup"', 'id = "The cup"', 'id = "The cup"', "small letters"),
    ("number = 1", "number = 2", "number = 2", "this is section 1"),
    ("version = 1", 'version = "1"', "version", "should be a whole number"),
    ("version = 1", "version = 0", "version", "1 or more"),
    ('strand = "core"', 'strand = "hospital"', "strand", "'hospital' cannot stand for 'strand'"),
    ('type = "rows"\nsource = "J"', 'type = "rows"', '[[section.question]]\nid = "biscuits"', "'source' is missing"),
    ('type = "rows"', 'type = "text"', "[[section.question.column]]", "has no columns"),
    ("options = [\n", "options = [[\n", 'source = "J"\nshow_when', "not TOML"),
    (
        'type = "date"\n',
        'type = "date"\nchecks = [\n  { when = { column = "eaten", answered = true }, say = "x" },\n]\n',
        "  { when",
        "no column is called 'eaten'",
    ),
    ('type = "date"\n', 'type = "date"\ncomputed = "child_age"\n', "computed", "a computed question, and no other"),
    ('type = "rows"\n', 'type = "rows"\nsummary = ["nam"]\n', "summary", "did you mean 'name'?"),
    ('type = "rows"\n', 'type = "rows"\nprefill = "moon.name"\n', "prefill", "comes from nowhere known"),
    ('type = "rows"\n', 'type = "rows"\naudience = ["polise"]\n', "audience", "did you mean 'police'?"),
    (
        'type = "yes_no"',
        'type = "yes_no"\nrequired = true\nrequired_when = { question = "kind", answered = true }',
        "required = true",
        "not both",
    ),
    (
        'type = "yes_no"',
        'type = "yes_no"\noptions = [{ code = "ja", label = "Ja" }]',
        "options",
        "new labels to 'yes' and 'no'",
    ),
    ('type = "yes_no"', 'type = "text"\noptions = "KIND"', "options", "has no options"),
    ('type = "yes_no"', 'type = "yes_no"\nvoices = true', "voices", "whose words"),
    ('type = "yes_no"', 'type = "yes_no"\napproximate = true', "approximate", "can be approximate"),
    ('type = "yes_no"', 'type = "yes_no"\nalone = ["none"]', "alone", "no option is called 'none'"),
    ('type = "yes_no"', 'type = "yes_no"\nat_least = 1', "at_least", "for a repeating group"),
    ('type = "yes_no"', 'type = "yes_no"\ncarries_to = "plan"', "carries_to", "should be form.question"),
    ('type = "yes_no"', 'type = "choice"', '[[section.question]]\nid = "wants"', "needs options"),
    ('type = "yes_no"', 'type = "rows"', '[[section.question]]\nid = "wants"', "needs at least one column"),
    ('type = "yes_no"', 'type = "file"', "type", "cannot stand for 'type'"),
    ('type = "yes_no"', 'type = "yes_no"\nways_to_ask = ["a", "a"]', "ways_to_ask", "the same thing twice"),
    ('type = "yes_no"', 'type = "yes_no"\nways_to_ask = [1]', "ways_to_ask", "texts in quotes"),
    ('type = "rows"\n', 'type = "rows"\ncarry_when = "old"\n', "carry_when", "has no column 'old'"),
    ('type = "rows"\n', 'type = "rows"\ncarry_columns = { name = 1 }\n', "carry_columns", "text in quotes"),
    ('type = "date"', 'type = "ink"\ncomputed = "moon"', "computed", "cannot stand for 'computed'"),
    (
        'type = "date"\n',
        'type = "date"\nshow_when = { all = [{ column = "name", is = "a" }, false] }\n',
        "show_when = { all",
        "can never be shown",
    ),
]


@pytest.mark.parametrize(("was", "becomes", "where", "says"), MISTAKES)
def test_a_mistake_names_its_file_and_line(was: str, becomes: str, where: str, says: str) -> None:
    """The line is the one a person would have to change."""
    assert GOOD.count(was) >= 1
    damaged = GOOD.replace(was, becomes, 1)

    with pytest.raises(DefinitionError) as caught:
        load(damaged, file="tea.toml")

    assert says in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("tea.toml", line_with(damaged, where))


def test_a_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    """Bytes no text has are a mistake on a line, too."""
    file = tmp_path / "tea.toml"
    file.write_bytes(b'form = "tea"\ntitle = "T\xff"\n')

    with pytest.raises(DefinitionError, match=r"tea\.toml, line 2: this line is not UTF-8"):
        load(file)


def test_lists_beside_a_file_are_found(tmp_path: Path) -> None:
    """A form on disk may name the lists of the lists.toml next to it."""
    (tmp_path / "lists.toml").write_text('[lists]\nKIND = [{ code = "oolong", label = "Oolong" }]\n', encoding="utf-8")
    text = GOOD[: GOOD.index("options")] + 'options = "KIND"\n' + GOOD[GOOD.index('source = "J"\nshow_when') :]
    (tmp_path / "tea.toml").write_text(text, encoding="utf-8")

    assert load(tmp_path / "tea.toml").question("kind").option("oolong") is not None


def test_an_unknown_list_is_refused_with_the_nearest_name() -> None:
    """A list that is not there is a mistake of the form that names it."""
    shared = load_shared('[lists]\nKINDS = [{ code = "a", label = "A" }]\n', file="lists.toml")
    text = GOOD.replace("options = [", 'options = "KIND"\nxs = [', 1)
    text = text.replace(
        'xs = [\n  { code = "black", label = "Black" },\n  { code = "green", label = "Green" },\n]\n', ""
    )

    with pytest.raises(DefinitionError, match=r"did you mean 'KINDS'\?"):
        load(text, shared=shared, file="tea.toml")
    with pytest.raises(DefinitionError, match="no list is called 'KIND'"):
        load(text, shared=Shared(), file="tea.toml")


def test_very_deep_nesting_is_a_plain_error() -> None:
    """A bomb of brackets meets the same sentence as any other mistake."""
    with pytest.raises(DefinitionError, match=r"tea\.toml, line \d+: this is not TOML"):
        load("a = " + "[" * 20_000, file="tea.toml")


@pytest.mark.parametrize(
    "hostile",
    [
        "a." * 5000 + "b = 1",
        "[" + "a." * 5000 + "b]",
        "x = { " + "a." * 5000 + "b = 1 }",
        'hint = "' + "x" * 50_000_000 + '"',
        "x = " + "[" * 100_000,
        "x = " + "{ all = [" * 5000,
        "x = " + "9" * 200_000,
        "# \n" * 200_000,
    ],
    ids=["dotted", "header", "inline", "long", "deep", "deep_conditions", "number", "lines"],
)
def test_a_hostile_definition_is_refused_at_once(hostile: str) -> None:
    """A form is published to every laptop: ten kilobytes of one name took seconds, fifty megabytes half a minute."""
    begun = time.process_time()
    with pytest.raises(DefinitionError):
        load(hostile, file="hostile.toml")

    assert time.process_time() - begun < 2


def test_a_file_that_never_ends_is_read_to_its_bound() -> None:
    with pytest.raises(DefinitionError, match="longer than any form"):
        load(Path("/dev/zero"))
