"""What lets a signed document be checked for as long as it is kept. The document itself never comes here."""

from __future__ import annotations

from casework.wire.stamp_messages import StampQuery, StampReply, WithdrawnTold, packed, unpacked
from central.http.addresses import Address
from central.http.callers import Caller
from central.http.exchange import revocation_list
from central.keys import time_stamping


def time_stamp(caller: Caller, asked: StampQuery) -> StampReply:
    """That this hash was here at this time, by the service's own clock."""
    caller.refuse_withdrawn()
    caller.traffic.stamping.spend(caller.device.id)
    service = caller.service
    return StampReply(reply=packed(time_stamping.answered(service.authority, unpacked(asked.request), service.now())))


def withdrawn(caller: Caller) -> WithdrawnTold:
    """The council's list of withdrawn certificates, as of now."""
    caller.refuse_withdrawn()
    with caller.service.database.reading() as connection:
        return WithdrawnTold(crl_pem=revocation_list(caller.service, connection))


ADDRESSES = (Address("POST", "/v1/time-stamp", time_stamp), Address("GET", "/v1/withdrawn", withdrawn))
