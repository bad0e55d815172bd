"""Documents with the council's time-stamp, over a real service: as they are made, later, and as years go by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casework.identifiers import DeviceId
from casework.practice.roles import Role
from central.keys import time_stamping
from central.people import revoking
from desktop.compose import build_catalogue
from desktop.flows.access.joining_a_council import join as join_council
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.flows.signing.lasting import NOT_YET, STAMPED
from desktop.flows.signing.pdf_check import verify
from desktop.store.database.remembered import REVOCATIONS
from desktop.sync.transport import pinned
from desktop.ui.app import application
from desktop.ui.window import MainWindow
from judgement.verdict import Outcome, Verdict
from tests.central.running import START, Council
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted
from tests.judgement.service import Service
from tests.judgement.test_time_stamps import stamped
from tests.together.laptops import Laptop
from tests.together.test_checking import PLAN, run
from tests.together.test_not_taken_in import MARKS
from tests.together.test_notices import Join, join

__all__ = ["join"]
PLAIN = "It carries no time-stamp: when it was signed, only that laptop’s clock says."
SAW = "The council’s service saw it on 27 March 2026, 14:32, by its own clock."


@dataclass
class Author:
    """An advocate who signed a plan, and a folder to keep copies in."""

    council: Council
    laptop: Laptop
    desk: Desk
    plan: str
    folder: Path

    def export(self, name: str) -> tuple[Path, str]:
        file = self.folder / name
        return file, str(run(self.desk, "export", self.plan, "--to", str(file))[1])

    def unstamped(self, name: str) -> Path:
        self.council.stop()
        file, said = self.export(name)
        self.council.restart()
        assert said.endswith(NOT_YET)
        return file

    def verdict(self, file: Path) -> Verdict:
        return verify(file, self.desk)

    def strengthened(self, file: Path) -> dict[str, Any]:
        found: dict[str, Any] = run(self.desk, "strengthen", str(file))[0]
        return found


@pytest.fixture
def author(council: Council, join: Join, tmp_path: Path) -> Author:
    laptop, desk = join(Role.MISSING_ADVOCATE)
    child = editing.new_record(desk, "child", "", {"given_name": "Wren"})
    plan = editing.new_record(desk, "find_me_plan", child, PLAN)
    signing.lock_record(desk, plan, name="Ann", ink=None)
    laptop.synced()
    folder = tmp_path / "kept"
    folder.mkdir()
    return Author(council, laptop, desk, plan, folder)


def test_a_document_made_with_a_network_carries_the_services_time(author: Author) -> None:
    """Beside the list of withdrawn certificates of that day, which the laptop keeps as well."""
    file, said = author.export("plan.pdf")
    verdict = author.verdict(file)

    assert said.endswith(STAMPED)
    assert (verdict.outcome, verdict.good) == (Outcome.GOOD, True)
    assert SAW in verdict.sentence
    assert b"/DSS" in file.read_bytes()
    assert author.laptop.vault.settings.get(REVOCATIONS).at == author.council.clock().isoformat()


def test_one_made_without_is_given_it_later(author: Author) -> None:
    """By the command line, of a folder each; the file itself is still what it was, with bytes after it."""
    file = author.unstamped("plan.pdf")
    before = file.read_bytes()
    assert PLAIN in author.verdict(file).sentence
    (author.folder / "other.pdf").write_bytes(before.replace(b"/Rect", b"/Rekt", 1))
    found = author.strengthened(author.folder)

    assert found["good"] is False
    assert file.read_bytes().startswith(before)
    assert len(file.read_bytes()) > len(before)
    assert SAW in author.verdict(file).sentence
    told = {one["file"]: one for one in found["files"]}
    assert told["plan.pdf"]["good"]
    assert "counts until 26 March 2031: add another after 27 September 2030." in told["plan.pdf"]["sentence"]
    assert "So no time-stamp was put on it." in told["other.pdf"]["sentence"]
    again = run(author.desk, "strengthen", str(file))[1]
    assert "It has a time-stamp already." in again
    assert [each.name for each in author.folder.iterdir()] in (["plan.pdf", "other.pdf"], ["other.pdf", "plan.pdf"])


def test_a_laptop_whose_clock_is_days_ahead_is_told_so(author: Author) -> None:
    """The document is made all the same, and carries no time-stamp that would call it wrong."""
    author.desk.now = lambda: author.council.clock() + timedelta(days=3)
    file, said = author.export("plan.pdf")

    assert said.endswith("Set it right, then save the document anew.")
    assert author.verdict(file).kept is None


def test_without_a_network_nothing_is_changed_and_that_is_said(author: Author) -> None:
    file = author.unstamped("plan.pdf")
    before = file.read_bytes()
    author.council.stop()
    found = run(author.desk, "strengthen", str(file))
    author.council.restart()

    assert "It was left as it is." in found[1]
    assert found[0]["good"] is False
    assert file.read_bytes() == before


def test_a_folder_of_more_than_may_be_stamped_at_once_is_done_in_two_goes(author: Author) -> None:
    file = author.unstamped("a.pdf")
    for name in ("b.pdf", "c.pdf"):
        (author.folder / name).write_bytes(file.read_bytes())
    assert author.council.app is not None
    stamping = author.council.app.state.traffic.stamping
    allowed = stamping.allowance
    object.__setattr__(stamping, "allowance", type(allowed)(2, 0.001))
    first = author.strengthened(author.folder)
    object.__setattr__(stamping, "allowance", allowed)
    stamping._left.clear()
    second = author.strengthened(author.folder)

    assert [one["good"] for one in first["files"]] == [True, True, False]
    assert "could not be reached, or is busy: ask again later." in first["files"][2]["sentence"]
    assert second["good"] is True


def test_a_withdrawn_officers_document_stays_good_where_the_service_had_seen_it(author: Author, join: Join) -> None:
    """On another laptop, and on the council’s page for whoever has no laptop: the same words."""
    seen, unseen = author.export("seen.pdf")[0], author.unstamped("unseen.pdf")
    other, desk = join(Role.MISSING_MANAGER)
    author.council.clock.move(days=30)
    with author.council.service.database.writing() as connection:
        revoking.revoke(connection, DeviceId(str(author.laptop.device["id"])), "drain", author.council.clock())
    other.synced()
    good, bare = verify(seen, desk), verify(unseen, desk)

    assert (good.outcome, good.good) == (Outcome.WITHDRAWN_SINCE, True)
    assert "its service had seen this before, so it stays good." in good.sentence
    assert "can no longer be checked: only that laptop’s clock says so." in bare.sentence
    assert "its service had seen this before, so it stays good." in page(author.council, seen)
    assert "can no longer be checked: only that laptop’s clock says so." in page(author.council, unseen)


def page(council: Council, file: Path) -> str:
    trusted = pinned(council.service.authority.pem)
    with (
        httpx.Client(base_url=council.url, verify=trusted, trust_env=False, timeout=120) as client,
        file.open("rb") as opened,
    ):
        return client.post("/check", files={"pdf": opened}).text


def test_three_years_on_it_was_good_when_the_service_saw_it(author: Author) -> None:
    file, _said = author.export("plan.pdf")
    author.council.clock.move(days=3 * 365)
    author.laptop.synced()
    verdict = author.verdict(file)

    assert (verdict.outcome, verdict.good) == (Outcome.ENDED_SINCE, True)
    assert "it was good when the service saw this." in verdict.sentence
    assert "It has a time-stamp already." in run(author.desk, "strengthen", str(file))[1]


def test_it_is_stamped_again_before_its_time_stamp_ends(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """A time-stamp of a hundred days, made long ago; carried on, the first still shows when the service saw it."""
    council, authority = author.council, author.council.service.authority
    with monkeypatch.context() as short:
        short.setattr(time_stamping, "LIFE", timedelta(days=100))
        time_stamping.issue(authority, council.clock())
    file, alone = author.export("plan.pdf")[0], author.export("alone.pdf")[0]
    assert not author.verdict(file).wants_stamp(council.clock())
    council.clock.move(days=60)
    time_stamping.issue(authority, council.clock())
    assert author.strengthened(file)["good"]
    council.clock.move(days=3 * 365)
    author.laptop.synced()
    renewed, lapsed = author.verdict(file), author.verdict(alone)

    assert SAW in renewed.sentence
    assert "The time-stamp was renewed on 26 May 2026, 15:32." in renewed.sentence
    assert SAW not in lapsed.sentence
    assert "counted until 5 July 2026 and was not renewed before" in lapsed.sentence
    assert (renewed.good, lapsed.good) == (True, True)


def test_a_document_of_the_councils_earlier_root_is_carried_on_by_the_one_of_today(
    author: Author, tmp_path: Path
) -> None:
    """Its certificate is named by hand; whoever checks it then names both, in one file."""
    before = Service(tmp_path / "before", START - timedelta(days=9 * 365))
    file, earlier, both = author.folder / "old.pdf", tmp_path / "earlier.pem", tmp_path / "both.pem"
    file.write_bytes(stamped(before, before.officer("Nadia Brightwater", "nadia-1")))
    earlier.write_text(before.authority.pem)
    both.write_text(before.authority.pem + author.council.service.authority.pem)

    assert run(author.desk, "strengthen", str(file))[0]["good"] is False
    assert run(author.desk, "strengthen", str(file), "--ca", str(earlier))[0]["good"] is True
    assert verify(file, None, (both.read_text(),)).good
    assert verify(file, None, (earlier.read_text(),)).outcome is Outcome.CHANGED
    assert author.verdict(file).outcome is Outcome.UNKNOWN_COUNCIL


@pytest.fixture
def driven(council: Council, tmp_path: Path, qtbot: QtBot) -> Iterator[Driven]:
    """An advocate's window, joined to the council, with a plan that is signed."""
    application()
    council.officer("nadia")
    gate = quick_gate(tmp_path / "homes", build_catalogue(), council.clock)
    desk = set_up_quickly(gate, "Nadia", PASSPHRASE)
    join_council(desk, council.url, council.code("nadia"))
    child = editing.new_record(desk, "child", "", {"given_name": "Wren"})
    plan = editing.new_record(desk, "find_me_plan", child, PLAN)
    signing.lock_record(desk, plan, name="Nadia", ink=None)
    desk.vault.close()
    window = MainWindow(gate)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    found = Driven(window, Planted(gate.home, child, "", plan), council.clock, gate, qtbot)  # type: ignore[arg-type]  # a clock that a test moves
    found.unlock()
    yield found
    window.close()


