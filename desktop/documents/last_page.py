"""Signatures never stand alone on a page: what comes before them goes over with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reportlab.platypus import CondPageBreak, Flowable

from desktop.documents.text_flow import Band

_BETWEEN = 40.0  # points: the room that parts leave above and below them


class AboveSignatures(Flowable):  # type: ignore[misc]  # reportlab has no types
    """What signatures stand under: where they do not fit below it, its last lines go over with them, or all of it."""

    def __init__(self, inner: Flowable, need: float) -> None:
        super().__init__()
        self._inner, self._need = inner, need
        self.width = self.height = 0.0
        self.spaceBefore, self.spaceAfter = inner.getSpaceBefore(), inner.getSpaceAfter()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Said to be too tall where it has to go over; reportlab lets it do so once, and then it has to be parted."""
        self.width, self.height = self._inner.wrap(width, height)
        goes_over = self.height + self._need > height and (
            not hasattr(self, "_postponed") or self._parts(width, height)
        )
        return self.width, max(self.height, height + 1) if goes_over else self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = self._parts(width, height)
        return [parts[0], AboveSignatures(parts[1], self._need)] if parts else []

    def _parts(self, width: float, height: float) -> Sequence[Flowable]:
        parts: Sequence[Flowable] = self._inner.split(width, min(height, self.height - 1))
        return parts if len(parts) == 2 else ()

    def draw(self) -> None:
        self._inner.canv = self.canv
        self._inner.draw()


def above_signatures(parts: Iterable[Flowable], need: float) -> Iterator[Flowable]:
    """All of them, the last that says something ready to go over."""
    flows = [*parts]
    last = _last_that_says(flows)
    yield from (AboveSignatures(flow, need) if number == last else flow for number, flow in enumerate(flows))


def _last_that_says(flows: Sequence[Flowable]) -> int:
    says = (number for number, flow in enumerate(flows) if not isinstance(flow, Band | Joint | CondPageBreak))
    return max(says, default=-1)


class Joint(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A place of no height where a page may end; it remembers on which page it stood, and how high."""

    def __init__(self) -> None:
        super().__init__()
        self.width = self.height = 0.0
        self.page, self.height_on_page = 0, 0.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self.page, self.height_on_page = self.canv.getPageNumber(), self.canv.absolutePosition(0, 0)[1]


class LastPage:
    """The joints of one drawing. `within`: how high a page is; a document is drawn again only where it has to be."""

    def __init__(self, within: float) -> None:
        self._within = within
        self._joints: list[Joint] = []
        self._end, self._signed = Joint(), Joint()
        self._broken_at, self._cut = -1, False

    def begin(self) -> None:
        """A new drawing of the same story."""
        self._joints, self._end, self._signed = [], Joint(), Joint()

    def joint(self) -> tuple[Flowable, ...]:
        """Before each section; the one that is chosen begins a page, unless it stands at the head of one already."""
        self._joints.append(Joint())
        chosen = len(self._joints) - 1 == self._broken_at
        return (CondPageBreak(self._within - 40), self._joints[-1]) if chosen else (self._joints[-1],)

    def ended(self, parts: Iterable[Flowable], need: float) -> Iterator[Flowable]:
        """With a joint after the last that says something, whose end goes over where only that can."""
        flows = [*above_signatures(parts, need + _BETWEEN)] if self._cut else [*parts]
        last = _last_that_says(flows)
        yield from (*flows[: last + 1], self._end, *flows[last + 1 :])

    def signed(self) -> Flowable:
        return self._signed

    def has_to_move(self, need: float) -> bool:
        """Whether the signatures, which `need` so much room, stood alone; in the next drawing the last part that begins
        on the page before goes over to them, or the end of a longer one."""
        if self._broken_at >= 0 or self._cut or self._signed.page == self._end.page:
            return False
        here = [number for number, joint in enumerate(self._joints) if joint.page == self._end.page]
        if here and self._height_since(self._joints[here[-1]]) + need + _BETWEEN < self._within:
            self._broken_at = here[-1]
        else:
            self._cut = True
        return True

    def _height_since(self, joint: Joint) -> float:
        return joint.height_on_page - self._end.height_on_page
