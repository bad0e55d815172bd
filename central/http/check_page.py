"""The page on which anybody checks a document of the council: plain HTML, no script, large letters."""

from __future__ import annotations

import base64
import hashlib
from html import escape

from starlette.responses import Response

from judgement.apart import Judged

PATH = "/check"
FIELD = "pdf"
PASSWORD = "password"  # noqa: S105 - a field’s name
MOST_PASSWORD = 512  # bytes
MOST_BYTES = 60 * 1024 * 1024
_HEADS = {"good": "✓ This document is good", "untrue": "✗ Do not rely on this document", "unsaid": "? Nothing certain"}
NOT_CHECKED = "The document was not checked"


def asking(council: str) -> Response:
    """Before anything was sent."""
    return _page(200, f"Check a document from {council}", _form("Check it"))


def telling(council: str, judged: Judged) -> Response:
    """The verdict in colour, sign and words."""
    kind = "good" if judged.good else "untrue" if judged.untrue else "unsaid"
    return _page(
        200, f"Check a document from {council}", _said(kind, _HEADS[kind], judged.sentence) + _form("Check another")
    )


def refusing(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    """What was sent could not be taken."""
    return _page(status, "Check a document", _said("unsaid", NOT_CHECKED, sentence) + _form("Try again"), headers)


def _said(kind: str, head: str, sentence: str) -> str:
    return f'<section class="{kind}" role="status"><h2>{escape(head)}</h2><p>{escape(sentence)}</p></section>'


def _form(words: str) -> str:
    return _FORM.format(path=PATH, field=FIELD, password=PASSWORD, words=escape(words), most=MOST_BYTES // 1024**2)


def _page(status: int, title: str, body: str, headers: dict[str, str] | None = None) -> Response:
    text = _PAGE.format(title=escape(title), style=_STYLE, body=body)
    return Response(text, status, {**_HEADERS, **(headers or {})}, media_type="text/html")


_STYLE = """
:root { color-scheme: light dark; --paper: #ffffff; --ink: #15202b; --quiet: #4a5663; --line: #5b6b7a;
  --good: #1b5e33; --goodbg: #e8f3ec; --bad: #9b1c1c; --badbg: #fbeaea; --unsaid: #4a5663; --unsaidbg: #eef1f4;
  --act: #0f4f63; --acttext: #ffffff; --focus: #b36200 }
@media (prefers-color-scheme: dark) { :root { --paper: #11181f; --ink: #f2f5f7; --quiet: #b8c3cc; --line: #8a99a6;
  --good: #8fe0ab; --goodbg: #14301f; --bad: #ffb0a8; --badbg: #3a1716; --unsaid: #c8d2da; --unsaidbg: #222d37;
  --act: #8fd0e4; --acttext: #0b1a20; --focus: #ffb454 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.3rem/1.55 "Atkinson Hyperlegible Next", "Atkinson Hyperlegible", Verdana, sans-serif }
main { max-width: 42rem; margin: 0 auto; padding: 1.5rem 1.1rem 3rem }
h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 1rem }
h2 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .5rem }
p { margin: 0 0 1rem; overflow-wrap: anywhere }
section { border: 3px solid; border-left-width: 12px; border-radius: 8px; padding: 1.1rem; margin: 0 0 2rem }
section p { margin: 0 }
.good { border-color: var(--good); background: var(--goodbg) } .good h2 { color: var(--good) }
.untrue { border-color: var(--bad); background: var(--badbg) } .untrue h2 { color: var(--bad) }
.unsaid { border-color: var(--unsaid); background: var(--unsaidbg) }
label { display: block; font-weight: bold; margin: 0 0 .6rem }
input, button { font: inherit; color: inherit; width: 100%; min-height: 3.5rem; border-radius: 8px }
input { border: 2px solid var(--line); padding: .8rem; background: var(--paper); margin: 0 0 1.1rem }
button { border: 0; padding: .8rem 1.4rem; background: var(--act); color: var(--acttext); font-weight: bold;
  cursor: pointer }
:focus-visible { outline: 4px solid var(--focus); outline-offset: 3px }
.quiet { color: var(--quiet); font-size: 1.1rem; margin-top: 1.6rem }
"""
_FORM = """<form method="post" action="{path}" enctype="multipart/form-data">
<label for="{field}">The PDF you were given</label>
<input id="{field}" name="{field}" type="file" accept="application/pdf,.pdf" required>
<label for="{password}">Its password, if it opens with one</label>
<input id="{password}" name="{password}" type="text" maxlength="127" autocomplete="off" autocapitalize="none"
 spellcheck="false">
<button>{words}</button>
</form>
<p class="quiet">You are told who signed it, when, and whether anything in it has changed since. The document and
its password are read in memory and then forgotten: they are not kept, and nothing of them is written down. Up to {most}
MB.</p>
<p class="quiet">To be sure that you are on the council’s own page, look at the address: use one that the council gave
you in another way, not one that came with the document.</p>"""
_PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{style}</style></head>
<body><main><h1>{title}</h1>
{body}
</main></body></html>
"""
_OWN_STYLE = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_OWN_STYLE}'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
