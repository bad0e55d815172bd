"""A forgotten passphrase, answered by two keepers on a machine of its own: files in, files out, no service near it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from casework.canonical import JSON
from casework.wire.council_recovery import Kept, Request, answer, answer_text, kept_in
from central.commands import standing_list
from central.commands.standing_list import Standing
from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.home import write_private
from central.keys import recovery_key
from central.keys.kept_key import Keeper
from central.keys.recovery_key import RecoveryKey

MOST_TEXT = 64 * 1024  # of a request, and of a note


@dataclass(frozen=True, slots=True)
class Asking:
    """One request, read: whose vault it is was put into its box by that vault itself, so nobody else can say it."""

    request: Request
    kept: Kept
    laptop: Standing
    key: RecoveryKey

    def lines(self) -> list[str]:
        """For the keepers to look at before answering."""
        return [
            f"Officer:  {self.laptop.name} ({self.laptop.officer_id}), {self.laptop.role.replace('_', ' ')}",
            f"Laptop:   {self.laptop.device_id}, last seen {self.laptop.last_seen or 'never'}",
            f"Number:   {self.request.number}",
        ]

    def entry(self, now: datetime) -> dict[str, JSON]:
        return {
            "at": stamp(now),
            "officer": self.laptop.officer_id,
            "device": self.laptop.device_id,
            "vault": self.request.vault_id,
            "number": self.request.number,
        }


def read_request(file: Path, *, key: Path, standing: Path, two: Sequence[Keeper], now: datetime) -> Asking:
    """Raises CentralError for a laptop that is not in good standing, AnswerError for another text."""
    request = Request.from_text(read_text(file))
    opened = recovery_key.open_file(key, two)
    listed = standing_list.read(standing, opened.root_pem, now)
    kept = kept_in(request, opened.key)
    laptop = listed.get(kept.device_id)
    if laptop is None or laptop.officer_id != kept.officer_id:
        message = (
            f"{kept.device_id} of {kept.name} is not among the laptops in good standing: it was withdrawn, or never "
            "given to them. Nothing was answered: it must not be opened again."
        )
        raise CentralError(message)
    return Asking(request, kept, laptop, opened)


def give_answer(asking: Asking, *, to: Path, note: Path, now: datetime) -> None:
    """The vault's own key is never here: the answer opens with a key that only that laptop has. The note is on the
    disk before the answer is: an answer that nobody noted must not exist."""
    if note.exists() or note.resolve() == to.resolve():
        message = f"There is a file {note.name} already. Name a new one for the note."
        raise CentralError(message)
    write_private(note, asking.key.note(asking.entry(now)).encode())
    write_private(to, answer_text(answer(asking.request, asking.kept)).encode())


def read_text(file: Path) -> str:
    """Raises CentralError for what is not text."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_TEXT).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The text in {file.name} cannot be read."
        raise CentralError(message) from error
