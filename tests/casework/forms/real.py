"""The real forms, loaded once for all tests here."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from casework.forms import Definition
from desktop.forms.catalogue import Catalogue

ROOT = Path(__file__).parents[3]
FORMS = ROOT / "resources" / "forms"
COUNCIL = ROOT / "resources" / "councils" / "rotherham.toml"


@cache
def catalogue() -> Catalogue:
    return Catalogue.load(FORMS, COUNCIL)


def form(form_id: str) -> Definition:
    return catalogue().form(form_id)
