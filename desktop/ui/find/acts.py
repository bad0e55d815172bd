"""What can be done from anywhere, found by its words beside the children."""

from __future__ import annotations

from dataclasses import dataclass

from casework.folding import folded
from desktop.flows.children import Child
from desktop.ui.frame.places import OWN, PLACES

LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Act:
    """`place` is where it leads, or the act of the window itself; `about` whom it concerns there."""

    place: str
    title: str
    line: str
    about: str = ""


ACTS = (
    Act("new", "New record", "Begin a visit, an interview, a plan or a child (Ctrl+N)"),
    *(Act(place, words, "Go there") for place, words, _icon in (*PLACES, *OWN) if place != "find"),
    Act("blank", "Blank forms", "To print and fill in with a pen"),
    Act("check", "Check a PDF", "Who signed it, and whether it has changed since"),
    Act("help", "Help", "The keys, and questions people ask (F1)"),
    Act(LOCK, "Lock", "Nothing is lost by it (Ctrl+L)"),
)


def about_child(child: Child, *, may_begin: bool) -> tuple[Act, ...]:
    """What is done most for a child who was looked for."""
    card = Act("find_me", "Open the Find Me card", child.name_and_age, child.child_id)
    new = Act("new", "New record", f"For {child.name_and_age}", child.child_id)
    return (card, new) if may_begin else (card,)


def acts_for(text: str, own: frozenset[str]) -> tuple[Act, ...]:
    """Those with a word that begins as every word typed does; none while nothing is typed. `own`: the places that not
    everybody has."""
    typed = [folded(word) for word in text.split()]
    others = {name for name, _words, _icon in OWN} - own
    offered = [act for act in ACTS if act.place not in others]
    return tuple(act for act in offered if typed and all(_begins(act, word) for word in typed))


def _begins(act: Act, word: str) -> bool:
    return bool(word) and any(folded(own).startswith(word) for own in act.title.split())
