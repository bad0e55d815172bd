"""Check and sign. Once signed, the same page shows the record as it stands for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QBoxLayout, QWidget

from casework.dates_in_words import clock_time
from casework.errors import KnownError
from casework.forms.definition import Question
from desktop.flows.record.editing import OpenRecord
from desktop.flows.signing import signing
from desktop.flows.signing.correcting import Correction
from desktop.flows.signing.signing import Check
from desktop.ui.form.case_button import case_buttons
from desktop.ui.form.session import Session
from desktop.ui.form.signature_inks import signature_inks
from desktop.ui.form.summary import ProblemSummary, problem_title
from desktop.ui.form.ways_from_record import letters_button, told_button, visit_button
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Tag
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Card, Scroller
from desktop.ui.resolve.banner import conflict_banner
from desktop.ui.sign.answers_to_check import AnswersView
from desktop.ui.sign.beside_answers import GapsLine, advice, reading_card
from desktop.ui.sign.check_card import ManagerCheckCard, is_shown
from desktop.ui.sign.kept_ink import KeptInk
from desktop.ui.sign.met_strip import MetStrip
from desktop.ui.sign.next_plan import NextPlan
from desktop.ui.sign.record_shown import Shown, read_shown
from desktop.ui.sign.report_steps import ReportSteps
from desktop.ui.sign.seen_by import section_of_consent, seen_by
from desktop.ui.sign.sign_later import SignLaterCard
from desktop.ui.sign.signed_card import SignedCard
from desktop.ui.sign.signing_card import SigningCard
from desktop.ui.theme import look

SIDE = 468
BESIDE_AT = 100  # per cent: larger text takes the height that would keep the signatures in view


@dataclass(frozen=True, slots=True)
class _ToSign:
    """What stands on the page of a record that can be signed. `half_given` keeps what was begun in the card."""

    card: SigningCard
    session: Session
    half_given: tuple[KeptBox, KeptInk]


class SignScreen(Screen):
    """Everything a person puts their name to, on one page."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str) -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._shown: Shown | None = None
        self._top = column()
        self._to_sign: _ToSign | None = None
        self._signed_card: SignedCard | None = None
        self._whole = row(self, gap=16, margins=(24, 16, 24, 16)) if not look().narrow else row(self, gap=0)

    def title(self) -> str:
        if self._shown is None:
            return ""
        record = self._shown.check.record
        return record.definition.title if record.read_only else "Check and sign"

    def subtitle(self) -> str:
        if self._shown is None:
            return ""
        record, version = self._shown.check.record, self._shown.version
        child = record.child.name_and_age
        what = child if record.read_only else f"{record.definition.title}, {child}"
        what = f"{what}. {version}" if version else what
        return what if record.definition.id != "child" else record.child.name

    def crumbs(self) -> Sequence[Crumb]:
        first = Crumb("Today", Where("today"))
        if self._shown is None:
            return (first,)
        record = self._shown.check.record
        child = Crumb(record.child.name, Where("child", record.child.child_id))
        if record.read_only:
            return (first, child, Crumb(record.definition.short_title))
        form = Crumb(record.definition.short_title, Where("form", self.record_id))
        return (first, child, form, Crumb("Check and sign"))

    def acts(self) -> Sequence[QWidget]:
        if self._shown is None:
            return ()
        check, record = self._shown.check, self._shown.check.record
        if record.locked:
            save = Button("Save a PDF", name="sign/pdf", icon="file-down", kind="primary", key="Ctrl+P")
            save.clicked.connect(self.export)
            about = (
                *case_buttons(self.shell, record),
                *visit_button(self.shell, record),
                *letters_button(self.shell, record),
            )
            return (Tag("signed", "Signed"), self._history(), *about, save)
        if record.read_only:
            return (Tag("draft", "Read only"), *told_button(self.shell, record), self._history())
        pages = Button("How it will look", name="sign/preview", icon="file-text", key="Ctrl+P")
        pages.clicked.connect(self.export)
        is_ready = check.ready and signing.may_sign_here(self.shell.desk)
        return (Tag("ready", "Ready to sign") if is_ready else Tag("draft", "Draft"), self._history(), pages)

    def history(self) -> None:
        """Of the whole record."""
        self.shell.go("history", self.record_id)

    def _history(self) -> Button:
        button = Button("History", name="sign/history", icon="history", key="Ctrl+H")
        button.clicked.connect(self.history)
        return button

    def start(self) -> None:
        desk, record_id = self.shell.desk, self.record_id
        self.shell.run(self, lambda: read_shown(desk, record_id), self._show)

    def refresh(self) -> None:
        self.start()

    def leave(self) -> None:
        if self._to_sign is not None:
            self._to_sign.session.save_now()
            self.shell.seal(self.record_id)
        if self._signed_card is not None:
            self._signed_card.save_now()

    def save_now(self) -> None:
        self.leave()

    def export(self) -> None:
        """Of what is signed a PDF; of what is not, its pages to look at."""
        signed = self._shown is not None and self._shown.check.record.locked
        self.shell.go("documents" if signed else "preview", self.record_id)

    def primary(self) -> None:
        """Signs, if everything that must be there is."""
        card, check = self._to_sign.card if self._to_sign else None, self._shown.check if self._shown else None
        if check is not None and check.record.locked:
            self.export()
        if card is None or check is None or not card.ready:
            return
        if check.stops:
            self._show_stops(check)
            return
        self.leave()
        card.busy(busy=True)
        desk, record_id = self.shell.desk, self.record_id
        name, words, ink = card.name.words(), card.passphrase.text(), card.ink.read().value
        self.shell.run(
            self,
            lambda: signing.sign(desk, record_id, name=name, passphrase=words, ink=ink, read=check),
            self._signed,
            self._refused,
        )

    def panes(self) -> Sequence[QWidget]:
        return self.findChildren(Scroller)

    def first_focus(self) -> QWidget | None:
        """The first way to change something; what is missing, if anything is, comes before it."""
        return next((link for link in self.findChildren(Link) if link.isEnabled()), None)

    def _signed(self, _operation: str) -> None:
        for kept in self._to_sign.half_given if self._to_sign else ():
            kept.forget()
        self.shell.outbox_changed.emit()
        self.shell.saved.emit(self.shell.now())
        when = clock_time(self.shell.now())
        self.shell.go("documents", self.record_id)
        self.shell.messages.news(
            f"Signed and locked at {when}", "It is saved on this laptop, and waits here until the council has it."
        )

    def _refused(self, error: KnownError) -> None:
        if isinstance(error, signing.ChangedSince):
            self.shell.say(error)
            self.refresh()
            return
        if self._to_sign is not None:
            self._to_sign.card.busy(busy=False)
            self._to_sign.card.refuse(str(error))
        self.window().setWindowTitle("Error: Check and sign – Homeward")

    def _show(self, found: Shown) -> None:
        self._shown, self._to_sign = found, None
        empty(self._whole)
        left, right = self._left(found), self._right(found)
        if look().narrow:
            page = Scroller(gap=16, name="sign")
            page.add(left)
            _last_in(right, self._last_card(found))
            page.add(right)
            self._whole.addWidget(page)
        else:
            self._whole.addWidget(left, 1)
            self._whole.addWidget(self._side_column(right, found))
        self.heading_changed.emit()

    def _side_column(self, right: QWidget, found: Shown) -> QWidget:
        """Who will see it scrolls where it is long; the signatures and the act stay in view."""
        holder, scroll = QWidget(), Scroller(gap=0, margins=(0, 0, 4, 0), name="sign/right")
        box = column(holder, gap=16)
        scroll.add(right)
        box.addWidget(scroll, 1)
        last = self._last_card(found)
        if self._to_sign is not None and look().px(100) <= BESIDE_AT:
            box.addWidget(last)
        else:
            _last_in(right, last)
        holder.setFixedWidth(look().px(SIDE))
        return holder

    def _left(self, found: Shown) -> QWidget:
        card, check = Card(), found.check
        self._top = column()
        if found.met:
            card.add(MetStrip(found.met, self._to_named))
        if not check.record.read_only:
            card.add(GapsLine(check, self._to_question), line=False)
        if check.record.view.conflicts:
            self._top.addWidget(conflict_banner(self.shell, check.record, "sign/conflicts"))
        if check.advice and not check.record.read_only:
            self._top.addWidget(advice(check))
        view = AnswersView(check.record, found.known)
        view.change.connect(lambda part: self.shell.go("form", self.record_id, part))
        if look().narrow:
            card.box.addLayout(self._top)
            card.box.addWidget(view)
        else:
            page = Scroller(gap=0, margins=(0, 0, 6, 0), name="sign/answers")
            page.box.addLayout(self._top)
            page.add(view)
            card.box.addWidget(page, 1)
        if check.stops and not check.record.read_only:
            self._show_stops(check, focus=False)
        return card

    def _show_stops(self, check: Check, *, focus: bool = True) -> None:
        """What must be there before anybody signs, each with a way to it."""
        found = self.findChild(ProblemSummary)
        if found is None:
            found = ProblemSummary(problem_title(len(check.stops)), check.stops)
            found.chosen.connect(lambda finding: self.shell.go("form", self.record_id, _part(finding)))
            self._top.insertWidget(0, found)
        if focus:
            found.take_focus()
            self.window().setWindowTitle("Error: Check and sign – Homeward")

    def _to_question(self, question: Question) -> None:
        if self._shown is not None:
            section = self._shown.check.record.definition.section_of[question.id]
            self.shell.go("form", self.record_id, f"{section.id}/{question.id}")

    def _to_named(self, question_id: str) -> None:
        if self._shown is not None:
            self._to_question(self._shown.check.record.definition.by_id[question_id])

    def _right(self, found: Shown) -> QWidget:
        record = found.check.record
        holder = QWidget()
        box = column(holder, gap=16)
        change = None if record.read_only else Link("Change", name="change/consent", size="caption")
        if change is not None:
            change.setAccessibleName("Change who will see this")
            part = section_of_consent(record)
            change.clicked.connect(lambda: self.shell.go("form", self.record_id, part))
        seen = seen_by(record, change)
        if seen is not None:
            box.addWidget(seen)
        if found.steps:
            box.addWidget(ReportSteps(self.shell, self.record_id, found.steps))
        if found.plan is not None:
            box.addWidget(NextPlan(self.shell, record.view.child_id, found.plan))
        if is_shown(found.checking):
            box.addWidget(ManagerCheckCard(self.shell, found.checking, self.start))
        box.addStretch(1)
        return holder

    def _last_card(self, found: Shown) -> QWidget:
        check = found.check
        if check.record.locked:
            return self._signed_by(check.record, found.correction)
        if not check.record.writes:
            return reading_card()
        return self._signing(check) if signing.may_sign_here(self.shell.desk) else SignLaterCard(self.shell)

    def _signed_by(self, record: OpenRecord, kept: Correction) -> SignedCard:
        self._signed_card = SignedCard(self.shell, record, kept, self.start)
        return self._signed_card

    def _signing(self, check: Check) -> SigningCard:
        inks = {question.id: question for question in signature_inks(check.record.definition)}
        officer = self.shell.desk.officer.name
        child_ink = inks.get("child_ink")
        card = SigningCard(
            officer=officer, child=check.record.child.first_name, child_ink=child_ink, worker_ink=inks.get("worker_ink")
        )
        if child_ink is not None:
            card.show_child_ink(check.record.answers.get(child_ink.id))
            card.child_signed.connect(self._child_signed)
        card.sign.connect(self.primary)
        session = Session(self.shell, check.record)
        session.setParent(self)
        named = KeptBox(self.shell, self.record_id, "sign/name", card.name)
        self._to_sign = _ToSign(card, session, (named, KeptInk(self.shell, self.record_id, card.ink)))
        return card

    def _child_signed(self, value: object) -> None:
        if self._to_sign is not None and (value is None or isinstance(value, dict)):
            self._to_sign.session.put("f/child_ink", value)


def _last_in(right: QWidget, card: QWidget) -> None:
    box = right.layout()
    if isinstance(box, QBoxLayout):
        box.insertWidget(box.count() - 1, card)


def _part(finding: object) -> str:
    return f"{getattr(finding, 'section_id', '')}/{getattr(finding, 'question_id', '')}"
