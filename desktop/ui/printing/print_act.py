"""Asking which printer, and what is said while it prints and afterwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from desktop.ui.frame.shell import Shell
from desktop.ui.printing.page_pictures import PagePictures
from desktop.ui.printing.print_job import PrintJob

NO_PRINTER = "No printer is set up on this laptop. Save the PDF, and print it where there is one."


class PrintAct(QObject):
    """Ends with the page it stands on. `said` carries what is being printed, and nothing once it is done. `note` is
    asked once the printer has been given everything, and gives what is then done on the store’s thread."""

    said = Signal(str)

    def __init__(self, shell: Shell, page: QWidget, note: Callable[[], Callable[[], object]]) -> None:
        super().__init__(page)
        self._shell, self._page, self._note = shell, page, note
        self._job: PrintJob | None = None

    def make_and_ask(self, make: Callable[[], bytes]) -> None:
        """`make` gives a PDF, off the window’s thread; not asked for where there is no printer."""
        if self._has_printer():
            self._shell.fetch(self._page, lambda: PagePictures(make()), self.ask)

    def ask(self, pages: PagePictures) -> None:
        """The system's own dialog: which printer, which pages, how many."""
        if not self._has_printer():
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._page)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        dialog.setMinMax(1, len(pages.sizes))
        if dialog.exec():
            self.print_on(printer, pages)

    def print_on(self, printer: QPrinter, pages: PagePictures) -> None:
        """The printer's queue is told no name: it is seen by others."""
        printer.setDocName("Homeward")
        job = PrintJob(self._shell, pages, printer, self)
        job.reached.connect(lambda page: self.said.emit(f"Printing page {page} of {job.total}"))
        job.refused.connect(self._refused)
        job.ended.connect(self._printed)
        self._job = job
        job.begin()

    def stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _has_printer(self) -> bool:
        found = bool(QPrinterInfo.availablePrinterNames())
        if not found:
            self._shell.messages.problem(NO_PRINTER)
        return found

    def _printed(self) -> None:
        self._job = None
        self.said.emit("")
        self._shell.run(self._page, self._note(), self._noted)

    def _noted(self, _done: object) -> None:
        self._shell.outbox_changed.emit()
        self._shell.messages.news("Given to the printer", "It stands in the log of copies or in this laptop’s trail.")

    def _refused(self, error: KnownError) -> None:
        self._job = None
        self.said.emit("")
        self._shell.say(error)