def test_the_window_says_which_it_made_and_adds_it_later(driven: Driven, council: Council, tmp_path: Path) -> None:
    """Saved without a network, and checked; then one button, which is gone once the time-stamp is there."""
    file = tmp_path / "plan.pdf"
    council.stop()
    driven.go("documents", driven.planted.interview_id)
    driven.find("documents/to").setText(str(file))  # type: ignore[attr-defined]
    driven.click("documents/save")
    assert NOT_YET in words(driven)
    driven.go("check")
    driven.type("verify/file", str(file))
    driven.click("verify/go")
    assert PLAIN in words(driven)
    driven.click("verify/stamp")
    assert "It was left as it is." in words(driven)
    council.restart()
    driven.click("verify/go")
    driven.click("verify/stamp")

    assert SAW in words(driven)
    assert not driven.shows("verify/stamp")
    assert driven.find("verify/choose").hasFocus()


def test_of_a_folder_the_window_says_how_many_have_one_and_why_another_has_not(
    driven: Driven, council: Council, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    council.stop()
    desk, plan = driven.shell.desk, driven.planted.interview_id
    run(desk, "export", plan, "--to", str(folder / "plan.pdf"))
    council.restart()
    (folder / "changed.pdf").write_bytes((folder / "plan.pdf").read_bytes().replace(b"/Rect", b"/Rekt", 1))
    driven.go("check")
    driven.type("verify/file", str(folder))
    driven.click("verify/go")
    driven.click("verify/stamp")

    assert "1 of 2 PDFs have the council’s time-stamp." in words(driven)
    assert "changed.pdf: " in words(driven)
    assert SAW in verify(folder / "plan.pdf", desk).sentence


def words(driven: Driven) -> str:
    return " ".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()).translate(MARKS)


def test_a_copy_with_a_password_is_stamped_as_it_is_made_and_later(author: Author, tmp_path: Path) -> None:
    """Over a real service, which is sent its hash and no more."""
    password, secret = "otter lantern gravel mosaic thirteen", tmp_path / "secret"
    now, later = author.folder / "now.pdf", author.folder / "later.pdf"
    secret.write_text(password)
    words = ("export", author.plan, "--password-file", str(secret), "--to")
    assert str(run(author.desk, *words, str(now))[1]).endswith(STAMPED)
    author.council.stop()
    assert str(run(author.desk, *words, str(later))[1]).endswith(NOT_YET)
    author.council.restart()
    without, _said = run(author.desk, "strengthen", str(later))
    with_it, _said = run(author.desk, "strengthen", str(later), "--password-file", str(secret))

    assert "is protected with a password" in without["files"][0]["sentence"]
    assert (without["good"], with_it["good"]) == (False, True)
    for file in (now, later):
        assert SAW in verify(file, author.desk, (), password).sentence
