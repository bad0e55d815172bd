"""One address of the service. What it reads, what it gives and who may ask is what the function behind it declares."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import get_type_hints

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from central.http.callers import Answer, Visitor


@dataclass(frozen=True)
class Address:
    """`deed` takes who asks (its first parameter says who may), then messages and places; `status` and `media_type`
    describe what a deed gives that makes its own response; `sent_file` names the file in a form that is sent,
    `sent_words` what may be typed beside it."""

    method: str
    path: str
    deed: Callable[..., Answer]
    status: int = 200
    media_type: str = ""
    sent_file: str = ""
    sent_words: tuple[str, ...] = ()

    @cached_property
    def _hints(self) -> dict[str, type]:
        return get_type_hints(self.deed)

    @property
    def gives(self) -> type:
        return self._hints["return"]

    @property
    def visitor(self) -> type[Visitor]:
        return next(iter(self._hints.values()))

    @cached_property
    def reads(self) -> list[type[msgspec.Struct]]:
        return [hint for hint in self._hints.values() if issubclass(hint, msgspec.Struct) and hint is not self.gives]

    def answer(self, request: Request, body: bytes) -> Response:
        """Who asks is judged before what they ask is read."""
        admitted = self.visitor.admit(request, body)
        return admitted.told(self.deed(admitted, *map(admitted.asked, self.reads)))

    async def answered(self, request: Request) -> Response:
        """Off the loop, which only reads and writes."""
        with self.visitor.turn(request):
            return await asyncio.to_thread(self.answer, request, await self.visitor.body_of(request))

    def route(self) -> Route:
        found = Route(self.path, self.answered, methods=[self.method])
        found.methods = {self.method}  # a HEAD is not answered with the deed of GET
        return found
