"""The service's own errors.

KnownError
└── CentralError                something an administrator or a laptop can act upon
    ├── NotInitialised          the folder holds no council yet
    ├── UnknownThing            an officer, device, or item that is not here
    └── Refused                 an answer to a request: carries the HTTP status and a code
"""

from __future__ import annotations

from casework.errors import BugError, KnownError


class CentralError(KnownError):
    """The central service cannot do what was asked."""


class NotInitialised(CentralError):
    """No council has been set up in this folder."""


class UnknownThing(CentralError):
    """An officer, device, operation or file that is not here."""


class Refused(CentralError):
    """Becomes a problem document (RFC 9457) at the door."""

    def __init__(self, status: int, code: str, detail: str, **headers: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.headers = headers


class BrokenService(BugError):
    """The database holds something this code promised never to write."""
