"""A council's next root: followed by a laptop while the one it knows still holds; told in a sentence afterwards.

Asked for only when what answers cannot be believed: what vouches for the next root is the signature of the one that is
known, so it does not matter who hands it on (docs/decisions/a-next-root.md).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import structs

from casework.dates_in_words import day
from casework.errors import SyncError
from casework.wire.council_roots import RootStep, after, before, holds, read_steps, roots_in
from desktop.store.database.remembered import SERVICE, CouncilService
from desktop.store.vault import Vault
from desktop.sync.errors import NotTheCouncil
from desktop.sync.transport import Transport

PATH = "/v1/roots"
AWAY = (
    "The council has had a new key since {}, and the one this laptop knew ended on {}, before this laptop was heard "
    "again. Everything is saved on this laptop, and nothing was sent. Ask your administrator for a new code, then join "
    "again under Settings."
)
OVER = (
    "The council’s key, by which this laptop knows it, ended on {}, and there is none after it yet; or the clock of "
    "this laptop is wrong. Everything is saved on this laptop, and nothing was sent. Look at the clock, then tell your "
    "administrator."
)
Now = Callable[[], datetime]


def followed(vault: Vault, asked: Transport, now: datetime) -> CouncilService | None:
    """The council by its newest root, kept; None where there is nothing to follow. Raises NotTheCouncil where the
    root that is known has ended."""
    service = vault.settings.get(SERVICE)
    steps, known = steps_told(asked), roots_in(service.ca_pem)[0]
    later = after(known, steps, now)
    if not later:
        _refuse_ended(known, after(known, steps), now)
        return None
    found = with_roots(service, later[-1], steps)
    vault.settings.put(SERVICE, found)
    vault.audit.add("council_root_followed", until=roots_in(found.ca_pem)[0].not_valid_after_utc.date().isoformat())
    return found


def _refuse_ended(known: x509.Certificate, later: list[x509.Certificate], now: datetime) -> None:
    if holds(known, now):
        return
    ended = day(known.not_valid_after_utc.date())
    if later:
        raise NotTheCouncil(AWAY.format(day(later[0].not_valid_before_utc.date()), ended))
    raise NotTheCouncil(OVER.format(ended))


def with_roots(service: CouncilService, newest: x509.Certificate, steps: list[RootStep]) -> CouncilService:
    """With those before it, as far as it vouches for them."""
    return structs.replace(service, ca_pem=_pem(newest), formerly=tuple(_pem(each) for each in before(newest, steps)))


def steps_told(asked: Transport) -> list[RootStep]:
    """By whoever answers there: the signatures say what it is worth. A service older than this program tells none."""
    try:
        with closing(asked):
            return read_steps(asked.fetch(PATH))
    except SyncError:
        return []


def is_next_of(known_pem: str, newest_pem: str, steps: list[RootStep]) -> bool:
    """Whether the root that is known vouched for the other, however long ago: where a code vouches for it as well."""
    return roots_in(newest_pem)[0] in after(roots_in(known_pem)[0], steps)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()
