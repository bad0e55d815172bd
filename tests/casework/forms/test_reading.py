"""One table read into its struct: what does not fit is one sentence, and the place it stands at."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any

import pytest
from msgspec import field

from casework.forms.faults import Fault, Path
from casework.forms.reading import Counting, Id, Table, Text, Texts, known, read

COLOURS = ("red", "green")


class Cup(Table, frozen=True):
    colour: Annotated[str, known(COLOURS)] = "red"
    filled_on: date | None = None


class Tray(Table, frozen=True):
    id: Id
    title: Text
    number: Counting = 1
    hot: bool = False
    guests: Texts = ()
    colours: tuple[Annotated[str, known(COLOURS, "a colour")], ...] = ()
    cups: tuple[Cup, ...] = ()
    by_name: dict[str, Cup] = field(default_factory=dict)
    prices: dict[Annotated[str, known(COLOURS)], str] = field(default_factory=dict)


GOOD: dict[str, Any] = {"id": "tea", "title": "Tea"}


@pytest.mark.parametrize(
    ("wrong", "path", "says"),
    [
        ({"titel": "x"}, ("titel",), "no setting is called 'titel' (did you mean 'title'?)."),
        ({"id": "Tea time"}, ("id",), "'Tea time' should be small letters, digits and underscores, a letter first."),
        ({"id": "tea\n"}, ("id",), "'tea\n' should be small letters, digits and underscores, a letter first."),
        ({"title": " "}, ("title",), "'title' is empty."),
        ({"title": 7}, ("title",), "'title' should be text in quotes."),
        ({"number": True}, ("number",), "'number' should be a whole number."),
        ({"number": 0}, ("number",), "'number' should be 1 or more."),
        ({"hot": "yes"}, ("hot",), "'hot' should be true or false."),
        ({"guests": "Ann"}, ("guests",), "'guests' should be a list."),
        ({"guests": ["Ann", 1]}, ("guests", 1), "'guests' should hold texts in quotes."),
        ({"guests": ["Ann", ""]}, ("guests", 1), "'guests' should hold texts in quotes."),
        ({"guests": ["Ann", "Ann"]}, ("guests",), "'guests' names the same thing twice."),
        ({"colours": ["red", "gren"]}, ("colours", 1), "'gren' is not a colour (did you mean 'green'?)."),
        ({"cups": [{}, 7]}, ("cups", 1), "this should be a table."),
        (
            {"cups": [{"colour": "gren"}]},
            ("cups", 0, "colour"),
            "'gren' cannot stand for 'colour' (did you mean 'green'?).",
        ),
        ({"cups": [{"colour": ""}]}, ("cups", 0, "colour"), "'' cannot stand for 'colour'."),
        (
            {"cups": [{"filled_on": "2026-03-27"}]},
            ("cups", 0, "filled_on"),
            "'filled_on' should be a date such as 2026-12-24, without quotes.",
        ),
        (
            {"cups": [{"filled_on": datetime(2026, 3, 27)}]},  # noqa: DTZ001 - as TOML gives it
            ("cups", 0, "filled_on"),
            "'filled_on' should be a date such as 2026-12-24, without quotes.",
        ),
        ({"by_name": {"mine": {}, "yours": 7}}, ("by_name", "yours"), "'yours' should be a table."),
        ({"by_name": {"mine": {"colour": 1}}}, ("by_name", "mine", "colour"), "'colour' should be text in quotes."),
        ({"prices": {"gren": "1"}}, ("prices", "gren"), "no setting is called 'gren' (did you mean 'green'?)."),
        ({"prices": {"red": 1}}, ("prices", "red"), "'red' should be text in quotes."),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_its_place(wrong: dict[str, Any], path: Path, says: str) -> None:
    with pytest.raises(Fault) as caught:
        read(Tray, GOOD | wrong, ("tray",))

    assert (caught.value.path, caught.value.message) == (("tray", *path), says)


def test_what_must_be_there_is_missed() -> None:
    with pytest.raises(Fault, match="'title' is missing"):
        read(Tray, {"id": "tea"})
    with pytest.raises(Fault, match="this should be a table"):
        read(Tray, ["tea"])


@pytest.mark.parametrize("name", [" - at `$.x`", " - at `$.x", " - at `$[0]`", "a`b", "", "\n"])
@pytest.mark.parametrize("value", [10**30, float("nan"), time(1), {"a": 1}, [[]], "x"])
def test_no_name_and_no_value_is_more_than_a_mistake(name: str, value: object) -> None:
    """Also one that reads like the words in which the library names a place."""
    for wrong in ({name: value}, {"number": value, name: 1}, {"cups": [{name: value}]}, {"by_name": {name: value}}):
        with pytest.raises(Fault):
            read(Tray, GOOD | wrong)


def test_what_fits_is_read_and_what_is_left_out_stands_as_declared() -> None:
    tray = read(Tray, GOOD | {"cups": [{"colour": "green", "filled_on": date(2026, 3, 27)}]})

    assert tray == Tray("tea", "Tea", cups=(Cup("green", date(2026, 3, 27)),))
    assert (tray.number, tray.hot, tray.guests) == (1, False, ())
