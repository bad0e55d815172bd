"""Published forms, each version of which a laptop may keep for ever, and the council's own file."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from casework.wire.protocol import CouncilFileText, FormText
from central.database.errors import UnknownThing
from central.facts.numbers_of_practice import newest_file
from central.http.addresses import Address
from central.http.callers import Caller, Place
from central.intake import definitions


class FormPlace(Place, frozen=True):
    form_id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}\Z")]
    version: Annotated[int, Meta(ge=1, lt=2**31)]


def form(caller: Caller, place: FormPlace) -> FormText:
    """The definition as published."""
    caller.refuse_withdrawn()
    with caller.service.database.reading() as connection:
        form = definitions.published(connection, place.form_id, place.version)
    return FormText(id=form.id, version=form.version, source=form.source, shared=form.shared, council=form.council)


def council_file(caller: Caller) -> CouncilFileText:
    """What the council decides for itself, as last published."""
    caller.refuse_withdrawn()
    with caller.service.database.reading() as connection:
        newest = newest_file(connection)
    if newest is None:
        message = "The council has published no file of its own here."
        raise UnknownThing(message)
    return CouncilFileText(file=newest.file, hash=newest.hash, text=newest.text)


ADDRESSES = (
    Address("GET", "/v1/forms/{form_id}/{version}", form),
    Address("GET", "/v1/council-file", council_file),
)
