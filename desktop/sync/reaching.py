"""The way to the council's service: straight, with TLS pinned to it; or through the council's own proxy, where TLS is
the proxy's and each answer has to be signed by the council (docs/decisions/behind-a-proxy)."""

from __future__ import annotations

import ssl
from pathlib import Path

from casework.errors import KnownError
from desktop.store.database.remembered import REVOCATIONS, CouncilService, Setting
from desktop.store.vault import Vault
from desktop.sync.following_roots import followed
from desktop.sync.proven_answers import SYSTEM, AnswerProof, fronted
from desktop.sync.transport import WAITS, Now, Transport, Way, pinned, unpinned

# Empty where there is none; SYSTEM, or the certificates of a file that was chosen.
PROXY = Setting("proxy", str, "")
MOST = 256 * 1024
NO_CERTIFICATE = "{} holds no certificate. Choose the one that your administrator gave you: it ends in .pem or .crt."


def way_to(
    url: str, roots_pem: str, now: Now, *, proxy: str, lists: str = "", waits: tuple[float, float] = WAITS
) -> Transport:
    """To the council that these roots are of; `lists`: what it has withdrawn, as last heard."""
    context, proof = believing(roots_pem, now, proxy=proxy, lists=lists)
    return Transport(url, context, now, proof, proxied=bool(proxy), waits=waits)


def believing(roots_pem: str, now: Now, *, proxy: str, lists: str) -> Way:
    if not proxy:
        return pinned(roots_pem, lists), None
    return fronted(proxy), AnswerProof(roots_pem, lists, now)


def way_of(vault: Vault, service: CouncilService, now: Now, *, waits: tuple[float, float] = WAITS) -> Transport:
    """To the one that this laptop joined, by its next root once it has one; `waits`: seconds for an answer and to
    connect."""
    proxy, lists = vault.settings.get(PROXY), vault.settings.get(REVOCATIONS).pem
    transport = way_to(service.url, service.roots_pem, now, proxy=proxy, lists=lists, waits=waits)

    def next_way() -> Way | None:
        found = followed(vault, way_before(service.url, now, proxy=proxy), now())
        return None if found is None else believing(found.roots_pem, now, proxy=proxy, lists=lists)

    transport.next_way = next_way
    return transport


def way_before(url: str, now: Now, *, proxy: str) -> Transport:
    """Before any root is known: for fetching the one that the enrolment code then has to vouch for."""
    return Transport(url, fronted(proxy) if proxy else unpinned(), now, proxied=bool(proxy))


def certificates_in(file: Path) -> str:
    """Those of a file that somebody chose. Raises KnownError where it holds none."""
    try:
        with file.open("rb") as opened:
            text = opened.read(MOST).decode("ascii", "replace")
        fronted(text)
    except (OSError, ssl.SSLError, ValueError) as error:
        raise KnownError(NO_CERTIFICATE.format(file.name)) from error
    return text


__all__ = ["PROXY", "SYSTEM", "certificates_in", "way_before", "way_of", "way_to"]
