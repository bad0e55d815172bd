"""A check over a real service: given by the manager, after the author's signature, and by nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from casework.canonical import JSON
from casework.errors import DocumentError, NotThisRole, SignatureRefused
from casework.identifiers import RecordId
from casework.practice.manager_check import CHECK, CheckState, Verdict
from casework.practice.notices.notice_table import NoticeKind
from casework.practice.roles import Role
from casework.records import Change
from desktop.cli import parse_arguments
from desktop.flows.council.not_taken_in import returned
from desktop.flows.desk import Desk
from desktop.flows.notices import inbox
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.checking import checking, give_check
from desktop.flows.signing.pdf_check import verify
from desktop.sync.transport import pinned
from desktop.verbs.deeds import DEEDS
from judgement.verdict import Outcome
from tests.central.running import Council
from tests.desktop.documents.conformance import text_of
from tests.together.laptops import PASSPHRASE, Laptop
from tests.together.test_notices import Join, join, kinds

__all__ = ["join"]
PLAN: dict[str, JSON] = {
    "missing_when": "If she is not back by nine.",
    "steps": [{"after": "At once", "what": "Ring", "who": "Sam Tindle"}],
}


class Pair:
    """An advocate who signed a plan, and the manager of the missing team."""

    def __init__(self, join: Join) -> None:
        self.author_laptop, self.author = join(Role.MISSING_ADVOCATE)
        self.manager_laptop, self.manager = join(Role.MISSING_MANAGER)
        child = editing.new_record(self.author, "child", "", {"given_name": "Wren"})
        self.plan = editing.new_record(self.author, "find_me_plan", child, PLAN)
        signing.lock_record(self.author, self.plan, name="Ann", ink=None)
        self.sync()

    def sync(self) -> None:
        for laptop in (self.author_laptop, self.manager_laptop, self.author_laptop):
            laptop.synced()

    def give(self, verdict: Verdict, words: str = "") -> None:
        give_check(self.manager, self.plan, verdict, words=words, name="Tom", passphrase=PASSPHRASE)
        self.sync()


@pytest.fixture
def pair(join: Join) -> Pair:
    return Pair(join)


def test_returned_asks_the_author_and_approved_stands_on_both_laptops(pair: Pair) -> None:
    """S0. A correction makes the check due again, and the check of before does not count for it."""
    assert kinds(pair.manager) == {NoticeKind.CHECK_WANTED}
    assert checking(pair.manager, pair.plan).mine
    assert checking(pair.author, pair.plan).state is CheckState.WAITING
    assert not checking(pair.author, pair.plan).mine

    pair.give(Verdict.RETURNED, "Who rings the school?")

    found = checking(pair.author, pair.plan)
    assert found.state is CheckState.RETURNED
    assert [given.words for given in found.given] == ["Who rings the school?"]
    (told,) = inbox.inbox(pair.author)
    assert (told.kind, told.about_id) == (NoticeKind.CHECK_RETURNED, pair.plan)

    signing.amend(
        pair.author,
        pair.plan,
        question="missing_when",
        value="Nine, and Ann rings.",
        reason="Asked",
        name="Ann",
        passphrase=PASSPHRASE,
    )
    pair.sync()
    assert checking(pair.manager, pair.plan).state is CheckState.WAITING
    pair.give(Verdict.APPROVED)

    assert checking(pair.author, pair.plan).state is CheckState.APPROVED
    assert checking(pair.author, pair.plan).given[-1].name == "Tom"


def test_nobody_but_the_manager_gives_one(pair: Pair) -> None:
    """Not the author, not a manager who wrote in it, and not without saying what is wrong."""
    with pytest.raises(NotThisRole, match="act of the manager"):
        give_check(pair.author, pair.plan, Verdict.APPROVED, words="", name="Ann", passphrase=PASSPHRASE)
    with pytest.raises(SignatureRefused, match="what has to be put right"):
        give_check(pair.manager, pair.plan, Verdict.RETURNED, words=" ", name="Tom", passphrase=PASSPHRASE)
    own = editing.new_record(pair.manager, "find_me_plan", pair.manager_laptop.view(pair.plan).child_id, PLAN)
    with pytest.raises(SignatureRefused, match="signed record"):
        give_check(pair.manager, own, Verdict.APPROVED, words="", name="Tom", passphrase=PASSPHRASE)
    signing.lock_record(pair.manager, own, name="Tom", ink=None)
    with pytest.raises(NotThisRole, match="somebody else"):
        give_check(pair.manager, own, Verdict.APPROVED, words="", name="Tom", passphrase=PASSPHRASE)


@pytest.mark.parametrize("whose", ["the author's", "another content"])
def test_the_service_takes_in_no_other(council: Council, pair: Pair, whose: str) -> None:
    """Of a laptop whose program was changed: the author approves, or a manager approves what nobody signed."""
    laptop = pair.author_laptop if whose == "the author's" else pair.manager_laptop
    forged(laptop, pair.plan, content="0" * 64 if whose == "another content" else "")
    pair.sync()

    reader = pair.manager_laptop if laptop is pair.author_laptop else pair.author_laptop
    assert not reader.view("forged").form_id
    desk = pair.manager if reader is pair.manager_laptop else pair.author
    assert checking(desk, pair.plan).state is CheckState.WAITING


def forged(laptop: Laptop, plan: str, *, content: str) -> None:
    view = laptop.view(plan)
    signature = view.signatures[-1]
    said = {"about": plan, "about_form": "find_me_plan", "signature": signature.op_id, "verdict": "approved"}
    said["content"] = content or signature.content_hash
    changes = [Change(f"f/{name}", value) for name, value in said.items()]
    author = laptop.author
    laptop.write(
        lambda stamp: author.create(
            stamp,
            record_id=RecordId("forged"),
            child_id=view.child_id,
            strand="missing",
            form_id=CHECK,
            form_version=1,
            changes=changes,
        )
    )
    laptop.sign("forged")


def test_a_check_that_is_given_is_not_changed(pair: Pair) -> None:
    """Neither by its giver, before it is signed, nor by anybody after."""
    pair.give(Verdict.APPROVED)
    (given,) = pair.manager.vault.summaries(form_id=CHECK)
    view = pair.manager_laptop.view(given.record_id)
    author = pair.author_laptop.author
    pair.author_laptop.write(
        lambda stamp: author.amend(stamp, view, changes=[Change("f/verdict", "returned")], reason="no", name="Ann")
    )
    pair.sync()

    assert not pair.manager_laptop.view(given.record_id).amendments


def test_a_signature_that_its_life_forbids_waits_for_a_supervisor(join: Join) -> None:
    """Judged by the service for itself, whatever the laptop let pass: a plan whose step is nobody's is not agreed."""
    laptop, author = join(Role.MISSING_ADVOCATE)
    child = editing.new_record(author, "child", "", {"given_name": "Wren"})
    unowned: dict[str, JSON] = {**PLAN, "steps": [{"after": "At once", "what": "Ring"}]}
    plan = editing.new_record(author, "find_me_plan", child, unowned)
    signing.lock_record(author, plan, name="Ann", ink=None)
    laptop.sync()
    manager_laptop, manager = join(Role.MISSING_MANAGER)
    manager_laptop.synced()

    (item,) = returned(author)
    assert "Give every step someone who does it" in item.why
    assert not manager.vault.view(plan).locked


