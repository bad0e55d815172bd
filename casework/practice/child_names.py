"""What a child is called, from what is recorded of them: on a screen, and in what the service tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def child_name(facts: Mapping[str, Any]) -> str:
    """“Wren Hollowby (Birdie)”; never empty."""
    given, family = str(facts.get("given_name") or ""), str(facts.get("family_name") or "")
    known_as = str(facts.get("known_as") or "")
    name = f"{given} {family}".strip() or known_as or "Name not known"
    return f"{name} ({known_as})" if known_as and known_as not in name else name
