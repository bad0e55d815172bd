"""What a worker takes along to a visit, by the record it is for. None of it holds a child's name."""

from __future__ import annotations

from collections.abc import Mapping

ALWAYS = ("Your identity badge", "The laptop and a telephone, both charged")  # J
BY_FORM: Mapping[str, tuple[str, ...]] = {
    "return_home_interview": ("The helpline card (116 000)", "Paper and pens, for words or a drawing"),  # S4 ¶48; J
    "safe_well_visit": ("A card to leave if nobody comes to the door",),  # S2 §15
    "ehe_visit": ("Paper and pens, for the child", "Leave from the family before any picture is taken"),  # S1; J
}


def kit(form_id: str, language: str = "") -> tuple[str, ...]:
    """`language`: in which an interpreter is needed; empty for none."""
    spoken = (f"An interpreter for {language}: never family",) if language else ()
    return (*ALWAYS, *BY_FORM.get(form_id, ()), *spoken)
