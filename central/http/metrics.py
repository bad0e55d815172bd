"""What an operator may know: how many requests, how long, how they ended. No name, no id, no content, no address."""

from __future__ import annotations

import secrets
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from threading import Lock

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central.http.log_lines import request_id, written

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
UNROUTED = "other"


@dataclass
class Metrics:
    """Since this process began. Prometheus adds up several instances itself."""

    requests: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    seconds: Counter[float] = field(default_factory=Counter)
    total_seconds: float = 0.0
    operations: Counter[str] = field(default_factory=Counter)
    _turn: Lock = field(default_factory=Lock)

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        with self._turn:
            self.requests[method, route, status] += 1
            self.total_seconds += seconds
            for bound in BOUNDS:
                self.seconds[bound] += seconds <= bound

    def answered(self, statuses: list[str]) -> None:
        """How the operations of one push ended."""
        with self._turn:
            self.operations.update(statuses)

    def text(self) -> str:
        """In Prometheus' own format."""
        with self._turn:
            lines = ["# TYPE homeward_requests_total counter"]
            for (method, route, status), count in sorted(self.requests.items()):
                lines.append(f'homeward_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}')
            lines.append("# TYPE homeward_operations_total counter")
            for status_name, count in sorted(self.operations.items()):
                lines.append(f'homeward_operations_total{{status="{status_name}"}} {count}')
            lines.append("# TYPE homeward_request_seconds histogram")
            lines += [f'homeward_request_seconds_bucket{{le="{bound}"}} {self.seconds[bound]}' for bound in BOUNDS]
            count = sum(self.requests.values())
            lines.append(f'homeward_request_seconds_bucket{{le="+Inf"}} {count}')
            lines += [
                f"homeward_request_seconds_sum {self.total_seconds:.6f}",
                f"homeward_request_seconds_count {count}",
            ]
        return "\n".join(lines) + "\n"


class Watching:
    """One line of JSON for each request, and its place in the counts."""

    def __init__(self, app: ASGIApp, metrics: Metrics, *, logs: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._logs = logs

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun = 500, time.perf_counter()
        request_id.set(secrets.token_hex(6))

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.get().encode())]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            self._note(scope, status, time.perf_counter() - begun)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", UNROUTED)  # the pattern, never the address that was asked for
        method = scope["method"] if scope["method"] in METHODS else UNROUTED
        self._metrics.request(method, route, status, seconds)
        if self._logs:
            line = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
            sys.stderr.write(written(line) + "\n")


METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT"})
