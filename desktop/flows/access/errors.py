"""Why a store stays locked although its passphrase was right, and what keeps one from being worked on where it lies."""

from __future__ import annotations

from casework.errors import KnownError
from desktop.store.disk.errors import DiskFull, DiskReadOnly

TAKES_NOTHING = (DiskFull, DiskReadOnly)  # a disk on which a store can be read, and no longer opened to work on


class LeaseEnded(KnownError):
    """The laptop stays locked until the council has been heard from; nothing on it is lost."""


class LeaseOfUnknown(LeaseEnded):
    """The council was heard from, and does not know this laptop: it opens once it has joined again."""
