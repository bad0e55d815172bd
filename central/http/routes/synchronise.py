"""Reconciliation over HTTP: each address hands its message to `Exchange`."""

from __future__ import annotations

from casework.wire.protocol import (
    ColleaguesQuery,
    DigestQuery,
    DigestReply,
    Fetch,
    Fetched,
    Greet,
    Greeted,
    Have,
    HaveReply,
    Hello,
    HelloReply,
    Names,
    NamesQuery,
    Pull,
    PullReply,
    Push,
    PushReply,
)
from central.http.addresses import Address
from central.http.callers import Caller
from central.http.exchange import Exchange


def exchange(caller: Caller) -> Exchange:
    return Exchange(caller.service, caller.device, caller.officer)


def hello(caller: Caller, asked: Hello) -> HelloReply:
    """Where both sides stand."""
    return exchange(caller).hello(asked)


def greet(caller: Caller, asked: Greet) -> Greeted:
    """Where both sides stand, and a first page."""
    return exchange(caller).greet(asked)


def push(caller: Caller, asked: Push) -> PushReply:
    """Takes operations in; each gets its own answer."""
    reply = exchange(caller).push(asked)
    caller.traffic.metrics.answered([result.status for result in reply.results])
    return reply


def pull(caller: Caller, asked: Pull) -> PullReply:
    """One page of what the laptop has not seen."""
    return exchange(caller).pull(asked)


def have(caller: Caller, asked: Have) -> HaveReply:
    """Which operations a restored service no longer knows."""
    return exchange(caller).have(asked)


def digest(caller: Caller, asked: DigestQuery) -> DigestReply:
    """Where the two sides of a bucket differ."""
    return exchange(caller).digest(asked)


def fetch(caller: Caller, asked: Fetch) -> Fetched:
    """Operations whose bytes were damaged on the laptop."""
    return exchange(caller).fetch(asked)


def names(caller: Caller, asked: NamesQuery) -> Names:
    """What the officers are called whose ids a laptop knows."""
    return exchange(caller).names(asked)


def colleagues(caller: Caller, asked: ColleaguesQuery) -> Names:
    """Who can be given something to do."""
    return exchange(caller).colleagues(asked)


ADDRESSES = tuple(
    Address("POST", f"/v1/{deed.__name__}", deed)
    for deed in (hello, greet, push, pull, have, digest, fetch, names, colleagues)
)
