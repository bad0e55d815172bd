"""Words of before joining, when the laptop joined for somebody of another name: kept and not sent till that is said."""

from __future__ import annotations

from dataclasses import dataclass

from casework.canonical import JSON
from casework.dates_in_words import counted
from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.sync.joining.words_before_joining import take_over

OURS = "If they are yours: homeward written-before --mine"
NOTHING = "Nothing here was written before joining and waits for anybody."


@dataclass(frozen=True, slots=True)
class KeptWords:
    """`whose`: under which name this laptop was set up; `joined_as`: for whom it joined."""

    whose: str
    joined_as: str
    records: int

    @property
    def title(self) -> str:
        return f"Written before joining by {self.whose}. This laptop joined as {self.joined_as}."

    @property
    def text(self) -> str:
        return (
            f"{counted(self.records, 'record')}, kept here as they are and not sent. "
            f"Send them only if {self.joined_as} wrote them: they go out in that name."
        )


def kept_apart(desk: Desk) -> KeptWords | None:
    """None where everything has been settled."""
    apart = desk.vault.before.apart()
    return KeptWords(desk.vault.before.whose, desk.officer.name, len(apart)) if apart else None


def are_mine(desk: Desk) -> int:
    """Makes them this officer’s, to be sent as such. Returns how many records. Raises KnownError where none are."""
    found = kept_apart(desk)
    if found is None:
        raise KnownError(NOTHING)
    take_over(desk.vault)
    desk.vault.audit.add("said_theirs", officer=desk.officer.id, whose=found.whose, records=found.records)
    return found.records


def as_json(desk: Desk) -> JSON:
    found = kept_apart(desk)
    return None if found is None else {"whose": found.whose, "joined_as": found.joined_as, "records": found.records}
