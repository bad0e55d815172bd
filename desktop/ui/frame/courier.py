"""Sends by itself whenever there may be a network, and says nothing about a network that is not there."""

from __future__ import annotations

import random
from datetime import timedelta
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from casework.errors import KnownError
from desktop.flows.council import sending
from desktop.flows.council.sending import Pace, SyncReport
from desktop.ui.frame.shell import Shell

SOON = timedelta(seconds=3)
METERED = "This connection is paid for by what goes over it, so Homeward sends only when you say so."


class Courier(QObject):
    """One for each unlocking: soon after it, then every few minutes, later and later while nobody answers.

    `sent` gives the report of each try that reached the council; the tries themselves take nothing from the person.
    """

    sent = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._pace = Pace()
        self._told = ""
        self._at_rest = True
        self._stop = Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._send)
        self._watch_the_network()

    def start(self) -> None:
        """A laptop that has joined no council has nobody to send to."""
        if self._shell.desk.has_joined:
            self._at_rest = False
            self._stop.clear()
            self._wait(SOON)

    def rest(self) -> None:
        """Nothing more begins; what is under way ends at its next step, unheard."""
        self._at_rest = True
        self._stop.set()
        self._timer.stop()

    def _wait(self, time: timedelta) -> None:
        self._timer.start(int(time.total_seconds() * 1000))

    def _send(self) -> None:
        """A person's own sending comes first. Whether they would rather be asked is read away from the window."""
        if metered() or not self._shell.network.idle:
            self._try_again()
            return
        desk, stop = self._shell.desk, self._stop
        self._shell.fetch(self, lambda: sending.sync_by_itself(desk, stop.is_set), self._came, self._refused)

    def _came(self, report: SyncReport | None) -> None:
        if self._at_rest:
            return
        if report is None:
            self._try_again()
            return
        self._tell(report)
        self._next(failed=report.problem is not None, needs_person=sending.must_join_again(report))
        if report.problem is None or report.accepted or report.pulled:
            self.sent.emit(report)
            self._shell.outbox_changed.emit()

    def _tell(self, report: SyncReport) -> None:
        """What is not ordinary is said once, not at every try."""
        if sending.was_erased(report):
            self._shell.lock_asked.emit()
        elif report.problem and not report.is_ordinary and report.problem != self._told:
            self._told = report.problem
            self._shell.messages.problem(report.problem)

    def _refused(self, error: KnownError) -> None:
        """A full disk, say: told once."""
        if self._at_rest:
            return
        self._next(failed=True)
        if str(error) != self._told:
            self._told = str(error)
            self._shell.messages.problem(str(error))

    def _next(self, *, failed: bool, needs_person: bool = False) -> None:
        self._pace = self._pace.after(failed=failed, needs_person=needs_person)
        self._try_again()

    def _try_again(self) -> None:
        self._wait(self._pace.wait(random.random()))  # noqa: S311 - spreads laptops, guards nothing

    def _watch_the_network(self) -> None:
        """A hint only, and on some systems none: what counts is whether the council answers."""
        if QNetworkInformation.loadDefaultBackend():
            QNetworkInformation.instance().reachabilityChanged.connect(self._network_changed)

    def _network_changed(self, now: QNetworkInformation.Reachability) -> None:
        if now == QNetworkInformation.Reachability.Online and self._timer.isActive():
            self._wait(SOON)


def metered() -> bool:
    """Whether the system says that this connection is paid for by the amount, or stops at a page to log in to."""
    known = QNetworkInformation.instance()
    return known is not None and (known.isMetered() or known.isBehindCaptivePortal())
