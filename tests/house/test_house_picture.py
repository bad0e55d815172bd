"""The drawing of the house is made from the imports, and is of today."""

from __future__ import annotations

import pytest

from tools.house_picture import ERRANDS, TARGET, floors, picture, without_shortcuts


def test_the_picture_in_the_documents_is_what_the_imports_say() -> None:
    """When this fails: python -m tools.house_picture, and look at it."""
    assert TARGET.read_text(encoding="utf-8") == picture()


def test_every_room_stands_above_what_it_uses() -> None:
    assert floors({"ui": {"flows"}, "flows": {"store"}, "store": set()}) == [["ui"], ["flows"], ["store"]]


def test_a_circle_has_no_floors() -> None:
    with pytest.raises(ValueError, match="ui → flows → ui"):
        floors({"ui": {"flows"}, "flows": {"ui"}})


def test_an_arrow_that_a_longer_way_shows_is_not_drawn() -> None:
    assert without_shortcuts({"ui": {"flows", "store"}, "flows": {"store"}, "store": set()})["ui"] == {"flows"}


def test_every_room_has_its_errand_in_words() -> None:
    assert all(errand for rooms in ERRANDS.values() for errand in rooms.values())
