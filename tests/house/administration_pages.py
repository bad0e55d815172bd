"""The administrator's manual: its pages in the order of their index, and what is typed on each."""

from __future__ import annotations

import re
from pathlib import Path

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "administration"
PAGES = re.findall(r"^\| \[(\S+)\]", (MANUAL / "README.md").read_text(encoding="utf-8"), re.M)


def commands_of(page: str) -> str:
    return "\n".join(re.findall(r"^```sh\n(.*?)^```$", (MANUAL / page).read_text(encoding="utf-8"), re.M | re.S))
