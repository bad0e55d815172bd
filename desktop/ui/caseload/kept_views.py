"""The views of the caseload that an officer keeps: choose one, keep what is shown by a name, take one away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.flows.caseload import saved_views as flow
from desktop.flows.caseload.case_row import CaseTable, Wanted
from desktop.flows.caseload.saved_views import SavedView
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, empty
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look


class KeptViews(QWidget):
    """`chosen` carries the view to show."""

    chosen = Signal(object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._table, self._wanted = CaseTable.HOME, Wanted()
        self._views: dict[str, SavedView] = {}
        self._box = Flow(self, gap=8)
        self._choice = DropDown([], name="caseload/view", label="Your views", nothing="Your views")
        self._name = line_box("caseload/view-name", "Name of the view")
        self._name.setMaximumWidth(look().px(200))
        self._half = KeptBox(shell, "caseload", "view-name", self._name)
        self.refresh()

    def refresh(self) -> None:
        """Reads them on the store’s thread; asked for again after each that is kept or dropped."""
        desk = self._shell.desk
        self._shell.run(self, lambda: flow.saved_views(desk), self._show)

    def shown(self, table: CaseTable, wanted: Wanted) -> None:
        """What the page shows now, which is what would be kept."""
        self._table, self._wanted = table, wanted

    def _show(self, views: tuple[SavedView, ...]) -> None:
        self._views = {view.name: view for view in views}
        self._name.setParent(self)  # outlives the others, with what stands in it
        self._box.removeWidget(self._name)
        empty(self._box)
        self._choice = DropDown(
            [(name, name) for name in self._views], name="caseload/view", label="Your views", nothing="Your views"
        )
        self._choice.activated.connect(lambda _at: self._chosen())
        asks = label("Keep this view as", "caption", "muted", wrap=False)
        asks.setMinimumHeight(look().px(40))
        asks.setBuddy(self._name)
        keep = Button("Keep", name="caseload/keep-view")
        keep.clicked.connect(self._keep)
        gone = Button("Take the view away", name="caseload/forget-view")
        gone.clicked.connect(self._forget)
        self._name.show()
        for widget in (self._choice, asks, self._name, keep, *((gone,) if self._views else ())):
            self._box.addWidget(widget)

    def _chosen(self) -> None:
        view = self._views.get(self._choice.code() or "")
        if view is not None:
            self.chosen.emit(view)

    def _keep(self) -> None:
        desk, view = self._shell.desk, SavedView(self._name.words().strip(), self._table, self._wanted)

        def kept(_done: None) -> None:
            self._name.clear()
            self._half.forget()
            self._shell.messages.news(f"Kept as “{view.name}”.")
            self.refresh()

        self._shell.run(self, lambda: flow.keep_view(desk, view), kept)

    def _forget(self) -> None:
        desk, name = self._shell.desk, self._choice.code() or ""
        if name:
            self._shell.run(self, lambda: flow.forget_view(desk, name), lambda _done: self.refresh())
