"""When the council's certificates end, and what is done about it in time: the service renews its own by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509

from casework.dates_in_words import day
from central.keys import key_folder, time_stamping
from central.keys.authority import Authority

SOON = timedelta(days=60)
SOON_FOR_TWO = timedelta(days=180)  # two people have to meet
SERVICE, STAMPING, ISSUING, ROOT = "service", "stamping", "issuing", "root"
TO_DO = {
    SERVICE: "the service renews it by itself as long as its issuing key lasts",
    STAMPING: "the service makes a new one by itself as long as its issuing key lasts",
    ISSUING: "two keepers make a new one with “homeward-central keys issue”",
    ROOT: (
        "two keepers found the next one with “homeward-central keys new-root”; laptops that are heard of between then "
        "and that day follow by themselves"
    ),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """One certificate of the council's own."""

    which: str
    starts: datetime
    ends: datetime

    def days(self, now: datetime) -> int:
        """Left; below nought once it has ended."""
        return (self.ends - now).days

    def is_soon(self, now: datetime) -> bool:
        return self.ends - now < (SOON if self.which in {SERVICE, STAMPING} else SOON_FOR_TWO)

    def words(self, now: datetime) -> str:
        """For the log and for whoever asks; empty while there is nothing to say."""
        if not self.is_soon(now):
            return ""
        verb = "ended" if self.ends <= now else "ends"
        return f"The council’s {self.which} certificate {verb} on {day(self.ends.date())}: {TO_DO[self.which]}."


def endings(authority: Authority) -> Iterator[Ending]:
    """The service's own first, the root last."""
    served = x509.load_pem_x509_certificate(authority.server_files[0].read_bytes())
    stamping = time_stamping.certificate_of(authority)
    found = {SERVICE: served, STAMPING: stamping, ISSUING: authority.certificate, ROOT: authority.root}
    for which, certificate in found.items():
        if certificate is not None and (which != ISSUING or authority.is_protected):
            yield Ending(which, certificate.not_valid_before_utc, certificate.not_valid_after_utc)


def renew_if_soon(authority: Authority, now: datetime) -> bool:
    """The service's own, for the names it has, where a new one would last longer; and its key for time-stamps once it
    was used for a year. Whether either is new."""
    stamps = time_stamping.renew_if_due(authority, now)
    service = next(endings(authority))
    if not service.is_soon(now) or service.ends >= authority.certificate.not_valid_after_utc:
        return stamps
    authority.issue_server(key_folder.hosts_of(authority.folder), now)
    return True
