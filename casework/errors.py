"""The error tree. `str(error)` is always a sentence for the person at the screen.

HomewardError
├── KnownError                  the world's fault, with a way on (exit status 1)
│   ├── AnswerError             a value that its question or the wire cannot take
│   ├── RecordError             a record that cannot do what was asked
│   │   ├── UnknownRecord
│   │   ├── RecordLocked
│   │   ├── SignatureRefused
│   │   └── BadSignature
│   ├── FormError
│   │   └── DefinitionError     a form definition with a mistake: names file and line
│   ├── VaultError              the encrypted store (children beside the store's code)
│   ├── SyncError               reconciliation with the central service
│   ├── DocumentError           making or checking a PDF
│   │   └── NotOurPdf
│   │       └── PasswordWanted
│   ├── NotThisRole             what the officer's role does not do
│   └── NotJoined               this laptop has not joined a council yet
└── BugError                    our fault (exit status 70)
"""

from __future__ import annotations


class HomewardError(Exception):
    """Root of everything Homeward raises on purpose."""


class KnownError(HomewardError):
    """Something a person can act upon; the message says how."""


class BugError(HomewardError):
    """A state the code promised could not happen."""


class AnswerError(KnownError):
    """A value that its question, or the wire, cannot take."""


class RecordError(KnownError):
    """A record that cannot do what was asked of it."""


class UnknownRecord(RecordError):
    """No record with that id is on this laptop."""


class RecordLocked(RecordError):
    """A signed record never changes."""


class SignatureRefused(RecordError):
    """A record that may not be signed yet; the message lists why."""


class ChangedMeanwhile(RecordError):
    """Another text arrived after these were shown; deciding would replace one that nobody has read."""


class BadSignature(RecordError):
    """An operation whose signature is not its device's."""


class FormError(KnownError):
    """A form that is not here, or cannot be used."""


class DefinitionError(FormError):
    """A form definition with a mistake, at a file and line."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}, line {line}: {message}")
        self.file = file
        self.line = line


class VaultError(KnownError):
    """The encrypted store on this laptop cannot do what was asked."""


class SyncError(KnownError):
    """Reconciliation with the central service stopped."""


class DocumentError(KnownError):
    """A PDF that cannot be made or checked."""


class NotOurPdf(DocumentError):
    """A file that is not a PDF signed by Homeward."""


class PasswordWanted(NotOurPdf):
    """A PDF that opens with a password, which was not given or is not the one."""


class NotThisRole(KnownError):
    """What the officer's role does not do, whoever the child is."""


class NotJoined(KnownError):
    """This laptop has not joined a council yet."""
