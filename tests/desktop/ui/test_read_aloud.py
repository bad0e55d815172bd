"""Names, roles, states, errors and announcements as a screen reader has them, from another process."""

from __future__ import annotations

import asyncio
from pathlib import Path

from tests.desktop.ui.conftest import PASSPHRASE, Planted
from tests.desktop.ui.over_the_bus import (
    CHECKED,
    PASSWORD_TEXT,
    ScreenReader,
    private_session,
    screen_reader,
)

WRONG = "Choose how you talked."
FACE = "Face to face"


def test_an_interview_by_what_is_read_aloud(planted_for_the_program: Planted, tmp_path: Path) -> None:
    """Unlocked, a section judged, an answer put right, and locked again, with nothing of Qt in this process."""
    with private_session(tmp_path) as known:
        asyncio.run(_listen(planted_for_the_program.home, known))


async def _listen(home: Path, known: dict[str, str]) -> None:
    async with screen_reader(home, known) as reader:
        await _unlock(reader)
        await _meet_the_errors(reader)
        await _put_one_right(reader)
        await _lock(reader)


async def _unlock(reader: ScreenReader) -> None:
    box = await reader.find("text", "Passphrase")
    assert box.kind == PASSWORD_TEXT
    await reader.write("text", "Passphrase", PASSPHRASE)
    await reader.press("push button", "Unlock")
    act = await reader.find("push button", "Go on writing")
    assert act.description == "Return home interview, Wren Hollowby"


async def _meet_the_errors(reader: ScreenReader) -> None:
    await reader.press("push button", "Go on writing")
    await reader.press("push button", "3 Meeting")
    await reader.find("push button", "3 Meeting", lambda one: one.description == "You are here")
    await reader.press("push button", "Save and continue")
    await reader.find("frame", "Error: Return home interview")
    assert "to put right" in await reader.heard(lambda words: "to put right" in words)
    boxes = [one for one in await reader.everything() if one.name == FACE]
    assert [(one.role, one.description) for one in boxes] == [("radio button", WRONG)]
    day = await reader.find("text", "When did you start? Day")
    assert day.description == "Enter when you started."


async def _put_one_right(reader: ScreenReader) -> None:
    """By the action a screen reader or a voice uses, which presses no button: the answer is kept all the same."""
    await reader.press("radio button", FACE, "Toggle")
    await reader.find("radio button", FACE, lambda one: CHECKED in one.states)
    await reader.press("push button", "Save and continue")
    await reader.find("radio button", FACE, lambda one: WRONG not in one.description)
    assert not any(one.name == WRONG for one in await reader.everything())
    await reader.press("push button", "2 Offer")
    await reader.press("push button", "3 Meeting")
    await reader.find("radio button", FACE, lambda one: CHECKED in one.states)


async def _lock(reader: ScreenReader) -> None:
    await reader.press("push button", "Lock")
    await reader.find("text", "Passphrase")
    assert not [one for one in await reader.everything() if "Wren" in one.name + one.description]
