"""Draws docs/pictures/house.svg from the imports: rooms as boxes, and an arrow to each room that one uses, unless a
longer way shows it already. Run: python -m tools.house_picture"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "pictures" / "house.svg"
HOUSES = ("desktop", "central", "judgement", "casework")
WIDE, HIGH, ACROSS, DOWN, EDGE = 196, 56, 18, 40, 24
ERRANDS = {
    "desktop": {
        "__main__": "the program’s top",
        "compose": "builds everything, once",
        "demo": "the invented caseload, its walk",
        "cli": "verbs and their arguments",
        "verbs": "what each verb does",
        "ui": "the window",
        "flows": "what a person does",
        "sync": "reconciling with the council",
        "documents": "signed PDF",
        "store": "the encrypted vault",
        "forms": "the catalogue of forms",
        "paths": "folders and resources",
    },
    "central": {
        "__main__": "the program’s top",
        "commands": "an administrator’s verbs",
        "disclosure": "all about one child, to decide",
        "retention": "what goes by rule, and stays gone",
        "http": "signed requests and routes",
        "extracts": "CSV in and out",
        "service": "what is open while it runs",
        "intake": "accepted, held, quarantined",
        "figures": "scorecards",
        "returns": "what is sent on: the same records as others ask for them",
        "facts": "what counts, kept up",
        "feed": "what each laptop is sent",
        "files": "photographs on disk",
        "people": "officers, laptops, scope",
        "keys": "root, issuing, keepers",
        "database": "tables and migrations",
    },
    "judgement": {
        "__main__": "that process",
        "apart": "in a process of its own",
        "first_look": "is it a PDF at all",
        "verification": "a PDF in, a verdict out",
        "sealed_file": "what stands in it, and is it sound",
        "time_stamps": "when the service saw it",
        "additions": "what may be added after sealing",
        "verdict": "the outcomes, their sentences",
        "attached": "the record beside the pages",
        "certificates": "who may sign, until when",
        "signature_form": "the one form of a signature",
        "password": "a copy that opens with one",
    },
    "casework": {
        "wire": "messages and signed texts",
        "practice": "deadlines, roles, consent, lives",
        "records": "operations and their merge",
        "forms": "the language of forms",
        "typed_words": "letters as they are kept",
        "canonical": "one way to write a value",
        "account_of_fault": "where it went wrong, no words",
        "folding": "letters compared, however typed",
        "dates_in_words": "27 March 2026, 14:32",
        "plain_table": "lines, CSV and JSON of one table",
        "kept_once": "worked out at the first reading",
        "spreadsheet": "tables that others saved",
        "given_file": "files that a person gave",
        "identifiers": "the kinds of id",
        "part_not_installed": "the program that is not here",
        "version_order": "which version is the older",
        "errors": "sentences for the person",
    },
}
CSS = """
text, .errand, .title, .name { font: 14px "Atkinson Hyperlegible Next", sans-serif; fill: #1b2733 }
.house { fill: #f3f0e8; stroke: #b9b2a2 } .title { font-size: 17px; font-weight: 600 }
.room { fill: #ffffff; stroke: #33526b; stroke-width: 1.4 } .errand { font-size: 12px; fill: #4a5a68 }
.arrow { stroke: #7b8a97; stroke-width: 1.1; fill: none }
"""


@dataclass(frozen=True, slots=True)
class Room:
    """One folder or file of a house, and where its box stands."""

    name: str
    x: float
    y: float

    @property
    def foot(self) -> tuple[float, float]:
        return self.x + WIDE / 2, self.y + HIGH

    @property
    def head(self) -> tuple[float, float]:
        return self.x + WIDE / 2, self.y


def uses(graph: grimp.ImportGraph, house: str) -> dict[str, set[str]]:
    """For each room of a house, the rooms of the same house that it imports."""
    rooms = {name.rpartition(".")[2]: name for name in graph.find_children(house)}
    return {
        room: {
            other
            for other, target in rooms.items()
            if other != room and graph.direct_import_exists(importer=name, imported=target, as_packages=True)
        }
        for room, name in rooms.items()
    }


def without_shortcuts(found: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """The arrows that no longer way replaces. The rooms must not stand in a circle."""
    reached: dict[str, set[str]] = {}

    def below(room: str) -> set[str]:
        if room not in reached:
            reached[room] = set(found[room]).union(*map(below, found[room]))
        return reached[room]

    return {
        room: {one for one in used if not any(one in below(other) for other in used)} for room, used in found.items()
    }


def floors(found: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """The rooms by floor, the highest first: each stands above everything it uses. ValueError for a circle."""
    height: dict[str, int] = {}

    def climb(room: str, above: tuple[str, ...]) -> int:
        if room in above:
            raise ValueError(" → ".join((*above, room)))
        if room not in height:
            height[room] = max((climb(other, (*above, room)) + 1 for other in found[room]), default=0)
        return height[room]

    for room in found:
        climb(room, ())
    return [sorted(room for room in found if height[room] == floor) for floor in range(max(height.values()), -1, -1)]


def picture() -> str:
    """The whole drawing, the same for the same imports."""
    graph = grimp.build_graph(*HOUSES)
    found = {house: uses(graph, house) for house in HOUSES}
    desktop, wide, high = _house("desktop", found["desktop"], EDGE, EDGE)
    central, wider, higher = _house("central", found["central"], EDGE + wide + DOWN, EDGE)
    foot = EDGE + max(high, higher) + DOWN
    judgement, narrow, low = _house("judgement", found["judgement"], EDGE, foot)
    casework, broad, lower = _house("casework", found["casework"], EDGE + narrow + DOWN, foot)
    body = "\n".join((desktop, central, judgement, casework))
    across = EDGE * 2 + max(wide + DOWN + wider, narrow + DOWN + broad)
    down = foot + max(low, lower) + EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{across:g}" height="{down:g}" role="img">\n'
        f"<title>The house: rooms, and which of them use which</title>\n<style>{CSS}</style>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        f'<path d="M0 0 L8 4 L0 8 z" fill="#7b8a97"/></marker></defs>\n{body}\n</svg>\n'
    )


def _house(house: str, found: Mapping[str, set[str]], left: float, top: float) -> tuple[str, float, float]:
    rows = floors(found)
    across = max(map(len, rows))
    wide, high = EDGE * 2 + across * (WIDE + ACROSS) - ACROSS, 44 + len(rows) * (HIGH + DOWN)
    rooms = {
        name: Room(
            name,
            left + EDGE + (across - len(row)) * (WIDE + ACROSS) / 2 + place * (WIDE + ACROSS),
            top + 44 + floor * (HIGH + DOWN),
        )
        for floor, row in enumerate(rows)
        for place, name in enumerate(row)
    }
    drawn = without_shortcuts(found)
    arrows = [_arrow(rooms[one], rooms[other]) for one in sorted(drawn) for other in sorted(drawn[one])]
    boxes = [_box(room, ERRANDS[house][room.name]) for room in rooms.values()]
    frame = f'<rect class="house" x="{left:g}" y="{top:g}" width="{wide:g}" height="{high:g}" rx="10"/>'
    title = f'<text class="title" x="{left + EDGE:g}" y="{top + 28:g}">{house}/</text>'
    return "\n".join((frame, title, *arrows, *boxes)), wide, high


def _box(room: Room, errand: str) -> str:
    middle = room.x + WIDE / 2
    return (
        f'<rect class="room" x="{room.x:g}" y="{room.y:g}" width="{WIDE}" height="{HIGH}" rx="6"/>'
        f'<text x="{middle:g}" y="{room.y + 23:g}" text-anchor="middle" class="name">{escape(room.name)}</text>'
        f'<text class="errand" x="{middle:g}" y="{room.y + 42:g}" text-anchor="middle">{escape(errand)}</text>'
    )


def _arrow(one: Room, other: Room) -> str:
    (x1, y1), (x2, y2) = one.foot, other.head
    bend = (y2 - y1) / 2
    curve = f"M{x1:g} {y1:g} C{x1:g} {y1 + bend:g} {x2:g} {y2 - bend:g} {x2:g} {y2:g}"
    return f'<path class="arrow" marker-end="url(#tip)" d="{curve}"/>'


if __name__ == "__main__":
    TARGET.write_text(picture(), encoding="utf-8")
