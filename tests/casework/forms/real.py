"""The real forms, loaded once for all tests here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from casework.forms import NOTHING_KNOWN, Context, Definition
from casework.practice.consent import CopyRule, copies_for
from desktop.forms.catalogue import Catalogue

ROOT = Path(__file__).parents[3]
FORMS = ROOT / "resources" / "forms"
COUNCIL = ROOT / "resources" / "councils" / "rotherham.toml"


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(FORMS, COUNCIL)


def form(form_id: str) -> Definition:
    return catalogue().form(form_id)


def copy_for(
    definition: Definition, answers: Mapping[str, Any], recipient: str, context: Context = NOTHING_KNOWN, **reading: str
) -> CopyRule:
    """The rule for one of the recipients the form knows."""
    rules = copies_for(definition, answers, context, **reading)
    return next(rule for rule in rules if rule.id == recipient)
