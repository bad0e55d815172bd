"""Files come into a record whole, or it is said what of them does not."""

from __future__ import annotations

import pytest

from casework.errors import KnownError, RecordLocked
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.attaching import attach_to
from desktop.flows.signing import signing
from tests.desktop.store.attachments.test_attachment_files import CASES


@pytest.fixture
def visit(desk: Desk) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Otto", "family_name": "Pennyfeather"})
    return editing.new_record(desk, "ehe_visit", child)


def files(desk: Desk, record_id: str) -> list[object]:
    rows = editing.current_view(desk, record_id).answers().get("samples", [])
    return [row["file"] for row in rows]


@pytest.mark.parametrize("name", ["three-frames.gif", "three-frames.webp"])
def test_a_picture_that_moves_is_said_to_be_kept_still(desk: Desk, visit: str, name: str) -> None:
    done = attach_to(desk, visit, "samples", CASES / name)

    assert done.notice.startswith(f"“{name}” has 3 pictures that follow each other. Only the first is kept.")
    assert files(desk, visit) == [done.file]


@pytest.mark.parametrize("name", ["scan-16bit-grey.tif", "telephone.heic", "bm-note.txt"])
def test_what_is_kept_whole_needs_no_word(desk: Desk, visit: str, name: str) -> None:
    assert attach_to(desk, visit, "samples", CASES / name).notice == ""


def test_a_question_that_takes_no_files_is_refused_with_those_that_do(desk: Desk, visit: str) -> None:
    with pytest.raises(KnownError, match=r"“week” does not take files. Those that do: samples"):
        attach_to(desk, visit, "week", CASES / "bm-note.txt")


def test_nothing_is_added_to_a_signed_record_or_left_behind(desk: Desk, visit: str) -> None:
    signing.lock_record(desk, visit, name="Nadia", ink=None)
    with pytest.raises(RecordLocked):
        attach_to(desk, visit, "samples", CASES / "bm-note.txt")

    assert desk.vault.attachments.to_send() == []
