"""Signatures never stand alone on a page: what comes before them goes over with them."""

from __future__ import annotations

from reportlab.platypus import CondPageBreak, Flowable


class Joint(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A place of no height where a page may end; it remembers on which page it stood."""

    def __init__(self) -> None:
        super().__init__()
        self.width = self.height = 0.0
        self.page = 0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0.0, 0.0

    def draw(self) -> None:
        self.page = self.canv.getPageNumber()


class LastPage:
    """The joints of one drawing. `within`: how high a page is; a document is drawn again only where it has to be."""

    def __init__(self, within: float) -> None:
        self._within = within
        self._joints: list[Joint] = []
        self._end, self._signed = Joint(), Joint()
        self._broken_at = -1

    def begin(self) -> None:
        """A new drawing of the same story."""
        self._joints, self._end, self._signed = [], Joint(), Joint()

    def joint(self) -> tuple[Flowable, ...]:
        """Before each section; the one that is chosen begins a page, unless it stands at the head of one already."""
        self._joints.append(Joint())
        chosen = len(self._joints) - 1 == self._broken_at
        return (CondPageBreak(self._within - 40), self._joints[-1]) if chosen else (self._joints[-1],)

    def end(self) -> Flowable:
        return self._end

    def signed(self) -> Flowable:
        return self._signed

    def has_to_move(self) -> bool:
        """Whether the signatures stood alone and something can go over to them; it then will, in the next drawing."""
        if self._broken_at >= 0 or self._signed.page == self._end.page:
            return False
        here = [number for number, joint in enumerate(self._joints) if joint.page == self._end.page]
        self._broken_at = here[-1] if here else -1
        return bool(here)
