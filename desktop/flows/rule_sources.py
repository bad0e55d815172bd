"""Where a rule comes from, in words a worker can look up; docs/practice.md keeps the short marks."""

from __future__ import annotations

import re
from functools import cache

_SAID = {
    "S0": "children missing report",
    "S1": "Improving Lives papers, September 2019",
    "S2": "CME procedure",
    "S3": "Improving Lives minutes on CME",
    "S4": "Ofsted, Missing children",
    "J": "this council’s own choice",
}
_MARK = re.compile(r"\b(S[0-4]|J)\b")
_RULE = re.compile(r"^[A-F]\d*, ")
_GUIDANCE = re.compile(r"\bG\d+\b")


@cache
def said_source(marks: str) -> str:
    """“S4 (Hertfordshire)” as “Ofsted, Missing children (Hertfordshire)”."""
    marks = _RULE.sub("", marks)
    named = _MARK.sub(lambda mark: _SAID[mark[0]], marks)
    said = _GUIDANCE.sub("published guidance", named)
    parts = list(dict.fromkeys(part.strip() for part in said.split(";")))
    return "; ".join(parts)
