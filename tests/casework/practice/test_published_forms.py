"""A council's file that was published stays in force, whatever numbers Homeward has come to need since."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from casework.errors import DefinitionError
from casework.forms.versions import STEP
from casework.practice.council import ADDED_LATER, THRESHOLDS, load_council, load_published
from casework.practice.published_forms import PublishedForm, changed_by

FORMS = resources.files("resources").joinpath("forms")
EXAMPLE = resources.files("resources").joinpath("councils", "rotherham.toml").read_text(encoding="utf-8")
ADDED = """
[[add]]
form = "note"
section = "notes"
[add.question]
id = "told_by_telephone"
label = "Was it told by telephone?"
type = "yes_no"
source = "Wispmere, page 4"
"""


@pytest.fixture
def note() -> PublishedForm:
    source = FORMS.joinpath("note.1.toml").read_text(encoding="utf-8")
    return PublishedForm("note", 1, source, FORMS.joinpath("lists.toml").read_text(encoding="utf-8"))


def before(*names: str) -> str:
    """As a file was written before these numbers were needed."""
    return "".join(line for line in EXAMPLE.splitlines(keepends=True) if not re.match(rf"({'|'.join(names)}) = ", line))


def test_a_number_that_came_later_is_homewards_own_until_the_council_gives_one() -> None:
    old = before(*ADDED_LATER)
    with pytest.raises(DefinitionError, match="is missing"):
        load_council(old, file="old.toml")

    found = load_published(old, file="old.toml")
    assert set(found.thresholds) == set(THRESHOLDS)
    assert load_published(EXAMPLE, file="new.toml").thresholds == load_council(EXAMPLE, file="new.toml").thresholds


def test_a_number_that_was_always_needed_is_not_made_up() -> None:
    with pytest.raises(DefinitionError, match="rhi_hours"):
        load_published(before("rhi_hours"), file="old.toml")


def test_a_form_published_under_an_old_file_is_still_read(note: PublishedForm) -> None:
    old = PublishedForm("note", STEP + 1, note.source, note.shared, before(*ADDED_LATER) + ADDED)

    assert "told_by_telephone" in old.definition().by_id
    assert old.definition().version == STEP + 1


def test_a_file_brings_a_version_only_of_what_it_changes(note: PublishedForm) -> None:
    standing = {"note": note.definition()}
    (brought,) = changed_by(EXAMPLE + ADDED, 3, [note], standing)

    assert list(changed_by(EXAMPLE, 2, [note], standing)) == []
    assert brought.version == 3 * STEP + 1
    assert [form.version for form in changed_by(EXAMPLE, 4, [note], {"note": brought.definition()})] == [4 * STEP + 1]
