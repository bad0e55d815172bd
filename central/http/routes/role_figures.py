"""The figures of a period, for a manager's or an analyst's laptop."""

from __future__ import annotations

from casework.wire.figure_messages import FiguresQuery, FiguresTold, PublishAsked
from central.figures import answering
from central.http.addresses import Address
from central.http.callers import Caller


def figures(caller: Caller, asked: FiguresQuery) -> FiguresTold:
    """As the officer's role reads them: whole, counts without the small ones, or refused."""
    caller.refuse_withdrawn()
    return answering.answer(caller.service, caller.officer, asked)


def publish(caller: Caller, asked: PublishAsked) -> FiguresTold:
    """In the officer's name, where the council's file lets their role; and the figures as they stand then."""
    caller.refuse_withdrawn()
    return answering.publish_period(caller.service, caller.officer, asked)


ADDRESSES = (
    Address("POST", "/v1/figures", figures),
    Address("POST", "/v1/published-figures", publish),
)
