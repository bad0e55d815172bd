"""The council's own file and forms, by which this laptop works: taken up as they come, and what to know about them."""

from __future__ import annotations

from casework.errors import DefinitionError
from casework.practice.calendar import london_day
from casework.practice.council import load_published
from casework.practice.school_calendar import calendar_runs_out
from desktop.flows.desk import Desk
from desktop.flows.record.record_words import searchable
from desktop.forms.catalogue import Catalogue
from desktop.store.vault import Vault
from desktop.sync import council_papers

Versions = frozenset[tuple[str, int]]


def catalogue_of(vault: Vault, shipped: Catalogue) -> Catalogue:
    """What this officer's council published; as Homeward comes, where nothing has come or it can no longer be read."""
    file, text = council_papers.kept_file(vault)
    if not text:
        return shipped
    try:
        return shipped.under(load_published(text, file=file), council_papers.kept_forms(vault))
    except DefinitionError:  # an update reads forms otherwise: fetched anew with the next sync
        council_papers.forget(vault)
        return shipped


def take_up(desk: Desk, known: Versions) -> bool:
    """Whether the council published something that this desk, which knew these versions, did not work by yet."""
    _file, text = council_papers.kept_file(desk.vault)
    held = versions(desk)
    if not text or (text == desk.catalogue.council.text and held == known):
        return False
    desk.catalogue = catalogue_of(desk.vault, desk.catalogue)
    desk.vault.word_by(searchable(desk.catalogue), sorted(held - known))
    return True


def versions(desk: Desk) -> Versions:
    """The versions of forms that came from the council and are kept here."""
    return frozenset((form.id, form.version) for form in council_papers.kept_forms(desk.vault))


def school_calendar_warning(desk: Desk) -> str:
    """One sentence when the school calendar is nearly at its end, empty while it is not."""
    return calendar_runs_out(london_day(desk.now()), desk.catalogue.council)


def works_by(desk: Desk) -> str:
    """Whose numbers and questions these are, for a person who wonders."""
    _file, text = council_papers.kept_file(desk.vault)
    if text:
        return f"Dates and questions follow the file that {desk.catalogue.council.name} published."
    return "The council has not published a file of its own: dates follow the example that comes with Homeward."
