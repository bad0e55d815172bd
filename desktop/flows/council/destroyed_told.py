"""What the council destroyed of what lay on this laptop: which form, how many and when. Nobody's name, and no word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from casework.canonical import JSON
from casework.dates_in_words import counted, day
from casework.plain_table import PlainTable
from desktop.flows.desk import Desk
from desktop.store.exchange.destroyed_here import DESTROYED, DestroyedForm

HEADS = ("Form", "Records", "Day")
NONE = "The council has destroyed nothing of what was on this laptop."
LEAVING = "{} of what it destroyed wait here until what you wrote in them has gone up."


def lines(desk: Desk) -> tuple[str, ...]:
    """“The council destroyed 1 record of the form Missing episode on 3 December 2026, as its rule says.” The latest
    first."""
    return tuple(_line(desk, one) for one in reversed(_told(desk)))


def unread(desk: Desk) -> tuple[str, ...]:
    """Those that nobody at this desk has said they have read."""
    kept = desk.vault.settings.get(DESTROYED)
    return () if kept.seen >= sum(one.count for one in kept.told) else lines(desk)


def have_read(desk: Desk) -> None:
    kept = desk.vault.settings.get(DESTROYED)
    total = sum(one.count for one in kept.told)
    desk.vault.settings.put(DESTROYED, msgspec.structs.replace(kept, seen=total))


def leaving(desk: Desk) -> str:
    """Where some still wait for their last words to be sent; else empty."""
    count = len(desk.vault.settings.get(DESTROYED).leaving)
    return LEAVING.format(counted(count, "record")) if count else ""


def told(desk: Desk) -> str:
    """As the command line prints it."""
    said = [*lines(desk), *([leaving(desk)] if leaving(desk) else [])]
    return "\n".join(said) or NONE


def as_json(desk: Desk) -> list[JSON]:
    return [{"form": one.form, "records": one.count, "day": one.day} for one in reversed(_told(desk))]


def table(desk: Desk) -> PlainTable:
    rows = [(_title(desk, one.form), str(one.count), _day(one)) for one in reversed(_told(desk))]
    return PlainTable(HEADS, rows)


def _told(desk: Desk) -> Sequence[DestroyedForm]:
    return desk.vault.settings.get(DESTROYED).told


def _line(desk: Desk, one: DestroyedForm) -> str:
    records, form = counted(one.count, "record"), _title(desk, one.form)
    return f"The council destroyed {records} of the form {form} on {_day(one)}, as its rule says."


def _title(desk: Desk, form_id: str) -> str:
    """Of the newest version; of a form that this version of Homeward lacks, its id."""
    return desk.catalogue.form(form_id).title if form_id in desk.catalogue.ids() else form_id


def _day(one: DestroyedForm) -> str:
    return day(date.fromisoformat(one.day))
