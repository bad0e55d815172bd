"""Which version of Homeward this is, which one the council asks for, and the newer one that it offers.

Nothing is ever installed here: a package is fetched when a person asks, checked against what two keepers signed, and
saved where the person said. The system's own means put it in place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casework import VERSION
from casework.version_order import is_before, is_version
from desktop.flows.desk import Desk
from desktop.store.database.remembered import FLOOR
from desktop.sync.updates.offered_update import fetch_update, newer_offered

NEEDED = "Homeward needs an update"
WHY = (
    "This laptop has version {own}; the council now works with {floor} or later. What you write here is still sent, "
    "and nothing is lost. Nothing new comes here until it is updated: {what}."
)
ASK = "ask your administrator"
HERE = "version {offered} is here for you to save"
OFFER = "A newer Homeward: version {offered}"
OFFERED_BY = "Your council offers it. It is checked, and saved where you say; nothing is installed by itself."
NOTHING = "This is version {own}. Nothing newer is offered for this laptop, as last heard from the council."
HOW = {
    "debian": "Open it to install it, or have your administrator type: sudo apt install {file}",
    "windows": "Open it to install it, or give it to your administrator.",
    "macos": "Open it to install it, or give it to your administrator.",
}
SAVED = "Version {version} is saved as {file}. It is what your council signed. Nothing is installed yet. {how}"


@dataclass(frozen=True, slots=True)
class UpdateStanding:
    """`floor`: what the council asks for, where this version is below it; `offered`: a newer one to be had. Both are
    mostly empty, and as last heard."""

    floor: str = ""
    offered: str = ""

    @property
    def title(self) -> str:
        """Empty where there is nothing to say."""
        if self.floor:
            return NEEDED
        return OFFER.format(offered=self.offered) if self.offered else ""

    @property
    def text(self) -> str:
        what = HERE.format(offered=self.offered) if self.offered else ASK
        return WHY.format(own=VERSION, floor=self.floor, what=what) if self.floor else OFFERED_BY


UP_TO_DATE = UpdateStanding()


@dataclass(frozen=True, slots=True)
class SavedUpdate:
    version: str
    file: Path
    how: str

    @property
    def words(self) -> str:
        return SAVED.format(version=self.version, file=self.file, how=self.how)


def standing(desk: Desk) -> UpdateStanding:
    floor = desk.vault.settings.get(FLOOR)
    is_below = is_version(floor) and is_before(VERSION, floor)
    return UpdateStanding(floor if is_below else "", newer_offered(desk.vault))


def save(desk: Desk, folder: Path, progress: Callable[[int, int], None] = lambda _came, _of: None) -> SavedUpdate:
    """Raises UpdateRefused with one sentence, and what any conversation with the council may raise."""
    manifest, file = fetch_update(desk.vault, folder, desk.now, progress)
    return SavedUpdate(manifest.version, file, HOW[manifest.system].format(file=file))