def run(desk: Desk, *words: str) -> Any:
    """A line of the command, on this laptop."""
    return DEEDS[words[0]](parse_arguments(words), desk)


def test_the_manager_signs_in_the_authors_pdf_once_the_check_is_given(
    council: Council, pair: Pair, tmp_path: Path
) -> None:
    """On another laptop, later; both laptops and the council's page say so of the same file."""
    full, both = str(tmp_path / "plan.pdf"), str(tmp_path / "both.pdf")
    run(pair.author, "export", pair.plan, "--to", full)
    with pytest.raises(DocumentError, match="Give the check first"):
        run(pair.manager, "countersign", full, "--to", both)
    pair.give(Verdict.APPROVED)
    with pytest.raises(DocumentError, match="Give the check first"):
        run(pair.author, "countersign", full, "--to", both)
    run(pair.manager, "countersign", full, "--to", both)

    manager = pair.manager.officer.name
    for desk in (pair.author, pair.manager):
        found = verify(Path(both), desk)
        assert (found.outcome, found.checked_by) == (Outcome.GOOD, manager)
        assert found.sentence.endswith(f"The check by {manager} is on this laptop.")
    with pytest.raises(DocumentError, match="no room left"):
        run(pair.manager, "countersign", both, "--to", full + "2")
    with (
        httpx.Client(
            base_url=council.url, verify=pinned(council.service.authority.pem), trust_env=False, timeout=120
        ) as client,
        Path(both).open("rb") as file,
    ):
        page = client.post("/check", files={"pdf": file}).text
    assert "This document is good" in page
    assert f"{manager} checked it and signed that on " in page


def test_a_copy_made_after_the_check_shows_it_beside_the_authors_signature(pair: Pair, tmp_path: Path) -> None:
    """By whichever of the two it is made; a copy for another reader shows the author's alone."""
    before = tmp_path / "before.pdf"
    run(pair.author, "export", pair.plan, "--to", str(before))
    pair.give(Verdict.APPROVED)
    words: dict[str, str] = {}
    for name, desk, copy in (("own", pair.author, "full"), ("managers", pair.manager, "full")):
        file = tmp_path / f"{name}.pdf"
        run(desk, "export", pair.plan, "--copy", copy, "--to", str(file))
        words[name], found = text_of(file), verify(file, desk)
        assert found.good
        assert "The check by Tom is on this laptop." in found.sentence

    assert all("Checked and approved by Tom" in one for one in words.values())
    assert "Not given yet when this copy was made" in text_of(before)
    assert verify(before, pair.author).good
