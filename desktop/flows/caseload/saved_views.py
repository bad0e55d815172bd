"""Views of the caseload that an officer keeps by a name: which table, which rows, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.caseload.case_row import ORDERS, CaseTable, Wanted
from desktop.flows.desk import Desk
from desktop.store.database.remembered import Setting

_KEPT: Setting[Mapping[str, Mapping[str, JSON]]] = Setting("caseload_views", dict[str, dict[str, Any]], {})
MOST, LONGEST = 30, 60
_NAMES = frozenset(field.name for field in fields(Wanted))


@dataclass(frozen=True, slots=True)
class SavedView:
    name: str
    table: CaseTable
    wanted: Wanted


def saved_views(desk: Desk) -> tuple[SavedView, ...]:
    """By name. They stay on this laptop, encrypted: words of a filter may be a child’s name."""
    found = (_view(name, value) for name, value in desk.vault.settings.get(_KEPT).items())
    return tuple(sorted((view for view in found if view), key=lambda view: view.name.casefold()))


def saved_view(desk: Desk, name: str) -> SavedView:
    """Raises KnownError for a name that no view has."""
    found = {view.name: view for view in saved_views(desk)}
    if name not in found:
        message = f"No view is kept as “{name}”. Kept are: {', '.join(found) or 'none yet'}."
        raise KnownError(message)
    return found[name]


def keep_view(desk: Desk, view: SavedView) -> None:
    """In place of one of the same name. Raises KnownError for no name, one too long, and for one view too many."""
    if not view.name.strip() or len(view.name) > LONGEST:
        message = f"Give the view a name of up to {LONGEST} letters."
        raise KnownError(message)
    held = {one.name: one for one in saved_views(desk)}
    if len(held) >= MOST and view.name not in held:
        message = f"{MOST} views are kept already. Take one away first."
        raise KnownError(message)
    _put(desk, {**held, view.name: view})


def forget_view(desk: Desk, name: str) -> None:
    saved_view(desk, name)
    _put(desk, {one.name: one for one in saved_views(desk) if one.name != name})


def _put(desk: Desk, views: Mapping[str, SavedView]) -> None:
    kept = {name: {"table": view.table.value, **asdict(view.wanted)} for name, view in views.items()}
    desk.vault.settings.put(_KEPT, kept)


def _view(name: str, kept: Mapping[str, JSON]) -> SavedView | None:
    """One of a version that knew other tables or orders is left out, and stays kept."""
    if kept.get("table") not in set(CaseTable) or kept.get("order") not in ORDERS:
        return None
    wanted = {key: str(value) for key, value in kept.items() if key in _NAMES and key != "register_only"}
    return SavedView(name, CaseTable(str(kept["table"])), Wanted(**wanted, register_only=kept["register_only"] is True))
