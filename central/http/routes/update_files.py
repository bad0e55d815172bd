"""A newer Homeward, for laptops: what two keepers signed of it, and the file itself."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta
from starlette.responses import Response

from casework.wire.updates import OfferedUpdate, System
from central.files.offered_updates import Shelf, pieces_of
from central.http.addresses import Address
from central.http.byte_range import part_of
from central.http.callers import Caller, Place


class UpdatePlace(Place, frozen=True):
    system: System


class UpdateFile(Place, frozen=True):
    system: System
    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]


def update(caller: Caller, place: UpdatePlace) -> OfferedUpdate:
    """What is offered for this system, as signed. Also to a laptop below the floor: that is whom it is for."""
    caller.refuse_withdrawn()
    return Shelf(caller.service.home.updates).of(place.system)


def update_file(caller: Caller, place: UpdateFile) -> Response:
    """The file, by the hash that was signed; what is missing of it with Range."""
    caller.refuse_withdrawn()
    file = Shelf(caller.service.home.updates).file(place.system, place.sha256)
    return part_of(caller.header("range"), file.stat().st_size, lambda start, stop: pieces_of(file, start, stop))


ADDRESSES = (
    Address("GET", "/v1/updates/{system}", update),
    Address("GET", "/v1/updates/{system}/{sha256}", update_file, media_type="application/octet-stream"),
)
