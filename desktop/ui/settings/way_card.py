"""The way to the council: a choice that an administrator tells of, with whom it trusts in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from casework.errors import KnownError
from desktop.flows.access import proxy_choice as flow
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

FILE = "file"
WAYS = [(flow.STRAIGHT, "Straight"), (flow.TRUSTED_HERE, "Proxy, trusted here"), (FILE, "Proxy, by a file")]
HINT = "Leave it unless your administrator tells you: some councils have a proxy before their service."


class WayToCouncil(QWidget):
    """What is chosen is kept at once; a way that is refused leaves the one there was."""

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._ways = Segments(WAYS, name="settings/way", label="The way to the council")
        self._told = label(flow.told_way(shell.desk), "caption", "muted", name="settings/way/told")
        self._ways.put(flow.way_now(shell.desk) or FILE)
        self._ways.chosen.connect(self._choose)
        box = column(self, gap=look().room(8))
        box.addWidget(titled("The way to the council", HINT, self._ways))
        box.addWidget(self._told)

    def _choose(self, code: object) -> None:
        """Pressing the chosen one again chooses a file anew, and changes nothing else."""
        desk = self._shell.desk
        if code == FILE or (code is None and flow.way_now(desk) == ""):
            self._choose_file()
        elif code == flow.TRUSTED_HERE:
            self._keep(lambda: flow.trust_this_computer(desk))
        elif code == flow.STRAIGHT:
            self._keep(lambda: flow.go_straight(desk))
        else:
            self._show()

    def _choose_file(self) -> None:
        desk = self._shell.desk
        kinds = "Certificates (*.pem *.crt *.cer)"
        name, _kind = QFileDialog.getOpenFileName(self, "The proxy’s certificate", "", kinds)
        if name:
            self._keep(lambda: flow.trust_file(desk, Path(name)))
        else:
            self._show()

    def _keep(self, deed: Callable[[], str]) -> None:
        self._shell.run(self, deed, self._kept, self._refused)

    def _kept(self, told: str) -> None:
        self._show()
        announce(self._told, told)

    def _refused(self, error: KnownError) -> None:
        self._show()
        self._shell.say(error)

    def _show(self) -> None:
        self._ways.put(flow.way_now(self._shell.desk) or FILE)
        self._told.setText(flow.told_way(self._shell.desk))
