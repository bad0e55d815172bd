"""A printer whose paper is a file: Qt's own, chosen in the dialog as a person would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo


def with_a_printer(monkeypatch: pytest.MonkeyPatch, file: Path) -> Callable[[], pypdfium2.PdfDocument]:
    """What lies in the tray, once something was printed."""

    def choose(dialog: QPrintDialog) -> bool:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(file))
        return True

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Office"])
    monkeypatch.setattr(QPrintDialog, "exec", choose)
    return lambda: pypdfium2.PdfDocument(file)


def is_written_on(paper: pypdfium2.PdfDocument) -> bool:
    return any(pixel < 100 for pixel in bytes(paper[0].render(scale=0.5, grayscale=True).buffer))
