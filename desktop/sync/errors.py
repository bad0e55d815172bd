"""What can go wrong on the way to the council's service, each in a sentence for the worker.

SyncError (casework.errors)
├── BadCode             (casework.enrolment) a code that is not one, or not of this council
├── Unreachable         no network, no answer, or somebody else's answer: ordinary, and tried again
├── Refusal             the service answered and said no; carries its code
└── NotTheCouncil       what answers there is not the council this laptop joined
"""

from __future__ import annotations

from casework.errors import SyncError

__all__ = ["NotTheCouncil", "Refusal", "SyncError", "Unreachable"]


class Unreachable(SyncError):
    """Nobody answered, or not the service. Work goes on; the next try is a matter of time."""

    def __init__(self, message: str, *, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Refusal(SyncError):
    """A problem document (RFC 9457) of the service's own."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class NotTheCouncil(SyncError):
    """The certificate is not the one this laptop trusts."""
