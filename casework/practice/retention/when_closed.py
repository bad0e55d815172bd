"""From when on a record counts as closed, for the years a council counts from there: with its last word, once it says
itself that it is over (docs, destruction; the sources name no such moment)."""

from __future__ import annotations

from casework.practice.lives import LIVES
from casework.practice.lives.states import Beside, is_settled
from casework.practice.standing import state_of
from casework.records import RecordView

# An episode says of itself that it is over before its life, which asks beside it, ends.
_OVER = {"missing_episode": ("found", "follow_up")}


def is_closed(view: RecordView) -> bool:
    """By what the record says itself: signed, taken away, or at an end of its life. A form that has neither a life nor
    a signature is closed with its last word. While two texts stand undecided, nothing is."""
    if view.discarded:
        return True
    if view.conflicts or view.proposed:
        return False
    if view.locked or view.form_id not in LIVES:
        return True
    state = state_of(view.form_id, view.answers(), Beside())
    is_over = state in LIVES[view.form_id].ends or state in _OVER.get(view.form_id, ())
    return is_over or (view.form_id == "return_home_interview" and is_settled(state))
