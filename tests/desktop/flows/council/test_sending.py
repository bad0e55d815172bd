"""What Sending shows: records and photographs apart, and a damaged one by name."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from desktop.flows.council.sending import sending, sync_by_itself
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.attaching import attach


def photograph(folder: Path, number: int) -> Path:
    path = folder / f"picture-{number}.png"
    Image.effect_noise((300 + number, 200), 60).save(path)
    return path


def test_photographs_wait_beside_the_records_and_a_damaged_one_says_so(desk: Desk, tmp_path: Path) -> None:
    child = editing.new_record(desk, "child", known={"given_name": "Otto"})
    visit = editing.new_record(desk, "ehe_visit", child)
    stored = [attach(desk, visit, photograph(tmp_path, number)) for number in range(2)]
    before = sending(desk)
    folder = desk.vault.folder / "attachments"
    oldest = min((path for path in folder.iterdir() if path.is_file()), key=lambda path: path.stat().st_mtime_ns)
    damaged = bytearray(oldest.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    oldest.write_bytes(damaged)
    after = sending(desk)

    assert [(found.child_name, found.bytes, found.problem) for found in before.files] == [
        ("Otto", file["bytes"], "") for file in stored
    ]
    assert [bool(found.problem) for found in after.files] == [True, False]
    assert before.count == len(desk.vault.outbox.waiting())


def test_nothing_is_tried_by_itself_before_there_is_a_council_to_send_to(desk: Desk) -> None:
    """An officer who has not joined is not told so every few minutes."""
    assert desk.officer.id

    assert sync_by_itself(desk) is None
