"""A copy that opens with a password is judged as any other, by whoever has it; without it nothing is said of it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.pdf_utils.crypt.standard import StandardSecurityHandler, StandardSecuritySettingsRevision
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter, copy_into_new_writer
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from casework.errors import NotOurPdf, PasswordWanted
from desktop.documents import sealing
from desktop.documents.pdf.protection import protected
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, seal_pdf
from desktop.documents.stamp_on_pdf import _Untouched, stamped
from desktop.paths import fonts
from judgement.apart import judge_apart
from judgement.password import LONGEST, WANTED, WRONG
from judgement.verdict import Outcome, Verdict
from judgement.verification import check_pdf
from tests.judgement.service import Service
from tests.judgement.test_kinds_of_change import ANYWHERE, Change, another_signature_value
from tests.judgement.test_verification import nadias

PASSWORD = "otter lantern gravel mosaic thirteen"


# A signature's own bytes are not encrypted, which the library that makes these changes does not know of.
KINDS = tuple(change for change in ANYWHERE if change is not another_signature_value)


class Locked:
    """One copy, open and protected, and the protected one with the time-stamp of its council."""

    def __init__(self, folder: Path) -> None:
        self.service = Service(folder)
        self.nadia: Identity = self.service.officer("Nadia Brightwater", "nadia-1")
        self.unsigned = render(nadias(), fonts())
        self.open, self.copy = self.sealed(""), self.sealed(PASSWORD)
        council = self.service.authority.pem
        self.stamped = stamped(self.copy, self.service.reply, council, self.service.lists, PASSWORD)

    def sealed(self, password: str) -> bytes:
        at = self.service.now
        return seal_pdf(self.unsigned, self.nadia, reason="Signed", place="Rotherham", at=at, password=password)

    def verdict(self, document: bytes, password: str = PASSWORD) -> Verdict:
        roots, lists = [self.service.authority.pem], [self.service.lists]
        return check_pdf(document, roots, lists=lists, now=self.service.now, password=password)


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Locked:
    return Locked(tmp_path_factory.mktemp("keys") / "central")


def test_it_is_judged_as_the_open_copy_is(locked: Locked) -> None:
    """In the same words, with and without the spaces that a person types around it, here and in a process apart."""
    expected = locked.verdict(locked.open)
    apart = judge_apart(
        locked.copy,
        [locked.service.authority.pem],
        [locked.service.lists],
        locked.service.now,
        password=PASSWORD,
    )

    assert expected.good
    assert locked.verdict(locked.copy) == locked.verdict(locked.copy, f" {PASSWORD}\n") == expected
    assert (apart.good, apart.sentence) == (True, expected.sentence)
    assert "The council’s service saw it" in locked.verdict(locked.stamped).sentence


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("", WANTED),
        ("otter lantern gravel mosaic", WRONG),
        (PASSWORD.title(), WRONG),
        ("\x07é", WRONG),
        ("\ud800", WRONG),
        ("x" * (LONGEST + 1), WRONG),
    ],
)
@pytest.mark.parametrize("state", ["copy", "stamped"])
def test_a_missing_or_wrong_password_is_a_sentence(locked: Locked, state: str, password: str, said: str) -> None:
    with pytest.raises(PasswordWanted) as refused:
        locked.verdict(getattr(locked, state), password)

    assert str(refused.value) == said


def _added(document: bytes, change: Change) -> bytes:
    out, writer = io.BytesIO(), _Untouched(io.BytesIO(document))
    writer.encrypt(PASSWORD)
    change(writer)
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("state", ["copy", pytest.param("stamped", marks=pytest.mark.soak)])
def test_no_kind_of_addition_passes(locked: Locked, state: str) -> None:
    """The same thirty kinds as to an open one, by somebody who has the password."""
    found = [(change.__name__, locked.verdict(_added(getattr(locked, state), change))) for change in KINDS]

    assert len(KINDS) >= 30
    assert [name for name, verdict in found if verdict.good or verdict.outcome is not Outcome.CHANGED] == []


@pytest.mark.parametrize("examples", [60, pytest.param(500, marks=pytest.mark.soak)])
def test_no_single_byte_is_changed_unnoticed(locked: Locked, examples: int) -> None:
    chance, unnoticed = random.Random(examples), []
    for _ in range(examples):
        place, changed = chance.randrange(len(locked.copy)), bytearray(locked.copy)
        changed[place] = (changed[place] + chance.randrange(1, 256)) % 256
        try:
            unnoticed += [place] if locked.verdict(bytes(changed)).good else []
        except NotOurPdf:
            continue

    assert unnoticed == []


def _of_before(writer: PdfFileWriter) -> StandardSecurityHandler:
    """AES-128, as programs of twenty years ago."""
    kind, number = StandardSecuritySettingsRevision.RC4_OR_AES128, writer._document_id[0]
    return StandardSecurityHandler.build_from_pw_legacy(kind, number, PASSWORD, PASSWORD)


def _open_about(_writer: PdfFileWriter) -> StandardSecurityHandler:
    """The title, with the child's name in it, to be read without the password."""
    return StandardSecurityHandler.build_from_pw(PASSWORD, encrypt_metadata=False, pdf_mac=False)


def _sealed(locked: Locked, document: bytes) -> Verdict:
    """As `seal_pdf` does it, of what was locked by some other program."""
    details = signers.PdfSignatureMetadata(
        field_name="Author",
        md_algorithm="sha256",
        name="Nadia Brightwater",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    at = locked.service.now
    return locked.verdict(sealing._signed(document, details, locked.nadia, sealing._NOTHING, at, PASSWORD))


@pytest.mark.parametrize("lock", [_of_before, _open_about])
def test_a_lock_of_another_kind_is_none_of_homewards(
    locked: Locked, lock: Callable[[PdfFileWriter], StandardSecurityHandler]
) -> None:
    """Though an officer's own key sealed it, and nothing has changed since."""
    writer, out = copy_into_new_writer(PdfFileReader(io.BytesIO(locked.unsigned))), io.BytesIO()
    writer._assign_security_handler(lock(writer))
    writer.write(out)

    assert _sealed(locked, out.getvalue()).outcome is Outcome.CHANGED
    assert _sealed(locked, protected(locked.unsigned, PASSWORD)).good
