"""What waits here, in order, and what the council has said it received. Never the one for the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted, day_and_time, when
from casework.errors import KnownError
from desktop.flows.council import destroyed_told, review
from desktop.flows.council import sending as flow
from desktop.flows.council.sending import ReceivedItem, Sending, SyncReport, WaitingFile, WaitingItem
from desktop.flows.decisions.conflicts import decisions
from desktop.ui.frame.courier import METERED, metered
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import Banner, Card, Scroller, count_tag, padded
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.sending.before_joining import kept_apart_banner, not_joined_banner
from desktop.ui.sending.destroyed_card import destroyed_card, destroyed_news
from desktop.ui.sending.update_banner import UpdateBanner
from desktop.ui.settings.joining import JoinAgain
from desktop.ui.theme import look

NOTHING = "Everything here has been received."
REST = "Everything else here has been received."


class SendingScreen(Screen):
    """A person can send now, stop, and read why something has not gone."""

    place = "sending"
    renews = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._now = shell.sending
        self._found: Sending | None = None
        self._is_startled = False
        self._page = Scroller(gap=16, name="sending")
        self._state = label("", "body", name="sending/state")
        self._now.changed.connect(self._show_progress)
        self._now.finished.connect(self._finished)
        self._now.failed.connect(self._failed)
        column(self).addWidget(self._page)

    def title(self) -> str:
        return "Sending"

    def subtitle(self) -> str:
        if self._found is None:
            return ""
        heard = self._found.last_heard
        if not self.shell.desk.has_joined:
            return ""
        return (
            f"Council last heard from: {when(heard, self.shell.now())}"
            if heard
            else "The council has not been heard from yet"
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Sending"))

    def acts(self) -> Sequence[QWidget]:
        if not self.shell.desk.has_joined:
            return ()
        if self._now.is_under_way:
            stop = Button("Stop", name="sending/stop")
            stop.clicked.connect(self._now.stop)
            return (stop,)
        send = Button("Send now", name="sending/now", kind="primary", icon="send", key="Ctrl+Enter")
        send.clicked.connect(self.primary)
        return (send,)

    def start(self) -> None:
        self._now.is_watched = True
        self._state.setText(self._now.words)
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: (flow.sending(desk), len(decisions(desk))), self._show)

    def leave(self) -> None:
        """What has begun goes on; only Stop stops it."""
        self._now.is_watched = False

    def primary(self) -> None:
        """Joining, before there is anybody to send to."""
        if self.shell.desk.has_joined:
            self._send()
        elif not self.shell.desk.is_practice:
            self.shell.go("join")

    def _took_over(self) -> None:
        """What is theirs goes at once."""
        self._send()
        self.refresh()

    def _send(self, *, losses_confirmed: bool = False) -> None:
        self._is_startled = False
        self._now.begin(losses_confirmed=losses_confirmed)
        self.heading_changed.emit()

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self.findChild(Button, "sending/join")

    def _show_progress(self) -> None:
        if self._now.is_under_way:
            self._state.setText(self._now.words)
            self._state.setVisible(True)

    def _finished(self, report: SyncReport) -> None:
        if flow.was_erased(report):
            return
        self._is_startled = flow.wants_agreement(report)
        has_card = self._is_startled or flow.must_join_again(report) or flow.is_outdated(report)  # which says it
        self._state.setText(_counts(report) if flow.is_outdated(report) else "" if has_card else _outcome(report))
        announce(self._state, report.problem or "" if has_card else self._state.text())
        self.heading_changed.emit()
        self.refresh()

    def _failed(self, error: KnownError) -> None:
        self._state.setText("")
        self.heading_changed.emit()
        self.shell.say(error)

    def _show(self, came: tuple[Sending, int]) -> None:
        found, undecided = came
        self._found = found
        words = self._state.text()
        empty(self._page.box)
        self._state = label(words, "strong", name="sending/state")
        self._page.add(self._state)
        self._state.setVisible(bool(words))
        if not self.shell.desk.has_joined:
            self._show_before_joining(found)
            return
        if found.is_unknown:
            self._page.add(_forgotten(self.shell))
        if found.kept is not None:
            self._page.add(kept_apart_banner(self.shell, found.kept, self._took_over))
        if found.update.title:
            self._page.add(UpdateBanner(self.shell, found.update))
        if found.destroyed_unread:
            self._page.add(destroyed_news(found.destroyed_unread, self._have_read))
        if self._is_startled:
            self._page.add(self._startled())
        if undecided:
            self._page.add(self._undecided(undecided))
        if review.is_supervisor(self.shell.desk):
            self._page.add(self._to_review(found.to_review))
        if found.returned or found.dealt_with:
            self._page.add(self._returned(found))
        if metered():
            self._page.add(Banner("waiting", "wifi-off", "Nothing is sent by itself here", METERED))
        self._page.add(self._waiting(found))
        if found.files:
            self._page.add(self._files(found.files))
        self._page.add(self._received(found.received))
        if found.destroyed and not found.destroyed_unread:
            self._page.add(destroyed_card(found.destroyed))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _show_before_joining(self, found: Sending) -> None:
        self._page.add(not_joined_banner(self.shell))
        if found.files and not self.shell.desk.is_practice:
            self._page.add(self._files(found.files))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _have_read(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: destroyed_told.have_read(desk), lambda _done: self.refresh())

    def _undecided(self, count: int) -> Banner:
        act = Button("Compare and decide", name="sending/decide", kind="decide", small=True)
        act.clicked.connect(lambda: self.shell.go("resolve"))
        title = f"{counted(count, 'answer')} to decide"
        return Banner("decide", "split", title, "Every text is kept. Nothing else waits for this.", act)

    def _to_review(self, count: int) -> Banner:
        """The way there stands open also when nothing waited: the council may have more by now."""
        act = Button("Read and decide", name="sending/review", kind="decide" if count else "plain", small=True)
        act.clicked.connect(lambda: self.shell.go("review"))
        title = f"{counted(count, 'item')} not taken in, for you to decide" if count else "Not taken in by the council"
        text = "Colleagues’ words, kept as they came." if count else "Nothing waited when the council was last asked."
        return Banner("decide" if count else "draft", "circle-alert", title, text, act)

    def _returned(self, found: Sending) -> Card:
        card = Card("Not taken in by the council", icon="undo-2", aside=count_tag("decide", len(found.returned)))
        for one in found.returned:
            act = Button("Read and act", name=f"sending/returned/{one.op_id}", kind="decide", small=True)
            act.setAccessibleDescription(f"{one.title}, {one.child}")
            act.clicked.connect(lambda _on=False, op_id=one.op_id: self.shell.go("returned", op_id))
            text = f"{one.child}. Written {day_and_time(one.written_at)}. {one.why}"
            card.add(_line("", f"{one.title}: {one.state.lower()}", text, "", act))
        if found.dealt_with:
            act = Button("Read them", name="sending/dealt-with", small=True)
            act.clicked.connect(lambda: self.shell.go("returned", found.dealt_with[0]))
            card.add(_line("check", f"{counted(len(found.dealt_with), 'item')} dealt with, kept here", "", "", act))
        return card

    def _startled(self) -> Banner:
        act = Button("Let them go", name="sending/let-go", kind="decide", small=True)
        act.clicked.connect(lambda: self._send(losses_confirmed=True))
        text = "More than a fifth of them would go at once. Ask your manager if that is right; until then all stay."
        return Banner("decide", "users", "The council would take many records off this laptop", text, act)

    def _waiting(self, found: Sending) -> Card:
        card = Card("Waiting to send", icon="send", aside=count_tag("waiting", found.count))
        for item in found.waiting:
            card.add(_waiting_line(item, is_unknown=found.is_unknown))
        if not found.waiting:
            card.add(_line("", REST if found.returned else NOTHING, "", ""))
        if found.leaving:
            card.add(_line("trash-2", found.leaving, "", ""))
        if found.drafts:
            text = f"{counted(found.drafts, 'draft')} on this laptop. What you have written goes with the next sending."
            card.add(_line("square-pen", text, "", ""))
        return card

    def _files(self, files: Sequence[WaitingFile]) -> Card:
        card = Card("Photographs and files", icon="image", aside=count_tag("waiting", len(files)))
        for file in files:
            size = f"{max(1, round(file.bytes / 1000)):,} kB"
            card.add(_line("", file.title, f"{file.child_name}. {size}", file.problem or "Goes after its record"))
        return card

    def _received(self, received: Sequence[ReceivedItem]) -> Card:
        card = Card("Received by the council", icon="check")
        for item in received[:50]:
            card.add(_line("", item.title, item.child_name, f"Received {when(item.received_at, self.shell.now())}"))
        if not received:
            card.add(_line("", "Nothing yet.", "", ""))
        return card


def _forgotten(shell: Shell) -> Card:
    card, side = Card("Join again", icon="laptop"), look().room(16)
    card.add(padded(JoinAgain(shell, "sending"), (side, look().room(12), side, side)))
    return card


def _counts(report: SyncReport) -> str:
    return f"{counted(report.accepted, 'item')} received by the council, {counted(report.pulled, 'change')} fetched."


def _outcome(report: SyncReport) -> str:
    """Received is what the council acknowledged, nothing more."""
    said = _counts(report)
    trouble = (
        f" {counted(report.held + report.quarantined, 'item')} need a look." if report.held + report.quarantined else ""
    )
    return (
        f"{report.problem} {said if report.accepted or report.pulled else ''}".strip()
        if report.problem
        else said + trouble
    )


def _waiting_line(item: WaitingItem, *, is_unknown: bool) -> QWidget:
    """“Goes when connected” unless the council said why not."""
    state = item.problem or ("Goes once this laptop has joined again" if is_unknown else "Goes when connected")
    return _line(
        "", item.title, f"{item.child_name}. {counted(item.items, 'item')} since {day_and_time(item.since)}", state
    )


def _line(icon: str, title: str, text: str, state: str, act: QWidget | None = None) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    line = row(holder, gap=12, margins=(side, look().room(10), side, look().room(10)))
    if icon:
        line.addWidget(Icon(icon, "muted"))
    words = column(gap=2)
    words.addWidget(label(title, "strong" if text else "body"))
    if text:
        words.addWidget(label(text, "caption", "muted"))
    line.addLayout(words, 1)
    if state:
        line.addWidget(label(state, "caption", "muted"))
    if act is not None:
        line.addWidget(act)
    return holder
