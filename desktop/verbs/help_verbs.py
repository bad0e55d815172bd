"""The verb of Help: the same words as the window's, and the same search."""

from __future__ import annotations

import argparse

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.access.unlocking import Gate
from desktop.flows.help_topics import HelpTopic, search, topics
from desktop.verbs.result import Result


def tell_how(args: argparse.Namespace, _gate: Gate) -> Result:
    """Without words the titles."""
    if not args.words:
        return [topic.title for topic in topics()], "\n".join(topic.title for topic in topics())
    found = search(" ".join(args.words))
    if not found:
        message = "Nothing in Help has these words. Try fewer of them, or other ones."
        raise KnownError(message)
    values: list[JSON] = [{"title": topic.title, "text": list(topic.text)} for topic in found]
    return values, "\n\n".join(_told(topic) for topic in found)


def _told(topic: HelpTopic) -> str:
    keys = [f"  {key}: {what}" for key, what in topic.keys]
    return "\n".join([topic.title, *(f"  {words}" for words in topic.text), *keys])
