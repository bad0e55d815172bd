"""A certificate that one library reads and the other will not vouches for nobody, and stops nothing else."""

from __future__ import annotations

import pytest
from asn1crypto import pem, x509

from judgement.certificates import Chain
from tests.desktop.documents.council import Council

COUNCIL = Council()
NADIA = COUNCIL.officer("Nadia Brightwater", "nadia-1")


def read(text: str) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(text.encode("ascii"))[2])


def renumbered(certificate: x509.Certificate, number: int) -> x509.Certificate:
    changed = certificate.copy()
    changed["tbs_certificate"]["serial_number"] = number
    return x509.Certificate.load(changed.dump(force=True))


@pytest.mark.parametrize("number", [0, -5])
def test_a_number_no_certificate_may_have(number: int) -> None:
    root, signer, between = (read(each) for each in (COUNCIL.root_pem, NADIA.chain_pem, COUNCIL.between_pem))
    strange = renumbered(between, number)

    assert Chain.to([root], renumbered(signer, number), [between], []) is None
    assert Chain.to([root], signer, [strange], []) is None
    assert Chain.to([root], signer, [strange, between], []) is not None
