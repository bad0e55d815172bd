"""One page that shows the pictures in their order, for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

_HEAD = """<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><title>Homeward, walked through</title>
<style>
body { font: 16px/1.4 sans-serif; max-width: 1320px; margin: 24px auto; padding: 0 16px }
body { color: #15202B; background: #F6F7F9 }
figure { margin: 0 0 32px } img { width: 100%; border: 1px solid #D5DBE1; border-radius: 8px }
figcaption { font-weight: 600; margin-bottom: 6px }
</style>
<h1>Homeward, walked through</h1>
<p>Everyone in these pictures is invented. The interview that is filled in here is in <a href="{pdf}">{pdf}</a>.</p>
"""


def write_sheet(out: Path, pictures: Sequence[tuple[str, str]], pdf: Path) -> None:
    """`out/index.html`; the pictures lie in `out/pictures`."""
    parts = [_HEAD.replace("{pdf}", escape(pdf.name))]
    for name, title in pictures:
        number = name.split("-")[0]
        image = f'<img src="pictures/{escape(name)}" alt="{escape(title)}">'
        parts.append(f"<figure><figcaption>{number} {escape(title)}</figcaption>{image}</figure>\n")
    (out / "index.html").write_text("".join(parts), encoding="utf-8")
