"""Reconciliation over HTTP: each route reads a message, hands it to `Exchange`, and packs the answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from casework.protocol import (
    DigestQuery,
    DigestReply,
    Fetch,
    Fetched,
    Have,
    HaveReply,
    Hello,
    HelloReply,
    Message,
    Names,
    NamesQuery,
    Pull,
    PullReply,
    Push,
    PushReply,
)
from central import door
from central.exchange import Exchange
from central.service import Asking, Here, message

router = APIRouter(prefix="/v1")


async def exchange(service: Here, asking: Asking) -> Exchange:
    return Exchange(service, asking.device, asking.officer)


Mine = Annotated[Exchange, Depends(exchange)]


@router.post("/hello", response_model=HelloReply)
def hello(request: Request, mine: Mine, asked: Annotated[Hello, Depends(message(Hello))]) -> Response:
    """Where both sides stand."""
    return _answer(request, mine.hello(asked))


@router.post("/push", response_model=PushReply)
def push(request: Request, mine: Mine, asked: Annotated[Push, Depends(message(Push))]) -> Response:
    """Takes operations in; each gets its own answer."""
    return _answer(request, mine.push(asked))


@router.post("/pull", response_model=PullReply)
def pull(request: Request, mine: Mine, asked: Annotated[Pull, Depends(message(Pull))]) -> Response:
    """One page of what the laptop has not seen."""
    return _answer(request, mine.pull(asked))


@router.post("/have", response_model=HaveReply)
def have(request: Request, mine: Mine, asked: Annotated[Have, Depends(message(Have))]) -> Response:
    """Which operations a restored service no longer knows."""
    return _answer(request, mine.have(asked))


@router.post("/digest", response_model=DigestReply)
def digest(request: Request, mine: Mine, asked: Annotated[DigestQuery, Depends(message(DigestQuery))]) -> Response:
    """Where the two sides of a bucket differ."""
    return _answer(request, mine.digest(asked))


@router.post("/fetch", response_model=Fetched)
def fetch(request: Request, mine: Mine, asked: Annotated[Fetch, Depends(message(Fetch))]) -> Response:
    """Operations whose bytes were damaged on the laptop."""
    return _answer(request, mine.fetch(asked))


@router.post("/names", response_model=Names)
def names(request: Request, mine: Mine, asked: Annotated[NamesQuery, Depends(message(NamesQuery))]) -> Response:
    """What the officers are called whose ids a laptop knows."""
    return _answer(request, mine.names(asked))


def _answer(request: Request, reply: Message) -> Response:
    return door.packed(reply.model_dump_json().encode(), request.headers.get("accept-encoding", ""))
