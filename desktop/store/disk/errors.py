"""What can go wrong with the store, each in a sentence for the worker.

VaultError (casework.errors)
├── VaultMissing            no store in this folder
├── VaultExists             a store is there already
├── VaultInUse              another Homeward has it open
├── VaultTooNew             written by a newer Homeward; not touched
├── VaultNotEncrypted       a plain file where an encrypted one belongs
├── VaultDamaged            the database, or part of it, cannot be read
│   └── KeyFileDamaged      vault.json cannot be read, nor its copy
├── VaultLocked             closed while something still wanted it
├── WrongPassphrase
│   └── WrongRecoveryCode   a code that does not open this store, or is mistyped
├── TooManyTries            wait before the next try; `.wait` seconds
├── WeakPassphrase          too easy to guess; the message says what to do
├── LastWayIn               removing it would leave no way to open the store
├── DiskFull, DiskReadOnly, DiskGone
├── StalePage               a page from the central service that does not follow what is here
├── AttachmentRefused       a file Homeward does not take in, and why
│   └── AttachmentDamaged   a stored file that no longer reads as it was written
├── AttachmentMissing       not on this laptop (yet)
├── AuditBroken             the trail does not hold together
└── BackupFailed            not made, or made and found wanting
"""

from __future__ import annotations

from casework.errors import VaultError

__all__ = [
    "AttachmentDamaged",
    "AttachmentMissing",
    "AttachmentRefused",
    "AuditBroken",
    "BackupFailed",
    "DiskFull",
    "DiskGone",
    "DiskReadOnly",
    "KeyFileDamaged",
    "LastWayIn",
    "StalePage",
    "TooManyTries",
    "VaultDamaged",
    "VaultError",
    "VaultExists",
    "VaultInUse",
    "VaultLocked",
    "VaultMissing",
    "VaultNotEncrypted",
    "VaultTooNew",
    "WeakPassphrase",
    "WrongPassphrase",
    "WrongRecoveryCode",
]


class VaultMissing(VaultError):
    """No store in this folder."""


class VaultExists(VaultError):
    """A store is there already."""


class VaultInUse(VaultError):
    """Another Homeward has it open."""


class VaultTooNew(VaultError):
    """Written by a newer Homeward; not touched."""


class VaultNotEncrypted(VaultError):
    """A plain file where an encrypted one belongs."""


class VaultDamaged(VaultError):
    """The database, or part of it, cannot be read."""


class KeyFileDamaged(VaultDamaged):
    """Neither vault.json nor its copy can be read."""


class VaultLocked(VaultError):
    """Closed while something still wanted it."""

    def __init__(self) -> None:
        super().__init__("Homeward is locked. Unlock it and try again.")


class WrongPassphrase(VaultError):
    """The passphrase does not open this store."""


class WrongRecoveryCode(WrongPassphrase):
    """A code that does not open this store, or is mistyped."""


class TooManyTries(VaultError):
    """`wait` whole seconds must pass before the next try."""

    def __init__(self, wait: int) -> None:
        seconds = "1 second" if wait == 1 else f"{wait} seconds"
        super().__init__(f"Too many wrong tries. Wait {seconds}, then try again.")
        self.wait = wait


class WeakPassphrase(VaultError):
    """Too easy to guess."""


class LastWayIn(VaultError):
    """Removing it would leave no passphrase or code that opens the store."""


class DiskFull(VaultError):
    """No room for what was to be written."""


class DiskReadOnly(VaultError):
    """Nothing can be written in this folder."""


NO_ROOM = "This disk is full. Make room on it, then save again; what you typed is still here."
NO_WRITING = (
    "Homeward may not write in its folder, so nothing new can be saved there. "
    "To go on elsewhere with all that is in it, choose at the door to bring your work to another folder, "
    "or: homeward rescue FOLDER"
)


class DiskGone(VaultError):
    """The disk or stick no longer answers."""


class StalePage(VaultError):
    """A page from the central service that does not follow what is here."""


class AttachmentRefused(VaultError):
    """A file Homeward does not take in."""


class AttachmentDamaged(AttachmentRefused):
    """A stored file that no longer reads as it was written."""


class AttachmentMissing(VaultError):
    """Not on this laptop, or not yet."""


class AuditBroken(VaultError):
    """The trail does not hold together."""


class BackupFailed(VaultError):
    """Not made, or made and found wanting."""
