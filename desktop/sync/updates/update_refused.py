"""Why an update that the service offered was not taken, each in a sentence.

UpdateRefused (SyncError)
├── NoUpdate            none is offered for this system, or none that is newer
├── UpdateForged        not signed by the two keepers of the council this laptop joined, or not to be read
├── UpdateNotForThis    of another kind of system
├── UpdateNotNewer      of this version, or an older one
├── UpdateTooFar        it cannot be put over so old a version
├── UpdateDamaged       the file is not the one that was signed
├── UpdateBrokenOff     the network went while it came; what came is kept for the next try
└── UpdateNotKept       it could not be written where it was to be
"""

from __future__ import annotations

from casework.errors import SyncError


class UpdateRefused(SyncError):
    """Nothing was kept, and Homeward stays as it is."""


class NoUpdate(UpdateRefused):
    def __init__(self, own: str) -> None:
        super().__init__(f"Nothing newer than version {own} is offered for this laptop. There is nothing to do.")


class UpdateForged(UpdateRefused):
    """Somebody else than the council may want this laptop to run something."""

    def __init__(self) -> None:
        super().__init__(
            "The update that was offered is not signed by your council, so it was not taken. "
            "Nothing was changed here; tell your administrator."
        )


class UpdateNotForThis(UpdateRefused):
    def __init__(self) -> None:
        super().__init__(
            "The update that was offered is for another kind of computer, so it was not taken. Tell your administrator."
        )


class UpdateNotNewer(UpdateRefused):
    """An old version signed in its time, offered again, would bring its faults back."""

    def __init__(self, version: str, own: str) -> None:
        super().__init__(f"Version {version} is not newer than the {own} of this laptop, so it was not taken.")


class UpdateTooFar(UpdateRefused):
    def __init__(self, version: str, since: str, own: str) -> None:
        super().__init__(
            f"Version {version} can only be put over {since} or later, and this laptop has {own}. "
            "Ask your administrator for the one in between. Nothing is lost."
        )


class UpdateDamaged(UpdateRefused):
    def __init__(self) -> None:
        super().__init__(
            "What came is not the file your council signed, so it was thrown away. Try again; "
            "if it happens twice, tell your administrator."
        )


class UpdateBrokenOff(UpdateRefused):
    def __init__(self, came: int, of: int) -> None:
        super().__init__(
            f"The connection broke off after {came // 10**6} of {of // 10**6} MB. What came is kept: try again, with "
            "the same folder, and it goes on from there."
        )


class UpdateNotKept(UpdateRefused):
    def __init__(self, why: str) -> None:
        super().__init__(f"The update could not be saved there: {why}. Choose another folder.")
