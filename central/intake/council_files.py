"""Publishing what a council decides for itself: its numbers, lists, people and questions, checked against the forms."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import resources

from sqlalchemy import Connection, insert

from casework.errors import DefinitionError
from casework.practice.council import Council
from casework.practice.figures.figure_cards import Card, load_card
from casework.practice.published_forms import PublishedForm, changed_by, check_council_file
from central.database import tables
from central.database.clock import stamp
from central.facts.numbers_of_practice import newest_file
from central.intake import definitions


@dataclass(frozen=True, slots=True)
class Published:
    """`forms`: the versions that it brought; none where it changes only numbers, people and days."""

    number: int
    council: Council
    forms: Sequence[PublishedForm]
    is_new: bool


def _letters() -> dict[str, str]:
    """As they ship: a council words them otherwise, and never adds one."""
    folder = resources.files("resources").joinpath("letters")
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}


def _cards() -> dict[str, Card]:
    folder = resources.files("resources").joinpath("figures")
    texts = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    found = [load_card(text, file=name) for name, text in texts.items()]
    return {card.card: card for card in found}


def publish(connection: Connection, text: str, now: datetime, *, file: str) -> Published:
    """Takes effect with each laptop's next sync. The same file again is no new one. Raises DefinitionError."""
    own = definitions.newest_own(connection)
    council = check_council_file(text, own, _letters(), _cards(), file=file)
    hashed = hashlib.sha256(text.encode()).hexdigest()
    before = newest_file(connection)
    if before is not None and before.hash == hashed:
        return Published(before.number, council, (), is_new=False)
    number = before.number + 1 if before else 1
    row = {"number": number, "file": file, "hash": hashed, "text": text, "published_at": stamp(now)}
    connection.execute(insert(tables.council_file).values(row))
    return Published(number, council, _bring(connection, number, text, own, now), is_new=True)


def bring_up(connection: Connection, now: datetime) -> list[str]:
    """After new forms came with an update: the council's changes are made in them as well. A sentence for each form
    that the file no longer fits: there the version before stays the one that is begun, until another is published."""
    newest = newest_file(connection)
    if newest is None:
        return []
    misfits = []
    for form in definitions.newest_own(connection):
        try:
            _bring(connection, newest.number, newest.text, [form], now)
        except DefinitionError as error:
            misfits.append(str(error))
    return misfits


def _bring(
    connection: Connection, number: int, text: str, own: Sequence[PublishedForm], now: datetime
) -> Sequence[PublishedForm]:
    standing = {form.id: form.definition() for form in definitions.newest_versions(connection)}
    brought = list(changed_by(text, number, own, standing))
    definitions.keep(connection, brought, now, council_file=number)
    return brought
