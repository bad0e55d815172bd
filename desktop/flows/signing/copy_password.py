"""What a copy opens with: made here, told to one person, and written nowhere."""

from __future__ import annotations

from casework.errors import DocumentError
from desktop.documents.pdf.protection import refuse_long
from desktop.store.unlock import passphrases

TELL = (
    "Give it to the reader by telephone or face to face, never in the message that the copy goes with. It is shown "
    "this once and written nowhere: without it nobody opens the copy, and you make another."
)


def made_password() -> str:
    """Five words drawn at random, which can be said on the telephone."""
    return passphrases.generate()


def refuse_guessable(password: str) -> None:
    """Of one’s own choosing; nothing is said of none. Raises DocumentError."""
    if not password:
        return
    refuse_long(password)
    if passphrases.weakness(password):
        message = "That password could be guessed by whoever finds the copy. Leave its making to Homeward: --protect."
        raise DocumentError(message)
