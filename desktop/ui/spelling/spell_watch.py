"""Which boxes of a form are looked at for spelling: the worker’s by themselves, what the child said only when asked."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop.flows.access.preferences import preferences
from desktop.flows.spelling.dictionary import my_words
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.spelling.box_spelling import BoxSpelling
from desktop.ui.spelling.known_words import KnownWords

VOICE = "voice"  # the property of a panel that says whose words stand in it
CHILD = "child"


class SpellWatch(QObject):
    """`page` is what the boxes stand on; `child` names whose record it is."""

    def __init__(self, shell: Shell, page: QWidget, child: str) -> None:
        super().__init__(page)
        self._shell, self._page, self._child = shell, page, child
        self._known = KnownWords((child,), self)
        self._marks = False  # until it is read, off the window's thread
        desk = shell.desk
        shell.run(self, lambda: (preferences(desk).marks_spelling, my_words(desk)), self._begin)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def next(self) -> None:
        """The next word that may be misspelt in the box with the keyboard."""
        box = QApplication.focusWidget()
        if not isinstance(box, WordsBox) or not self._page.isAncestorOf(box) or box.isReadOnly():
            self._shell.messages.news("Go into a box of words first, then press F7.")
            return
        if _is_spoken(box):
            self._shell.messages.news(
                f"These are {self._child.split()[0] if self._child else 'the child'}’s words.",
                "Put right only what was typed wrongly, and leave how it was said.",
            )
        self._of(box).next()

    def _begin(self, kept: tuple[bool, tuple[str, ...]]) -> None:
        self._marks, mine = kept
        self._known.take(mine)
        self._moved(None, QApplication.focusWidget())

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not self._marks or not isinstance(new, WordsBox) or new.isReadOnly() or not self._page.isAncestorOf(new):
            return
        if not _is_spoken(new):
            self._of(new).look()

    def _of(self, box: WordsBox) -> BoxSpelling:
        return box.findChild(BoxSpelling) or BoxSpelling(self._shell, box, self._known)


def _is_spoken(box: QWidget) -> bool:
    """Whether it stands in a panel of the child’s own words."""
    above = box.parentWidget()
    while above is not None:
        if above.property(VOICE) == CHILD:
            return True
        above = above.parentWidget()
    return False
