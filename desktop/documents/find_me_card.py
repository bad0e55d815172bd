"""The Find Me card on paper: one page of A4, tagged and signed like every other document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from casework.canonical import JSON, canonical
from casework.identifiers import OfficerId
from desktop.documents.lettering.typeface import BOLD, SEMIBOLD, Typeface
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.pdfua import Closing, finish
from desktop.documents.picture_on_paper import PictureBlock
from desktop.documents.tagging import FIELD, TaggedCanvas
from desktop.documents.text_flow import Band, Style, TextFlow

LEFT, RIGHT, TOP, FOOT = 51.0, A4[0] - 51, A4[1] - 60, 60.0
LOWEST = FOOT + 90  # above the signature and the foot
Pair = tuple[str, str]
_LONG = 60  # letters of a name on two lines
_NAME, _LONG_NAME = Style(size=24, leading=30, weight=BOLD), Style(size=13, leading=18, weight=BOLD)
_SMALL, _SAID = Style(size=10, leading=14, colour="#4A5663"), Style(size=12.5, leading=17)
_HEADING, _FIRST = Style(size=15, leading=23, weight=BOLD), Style(size=12.5, leading=17, weight=SEMIBOLD)
_ABOUT, _NUMBER = Style(size=11, leading=15, colour="#4A5663"), Style(size=15, leading=20, weight=SEMIBOLD)
_URGENT = Style(ground="#FBE4E1", edge="#8A1C1C", indent=14)
_URGENT_WORDS = (
    replace(_URGENT, size=10, leading=14, weight=SEMIBOLD, colour="#8A1C1C"),
    replace(_URGENT, size=14, leading=19, weight=SEMIBOLD),
)
_WARNING = Style(size=11, leading=16, weight=SEMIBOLD, colour="#6B3A00")


@dataclass(frozen=True)
class PaperCard:
    """All that stands on the card, `lines` with the most needed first. `picture` is an image file’s bytes; `made` has
    an offset. `left_out`: names of what has no room."""

    title: str
    name: str
    line: str
    warning: str
    picture: bytes | None
    taken: str
    lines: Sequence[tuple[str, str]]
    places: Sequence[tuple[str, str]]
    calls: Sequence[tuple[str, str]]
    foot: str
    author: str
    made: datetime
    officer_id: OfficerId = OfficerId("")
    heads: tuple[str, str] = ("First places to look", "First calls")
    urgent: Pair | None = None  # what nobody may read past
    left_out: tuple[str, ...] = ()


def card_pdf(card: PaperCard, fonts: Path) -> bytes:
    """Always one page. What has no room is named and left out whole: nothing is set smaller, and nothing cut."""
    face = Typeface(fonts)
    card = _with_room(card, face)
    canvas, tree, _low = _draw(card, face)
    closing = Closing(
        title=card.title,
        author=card.author,
        created=card.made,
        record=lambda page_hash: canonical({**_about(card), "page_hash": page_hash}),
        field=(FIELD, f"Signature of {card.author}", canvas.places[FIELD]),
    )
    return finish(canvas, tree, closing)


def _with_room(card: PaperCard, face: Typeface) -> PaperCard:
    """As much of it as the page has room for: whom to ring first, then where to look, then the lines in their order."""
    if _draw(card, face)[2] >= LOWEST:
        return card
    kept: list[tuple[str, Pair]] = []
    for entry in _by_need(card):
        if _draw(_only(card, [*kept, entry]), face)[2] >= LOWEST:
            kept.append(entry)
    return _only(card, kept)


def _by_need(card: PaperCard) -> Iterator[tuple[str, Pair]]:
    if card.urgent:
        yield "urgent", card.urgent
    yield from (("calls", pair) for pair in card.calls)
    yield from (("places", pair) for pair in card.places)
    yield from (("lines", pair) for pair in card.lines)


def _only(card: PaperCard, kept: Sequence[tuple[str, Pair]]) -> PaperCard:
    left = [entry for entry in _by_need(card) if entry not in kept]
    counts = (
        (head, sum(part == of for of, _ in left)) for head, part in zip(card.heads, ("places", "calls"), strict=True)
    )
    names = [name for part, (name, _) in left if part in ("urgent", "lines")]
    names += [f"{count} of “{head}”" for head, count in counts if count]
    lines, places, calls = ([pair for of, pair in kept if of == part] for part in ("lines", "places", "calls"))
    urgent = next((pair for of, pair in kept if of == "urgent"), None)
    return replace(card, urgent=urgent, lines=lines, places=places, calls=calls, left_out=tuple(names))


def _about(card: PaperCard) -> dict[str, JSON]:
    """The same for a computer, and whose it is: a card that another officer seals is not theirs."""
    return {
        "form": "find_me_card",
        "card": card.title,
        "name": card.name,
        "line": card.line,
        "warning": card.warning,
        "lines": [list(pair) for _part, pair in _by_need(card)],
        "left_out": list(card.left_out),
        "signed_by": card.author,
        "signed_by_officer": card.officer_id,
        "signed_at": card.made.isoformat(timespec="seconds"),
    }


def _draw(card: PaperCard, face: Typeface) -> tuple[TaggedCanvas, Element, float]:
    """The page, and how far down its last line reaches."""
    canvas, tree = TaggedCanvas(A4), Element("Document")
    pen = _Pen(canvas, face)
    pen.words(tree, card.name, _NAME if len(card.name) <= _LONG else _LONG_NAME, "H1")
    pen.words(tree, card.line, Style(size=10, leading=14, colour="#4A5663"))
    if card.warning:
        pen.words(tree, card.warning, _WARNING)
    pen.down(10)
    if card.urgent:
        pen.panel(tree, card.urgent)
    pen.beside(tree, card)
    pen.side_by_side(tree, card)
    if card.left_out:
        pen.down(8)
        names = "; ".join(card.left_out)
        pen.words(
            tree, f"Too long for this page and left out whole: {names}. Ask {card.author}, who made it.", _WARNING
        )
    low = pen.y
    _foot(canvas, face, tree, card)
    canvas.showPage()
    return canvas, tree, low


class _Pen:
    """Writes down a page from its top, between `left` and `right`."""

    def __init__(self, canvas: TaggedCanvas, face: Typeface) -> None:
        self._canvas, self._face = canvas, face
        self.y, self.left, self.right = TOP, LEFT, RIGHT

    def down(self, points: float) -> None:
        self.y -= points

    def words(self, parent: Element, text: str, style: Style, tag: str = "P") -> None:
        self._put(TextFlow(self._face, text, style, parent, tag), self.right - self.left)
        self.y -= 2

    def panel(self, tree: Element, pair: Pair) -> None:
        """Across the page, on a ground of its own."""
        part = tree.add("Sect")
        for block in (
            Band(6, _URGENT),
            *(TextFlow(self._face, said, _URGENT_WORDS[at], part) for at, said in enumerate(pair)),
        ):
            self._put(block, RIGHT - LEFT)
        self._put(Band(7, _URGENT), RIGHT - LEFT)
        self.down(12)

    def beside(self, tree: Element, card: PaperCard) -> None:
        """The photograph at the left with its day, what is known of the child at its right."""
        top, low = self.y, self.y
        if card.picture is not None:
            block = PictureBlock(card.picture, f"Photograph of {card.name}. {card.taken}", tree, longest=190)
            width, _height = block.wrap(RIGHT - LEFT, TOP)
            self._put(block, width)
            self.right = LEFT + max(width, 120)
            self.down(3)
            self.words(tree, card.taken, _SMALL)
            low, self.left = self.y - 4, LEFT + max(width, 120) + 20
        self.y, self.right = top, RIGHT
        for name, said in card.lines:
            self.words(tree, name, _SMALL)
            self.words(tree, said, _SAID)
            self.down(3)
        self.left, self.y = LEFT, min(self.y, low) - 8

    def side_by_side(self, tree: Element, card: PaperCard) -> None:
        """Where to look at the left, whom to ring at the right."""
        top, middle, lowest = self.y, (LEFT + RIGHT) / 2, self.y
        for heading, pairs, sides in (
            (card.heads[0], card.places, (LEFT, middle - 12)),
            (card.heads[1], card.calls, (middle + 12, RIGHT)),
        ):
            self.y, (self.left, self.right) = top, sides
            self._list(tree, heading, pairs, _ABOUT if pairs is card.places else _NUMBER)
            lowest = min(lowest, self.y)
        self.y, self.left, self.right = lowest, LEFT, RIGHT

    def _list(self, tree: Element, heading: str, pairs: Sequence[Pair], style: Style) -> None:
        if not pairs:
            return
        part = tree.add("Sect")
        self.words(part, heading, _HEADING, "H2")
        for first, second in pairs:
            self.words(part, first, _FIRST)
            if second:
                self.words(part, second, style)
            self.down(5)

    def _put(self, block: Flowable, width: float) -> None:
        _width, height = block.wrap(width, TOP)
        self._canvas.saveState()
        self._canvas.translate(self.left, self.y - height)
        block.canv = self._canvas
        block.draw()
        self._canvas.restoreState()
        self.y -= height


def _foot(canvas: TaggedCanvas, face: Typeface, tree: Element, card: PaperCard) -> None:
    """Who printed it and when, what its boxes are, and the room where the signature shows."""
    foot = "\n".join(filter(None, (card.foot, face.note_on_boxes())))
    block = TextFlow(face, foot, Style(size=9, leading=13, colour="#4A5663"), tree)
    _width, height = block.wrap(RIGHT - LEFT, 100)
    canvas.saveState()
    canvas.translate(LEFT, FOOT + 34)
    canvas.mark_place(FIELD, 220, 40)
    canvas.restoreState()
    canvas.begin_artifact()
    canvas.setStrokeColor(HexColor("#D5DBE1"))
    canvas.line(LEFT, FOOT + 30, RIGHT, FOOT + 30)
    canvas.end()
    canvas.saveState()
    canvas.translate(LEFT, FOOT + 24 - height)
    block.canv = canvas
    block.draw()
    canvas.restoreState()
