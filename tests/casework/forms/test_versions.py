"""What a newer version says of an older one, and whom an old record may be given to since."""

from __future__ import annotations

import pytest

from casework.errors import DefinitionError
from casework.forms import load
from casework.forms.versions import narrowed

FIRST = """\
form = "tea"
version = 1
title = "Tea"
strand = "core"
audience = ["parent", "manager"]
[[section]]
id = "cup"
number = 1
title = "Cup"
[[section.question]]
id = "sort"
label = "Sort"
type = "text"
source = "J"
[[section.question]]
id = "notes"
label = "Notes"
type = "narrative"
source = "J"
"""
RENAMED = """\
[[mapping]]
from_version = 1
renamed = { sort = "kind" }
"""
SECOND = (
    FIRST.replace("version = 1", "version = 2")
    .replace('id = "sort"', 'id = "kind"')
    .replace('type = "text"', 'type = "text"\naudience = ["manager"]')
    + RENAMED
)


def test_what_a_parent_is_no_longer_given_is_kept_back_of_old_records_too() -> None:
    """Also where the question has another name by now; what nobody changed is given as before."""
    old = narrowed(load(FIRST, file="tea.1.toml"), load(SECOND, file="tea.2.toml"), {"sort": "kind"})

    assert old.question("sort").audience == {"manager"}
    assert old.section_of["sort"].questions[0] is old.question("sort")
    assert old.question("notes").audience == {"parent", "manager"}


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('renamed = { sort = "kind" }', 'renamed = { sort = "sorts" }', "no question is called that"),
        ('renamed = { sort = "kind" }', 'renamed = { sort = "kind", old = "kind" }', "one answer would be lost"),
        ("from_version = 1", "from_version = 2", "an older version"),
    ],
)
def test_a_mapping_that_cannot_be_right_is_a_load_error(was: str, becomes: str, says: str) -> None:
    """On its line."""
    with pytest.raises(DefinitionError, match=rf"tea\.toml, line (2\d|3\d): .*{says}"):
        load(SECOND.replace(was, becomes), file="tea.toml")
