"""A second renderer: how Pango lays out a line with our fonts, and no others."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from desktop.paths import fonts

_EMPTY = 0x0FFFFFFF  # Pango's mark for a glyph that is not drawn
_CONFIGURATION = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"""


class PangoRun(NamedTuple):
    text: str
    level: int
    font: str
    glyphs: tuple[int, ...]


def pango_runs(text: str, family: str, folder: Path) -> list[PangoRun]:
    """From left to right, the family asked for first."""
    configuration, said = folder / "fonts.conf", folder / "laid-out.json"
    configuration.write_text(_CONFIGURATION.format(fonts=fonts(), cache=folder / "cache"), encoding="utf-8")
    subprocess.run(
        ["pango-view", "--no-display", "-q", f"--font={family} 20", f"--text={text}", f"--serialize-to={said}"],
        env={**os.environ, "FONTCONFIG_FILE": str(configuration)},
        check=True,
        capture_output=True,
    )
    lines = json.loads(said.read_text(encoding="utf-8"))["output"]["lines"]
    return [
        PangoRun(
            run["text"],
            run["bidi-level"],
            run["font"]["description"].rpartition(" ")[0],
            tuple(glyph["glyph"] for glyph in run["glyphs"] if glyph["glyph"] != _EMPTY),
        )
        for line in lines
        for run in line["runs"]
    ]
