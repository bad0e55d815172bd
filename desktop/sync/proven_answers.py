"""What a laptop believes that reaches its council through a proxy: answers that the council signed, and no other.

What the proxy answers in the council's place is told in words and believed in nothing: no item counts as received, no
upload as begun, no laptop as withdrawn.
"""

from __future__ import annotations

import hashlib
import secrets
import ssl
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from casework.errors import AnswerError
from casework.wire.council_roots import roots_in
from casework.wire.signed_answers import HEADER, STREAMED, SignedAnswer, answer_text
from casework.wire.withdrawals import CouncilLists
from desktop.sync.connection_failures import ENDED, IMPOSTOR, NOT_YET, by_the_proxy
from desktop.sync.errors import NotTheCouncil

if TYPE_CHECKING:
    import httpx

SYSTEM = "system"  # the proxy's certificate is one that this computer trusts
MOST_BYTES = 64 * 1024 * 1024  # of an answer, over the wire; the longest page of the feed is a fraction of it
NOT_SIGNED = (
    "What answers at this address did not prove that it speaks for the council. Nothing of it was believed, and "
    "everything is saved on this laptop. Tell your administrator."
)


@lru_cache(maxsize=2)
def fronted(proxy: str) -> ssl.SSLContext:
    """TLS to a proxy: by the certificates that this computer trusts, or by those of one file and no other."""
    context = ssl.create_default_context() if proxy == SYSTEM else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if proxy != SYSTEM:
        context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the file may hold the proxy's own certificate alone
        context.load_verify_locations(cadata=proxy)
    return context


class AnswerProof:
    """Of one conversation with the council that these roots are of."""

    def __init__(self, roots_pem: str, lists: str, now: Callable[[], datetime]) -> None:
        self._roots = roots_in(roots_pem)
        self._lists = lists
        self._now = now
        self._known: dict[tuple[bytes, ...], ec.EllipticCurvePublicKey] = {}

    @staticmethod
    def wanted() -> dict[str, str]:
        """A new nonce for each request: an answer of before proves nothing."""
        return {HEADER: secrets.token_urlsafe(18)}

    def received(self, response: httpx.Response) -> httpx.Response:
        """Proven before it is unpacked: the signature is over what came over the wire. Raises what `check` does."""
        import httpx  # noqa: PLC0415 - whoever has an answer has loaded it

        raw = bytearray()
        for part in response.iter_raw():
            raw += part
            if len(raw) > MOST_BYTES:  # nobody has proven anything yet
                raise NotTheCouncil(NOT_SIGNED)
        self.check(response, bytes(raw))
        return httpx.Response(
            response.status_code, headers=response.headers, content=bytes(raw), request=response.request
        )

    def check(self, response: httpx.Response, body: bytes | None) -> None:
        """`body`: as it came over the wire; None where it comes in pieces, and a file's own hash tells whether it is
        right. Raises NotTheCouncil; Unreachable for what the proxy says of itself."""
        header = response.headers.get(HEADER)
        if header is None:
            raise by_the_proxy(response.status_code) or NotTheCouncil(NOT_SIGNED)
        try:
            said = SignedAnswer.read(header)
            if said.is_streamed != (body is None):
                raise NotTheCouncil(NOT_SIGNED)
            key = self._key_of(said.chain)
            key.verify(said.signature, _text(response, body), ec.ECDSA(hashes.SHA256()))
        except (AnswerError, InvalidSignature) as error:
            raise NotTheCouncil(NOT_SIGNED) from error

    def _key_of(self, chain: tuple[bytes, ...]) -> ec.EllipticCurvePublicKey:
        if chain not in self._known:
            self._known[chain] = self._certified(chain)
        return self._known[chain]

    def _certified(self, chain: tuple[bytes, ...]) -> ec.EllipticCurvePublicKey:
        """Of the service, and of nobody else whom the council certified. Raises NotTheCouncil, InvalidSignature."""
        try:
            own, *between = (x509.load_der_x509_certificate(each) for each in chain)
            use = own.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except (ValueError, x509.ExtensionNotFound) as error:
            raise NotTheCouncil(IMPOSTOR) from error
        lists = CouncilLists.read(self._roots, [self._lists], between)
        issuers, key = lists.above(own), own.public_key()
        is_service = ExtendedKeyUsageOID.SERVER_AUTH in use and isinstance(key, ec.EllipticCurvePublicKey)
        if issuers is None or not is_service or any(lists.withdrawn_on(each) for each in (own, *issuers)):
            raise NotTheCouncil(IMPOSTOR)
        for each in (own, *issuers):
            self._refuse_ended(each)
        assert isinstance(key, ec.EllipticCurvePublicKey)  # noqa: S101 - asked above
        return key

    def _refuse_ended(self, certificate: x509.Certificate) -> None:
        now = self._now()
        if now > certificate.not_valid_after_utc:
            raise NotTheCouncil(ENDED)
        if now < certificate.not_valid_before_utc:
            raise NotTheCouncil(NOT_YET)


def _text(response: httpx.Response, body: bytes | None) -> bytes:
    request = response.request
    nonce, target = request.headers[HEADER], request.url.raw_path.decode("ascii")
    hashed = STREAMED if body is None else hashlib.sha256(body).hexdigest()
    headers = {name.lower(): value for name, value in response.headers.items()}
    return answer_text(nonce, request.method, target, response.status_code, headers, hashed)
