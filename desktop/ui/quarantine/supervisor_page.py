"""What the council did not take in, for a supervisor: read beside the record, and decided with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import day_and_time
from casework.errors import ChangedMeanwhile, KnownError
from casework.identifiers import OperationId
from casework.typed_words import Half
from desktop.flows.council import review
from desktop.flows.council.review import Review
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where, words_of
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.panels import Banner, Scroller
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.quarantine.judging import Judging
from desktop.ui.quarantine.listing import ListedItem, listed, with_list
from desktop.ui.quarantine.words_beside import beside_words

NOTHING = "Nothing waits for your decision."
OFFLINE = "What waits lies at the council, so it is shown when the council can be reached. Nothing is lost meanwhile."
ONLY = "A supervisor decides about these. What is yours to act on stands under Sending."
MOST = 12  # of those given back, the latest; the command line lists every one
Asked = tuple[tuple[Review, ...], dict[str, str]]


class ReviewScreen(Screen):
    """Asks the council each time it opens, and after each decision; what was typed stays whatever the network does."""

    place = "sending"

    def __init__(self, shell: Shell, op_id: OperationId | None = None) -> None:
        super().__init__(shell)
        self._asked = op_id
        self._found: tuple[Review, ...] | None = None
        keep = partial(review.keep_reason, shell.desk)
        self._kept = Autosave(shell, "review", lambda about, half: keep(OperationId(about), words_of(half)), self)
        self._reasons = {op_id: words_of(half) for op_id, half in self._kept.left_unsaved().items()}
        self._judging: Judging | None = None
        self._patience: WaitingLabel | None = None
        self._page = Scroller(gap=16, name="review")
        column(self).addWidget(self._page)

    @property
    def _here(self) -> Review | None:
        return self._judging.found if self._judging else None

    def title(self) -> str:
        return "Not taken in by the council"

    def subtitle(self) -> str:
        here = self._here
        if here is None:
            return ""
        return f"{here.child}. {here.title}. {here.officer}, {day_and_time(here.received_at)}."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Sending", Where("sending")), Crumb("Not taken in"))

    def acts(self) -> Sequence[QWidget]:
        again = Button("Ask the council again", name="review/refresh", icon="refresh-cw")
        again.clicked.connect(self.refresh)
        here = self._here
        tag = (Tag("decide", "Needs your decision"),) if here and here.is_open else ()
        return (*tag, again)

    def start(self) -> None:
        if not review.is_supervisor(self.shell.desk):
            self._page.add(label(ONLY, "body", name="review/only"))
            self._page.box.addStretch(1)
            return
        self.refresh()

    def refresh(self) -> None:
        if not review.is_supervisor(self.shell.desk):
            return
        desk = self.shell.desk
        self.save_now()
        self._patience = WaitingLabel("Asking the council what waits…", self._page)
        self.shell.fetch(self, lambda: (review.reviews(desk), review.reasons_kept(desk)), self._came, self._unheard)

    def save_now(self) -> None:
        """A half-written reason outlives the page and the program."""
        self._kept.save_now()

    def _typed(self) -> None:
        if self._judging is not None:
            op_id, words = self._judging.found.op_id, self._judging.reason.words()
            self._reasons[op_id] = words
            self._kept.later(op_id, Half(words))

    def primary(self) -> None:
        if self._judging is not None:
            self._judging.go_on()

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._judging.first() if self._judging else None

    def _decide(self) -> None:
        judging, desk = self._judging, self.shell.desk
        choice = judging.choice() if judging else None
        if judging is None or choice is None:
            return
        self.save_now()
        judging.busy(busy=True)
        why = judging.reason.words()
        deed = partial(review.decide, desk, judging.found.op_id, choice, why)
        self.shell.fetch(self, deed, self._decided, self._refused)

    def _decided(self, sentence: str) -> None:
        if self._judging is not None:
            self._reasons.pop(self._judging.found.op_id, None)
        self._judging, self._asked = None, None
        self.shell.messages.news(sentence)
        self.refresh()

    def _refused(self, error: KnownError) -> None:
        """Nothing was decided here, and the reason stands as it was typed. Another's decision leaves the list."""
        self.shell.say(error)
        if self._judging is not None:
            self._judging.busy(busy=False)
        if isinstance(error, ChangedMeanwhile):
            self.refresh()

    def _waited(self) -> None:
        if self._patience is not None:
            self._patience.done()

    def _came(self, asked: Asked) -> None:
        self._waited()
        found, reasons = asked
        self._reasons = {**reasons, **self._reasons}
        self._found = tuple(one for one in found if not one.mine)
        open_first = sorted(self._found, key=lambda one: (one.op_id != self._asked, not one.is_open))
        self._show(next((one for one in open_first if one.status in {"quarantined", "returned"}), None))

    def _unheard(self, error: KnownError) -> None:
        """Without a network the page that is there stays; the first time it says how it is."""
        self._waited()
        if self._found is not None:
            self.shell.say(error)
            return
        empty(self._page.box)
        again = Button("Try again", name="review/again", small=True)
        again.clicked.connect(self.refresh)
        banner = Banner("draft", "wifi-off", str(error), OFFLINE, again)
        banner.setObjectName("review/offline")
        self._page.add(banner)
        self._page.box.addStretch(1)

    def _go(self, op_id: OperationId) -> None:
        self.save_now()
        self._show(next((one for one in self._found or () if one.op_id == op_id), None))

    def _show(self, here: Review | None) -> None:
        self._judging, self._asked = None, here.op_id if here else None
        empty(self._page.box)
        if here is None:
            self._page.add(label(NOTHING, "body", name="review/none"))
            back = Button("Back to Today", name="review/today", kind="primary")
            back.clicked.connect(lambda: self.shell.go("today"))
            self._page.box.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._judging = self._judged(here)
            self._page.add(with_list(self._lists(here), (self._reason_here(here), self._words(here), self._judging)))
        if others := review.elsewhere_line(self.shell.desk):
            self._page.add(label(others, "body", "muted", name="review/elsewhere"))
        self._page.box.addStretch(1)
        self.heading_changed.emit()
        if self._judging is not None:
            self._judging.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _judged(self, here: Review) -> Judging:
        made = Judging(here, self._reasons.get(here.op_id, ""))
        made.decided.connect(self._decide)
        made.typed.connect(self._typed)
        made.unreasoned.connect(lambda: self.shell.messages.problem(review.WHY))
        made.later.connect(lambda: self.shell.go("today"))
        return made

    def _lists(self, here: Review) -> list[QWidget]:
        """What waits, oldest first; then what was decided and may still be decided otherwise, or not."""
        cards: list[QWidget] = []
        for title, status in (("Waits for you", "quarantined"), ("Given back", "returned")):
            found = [one for one in self._found or () if one.status == status]
            is_open = status == "quarantined"
            if found or is_open:
                entries = [_entry(one) for one in (found if is_open else found[-MOST:])]
                cards.append(listed(title, entries, here.op_id, self._go, name="review/item", counts=is_open))
        return cards

    def _reason_here(self, here: Review) -> QWidget:
        title = "You, or another supervisor, gave it back" if here.status == "returned" else "Why it was not taken in"
        banner = Banner("decide", "circle-alert", title, here.why)
        banner.setObjectName("review/why")
        return banner

    def _words(self, here: Review) -> QWidget:
        if not here.beside:
            return label(here.what, "strong", name="review/what")
        return beside_words(here.beside, written=here.officer, name="review/words")


def _entry(found: Review) -> ListedItem:
    return ListedItem(found.op_id, found.child, f"{found.title}. {found.officer}, {day_and_time(found.received_at)}")
