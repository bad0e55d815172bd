"""What can go wrong on the way to the council's service, each in a sentence for the worker.

SyncError (casework.errors)
├── BadCode             (casework.wire.enrolment_code) a code that is not one, or not of this council
├── Unreachable         no network, no answer, or somebody else's answer: ordinary, and tried again
├── Refusal             the service answered and said no, or met a fault of its own; carries its code
│   ├── ClockRefusal    its clock and this laptop's are too far apart
│   └── UnknownLaptop   it does not know this laptop, or not by this key: it joined after the service's backup
└── NotTheCouncil       what answers there is not the council this laptop joined
"""

from __future__ import annotations

from datetime import datetime

from casework.errors import SyncError

__all__ = ["ClockRefusal", "NotTheCouncil", "Refusal", "SyncError", "UnknownLaptop", "Unreachable"]

UNKNOWN = "laptop_unknown"  # the service's code for it
NOT_KNOWN = (
    "The council’s service does not know this laptop. Ask your administrator for a new code, then join again under "
    "Settings. Nothing on this laptop is lost."
)


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


class ClockRefusal(Refusal):
    """The service's clock and this laptop's are too far apart for a signature to count."""

    def __init__(self, message: str, service_now: str) -> None:
        super().__init__(401, "clock", message)
        self._service_now = service_now

    def ahead_ms(self, now: datetime) -> int:
        """By how much the service is ahead of this laptop."""
        return int((datetime.fromisoformat(self._service_now) - now).total_seconds() * 1000)


class UnknownLaptop(Refusal):
    """Said only of a signed request: no clock, no replay and no order to a withdrawn laptop looks like this."""

    def __init__(self) -> None:
        super().__init__(401, UNKNOWN, NOT_KNOWN)


class NotTheCouncil(SyncError):
    """What answers has no certificate that counts: not the council's, for another address, or no longer good."""
