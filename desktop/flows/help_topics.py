"""What Help says: of each page, and of how Homeward works; read from its file once, searched without a network."""

from __future__ import annotations

from functools import cache

from casework.folding import folded
from casework.forms.loading import parse_toml, read_text
from casework.forms.reading import Table, Text, Texts, read
from desktop.paths import resources

FILE = "topics.toml"
HOW = "How it works: "  # before the title of each of those, so that a search shows what they are


class HelpTopic(Table, frozen=True):
    """`places`: the pages it is about; `asked`: a question people ask; of neither it is about how the whole works."""

    id: Text
    title: Text
    text: Texts
    places: Texts = ()
    keys: tuple[tuple[str, str], ...] = ()
    asked: bool = False


@cache
def topics() -> tuple[HelpTopic, ...]:
    """Raises DefinitionError, with its line, for a file that cannot be read so."""
    path = resources() / "help" / FILE
    return read(tuple[HelpTopic, ...], parse_toml(read_text(path), FILE)["topic"])


def about_place(place: str) -> HelpTopic | None:
    """What F1 shows on that page."""
    return next((topic for topic in topics() if place in topic.places), None)


def how_it_works() -> tuple[HelpTopic, ...]:
    return tuple(topic for topic in topics() if not topic.places and not topic.asked)


def search(words: str) -> tuple[HelpTopic, ...]:
    """Those in which each word typed begins a word; in the title first. None while nothing is typed."""
    typed = [folded(word) for word in words.split() if folded(word)]
    if not typed:
        return ()
    titled = [topic for topic in topics() if _begun(typed, topic.title)]
    return (*titled, *(topic for topic in topics() if topic not in titled and _begun(typed, _whole(topic))))


def _whole(topic: HelpTopic) -> str:
    return " ".join((topic.title, *topic.text, *(part for key in topic.keys for part in key)))


def _begun(typed: list[str], text: str) -> bool:
    words = {folded(word) for word in text.replace("’", " ").replace("-", " ").split()}
    return all(any(word.startswith(one) for word in words) for one in typed)
