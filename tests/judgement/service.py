"""A council's service with its real keys and a clock that is moved: what it certifies, stamps and withdraws."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from casework.identifiers import OfficerId
from central.keys import certificate_ends, key_folder, time_stamping
from central.keys.authority import Authority
from central.keys.certificate_parts import certificate_pem
from desktop.documents.sealing import Identity
from desktop.documents.stamp_on_pdf import stamped
from desktop.sync.certificate_renewal import key_pem, request_for
from judgement.verdict import Verdict
from judgement.verification import check_pdf
from tests.central.running import KEEPERS, found_keys

START = datetime.fromisoformat("2026-11-29T09:00:00+00:00")


class Service:
    def __init__(self, folder: Path, now: datetime = START) -> None:
        self.now = now
        self.authority: Authority = found_keys(folder, now)
        self.withdrawn: list[tuple[int, datetime]] = []

    def officer(self, name: str, officer_id: str) -> Identity:
        key = ec.generate_private_key(ec.SECP256R1())
        made = self.authority.issue_officer(
            request_for(key), officer_id=OfficerId(officer_id), name=name, council="Rotherham", now=self.now
        )
        chain = certificate_pem(made) + self.authority.between_pem + self.authority.pem
        return Identity(name, chain, key_pem(key))

    def move(self, **by: float) -> None:
        """As the running service does by the hour, and two keepers half a year before the issuing key ends."""
        self.now += timedelta(**by)
        if self.authority.certificate.not_valid_after_utc - self.now < certificate_ends.SOON_FOR_TWO:
            self.issue_anew(withdraw=False)
        certificate_ends.renew_if_soon(self.authority, self.now)

    def issue_anew(self, *, withdraw: bool) -> None:
        root = key_folder.open_root(self.authority.folder, KEEPERS[:2])
        key_folder.issue(self.authority.folder, root, hosts=[], now=self.now, withdraw=withdraw)
        self.authority = Authority.open(self.authority.folder)

    def withdraw(self, officer: Identity) -> None:
        serial = x509.load_pem_x509_certificate(officer.chain_pem.encode()).serial_number
        self.withdrawn.append((serial, self.now))

    @property
    def lists(self) -> str:
        return self.authority.revocations(self.withdrawn, number=1, now=self.now)

    def stamp(self, document: bytes) -> bytes:
        return stamped(document, self.reply, self.authority.pem, self.lists)

    def reply(self, request: bytes) -> bytes:
        """In a thread of its own, as of a process of its own."""
        with ThreadPoolExecutor(1) as elsewhere:
            return elsewhere.submit(time_stamping.answered, self.authority, request, self.now).result()

    def verdict(
        self, document: bytes, *, more_roots: Sequence[str] = (), lists: Sequence[str] = (), told: bool = True
    ) -> Verdict:
        """`told`: by somebody who has today's list."""
        roots = [self.authority.pem, *more_roots]
        return check_pdf(document, roots, lists=[self.lists, *lists] if told else [], now=self.now)

    def root_list(self, serial: int) -> str:
        """The root’s own, as of now."""
        root = key_folder.open_root(self.authority.folder, KEEPERS[:2])
        return root.withdrawals([(serial, self.now)], self.now)
