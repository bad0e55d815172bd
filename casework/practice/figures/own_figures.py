"""A figure of a council's own: of the records behind one of a scorecard's figures, those with a certain answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from casework.canonical import JSON
from casework.forms import Definition
from casework.forms.conditions import codes, is_answered, is_none
from casework.forms.faults import Fault, definition_error, fault, meant
from casework.forms.reading import Table, Text, Texts
from casework.practice.figures.figure_cards import Card, Figure
from casework.practice.lives.case_shapes import SHAPES

OWN = "own."  # before the number: the column that says whether a record has the answer
# The forms whose answers a card's records have, and those of what is held about them.
FORMS: Mapping[str, tuple[str, ...]] = {
    "missing": ("missing_episode", "return_home_interview"),
    "cme": SHAPES,
    "ehe": ("ehe_case",),
    "exclusions": ("exclusion",),
}


class OwnFigure(Table, frozen=True):
    """`one_of`: which answers count; without it every answer does. `among` is the figure that it is a share of."""

    card: Text
    number: Text
    title: Text
    among: Text
    form: Text
    question: Text
    source: Text
    one_of: Texts = ()
    reading: str = ""

    def counts(self, answer: JSON) -> bool:
        """Not asked, and “not known”, are no answers."""
        if not is_answered(answer) or is_none(answer):
            return False
        if not self.one_of:
            return True
        said = [("yes" if answer else "no")] if isinstance(answer, bool) else codes(answer)
        return any(one in self.one_of for one in said)


def with_own(card: Card, own: Iterable[OwnFigure]) -> Card:
    """The card with the council's figures after its own, each a part of the figure it is among."""
    by_number = {figure.number: figure for figure in card.figure}
    mine = tuple(one for one in own if one.card == card.card and one.among in by_number)
    return msgspec.structs.replace(card, figure=(*card.figure, *(_figure(one, by_number[one.among]) for one in mine)))


def _figure(own: OwnFigure, among: Figure) -> Figure:
    return Figure(
        number=own.number,
        title=own.title,
        where={**among.where, f"{OWN}{own.number}": "yes"},
        source=own.source,
        of=(own.among,),
        within=among.within,
        reading=own.reading,
    )


def check_own_figures(
    own: Iterable[OwnFigure], cards: Mapping[str, Card], definitions: Mapping[str, Definition], *, file: str, text: str
) -> None:
    """Raises DefinitionError, with its line."""
    try:
        for place, one in enumerate(own):
            _check(one, place, cards, definitions)
    except Fault as found:
        raise definition_error(file, text, found) from None


def _check(one: OwnFigure, place: int, cards: Mapping[str, Card], definitions: Mapping[str, Definition]) -> None:
    where = ("figure", place)
    if one.card not in FORMS:
        fault((*where, "card"), f"there is no scorecard '{one.card}' to add to{meant(one.card, FORMS)}.")
    numbers = {figure.number: figure for figure in cards[one.card].figure}
    if one.number in numbers:
        fault((*where, "number"), f"the figure '{one.number}' is there already. Choose another number.")
    if one.among not in numbers or numbers[one.among].count != "records":
        fault((*where, "among"), f"'{one.among}' is no figure of records{meant(one.among, numbers)}.")
    if one.form not in FORMS[one.card]:
        fault((*where, "form"), f"'{one.form}' is not what this scorecard counts{meant(one.form, FORMS[one.card])}.")
    questions = _asked(one.form, definitions)
    if one.question not in questions:
        fault((*where, "question"), f"the form has no question '{one.question}'{meant(one.question, questions)}.")


def _asked(form_id: str, definitions: Mapping[str, Definition]) -> frozenset[str]:
    """A case of missing education is counted in both its shapes, whichever of them the council’s file names."""
    forms = SHAPES if form_id in SHAPES else (form_id,)
    return frozenset(name for form in forms if form in definitions for name in definitions[form].by_id)
