"""Answers to any form, drawn by chance: every type of question, hidden ones and left-over ones too."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

from casework.forms import Definition, Question, QuestionType
from casework.forms.vocabulary import RECIPIENTS, THIS_RECORD

WORDS = ("I got the 22 bus.", "Dex", "Tay’s flat, Łódź Street", "Nobody asked.", "at Nan’s\n\nand then home")
ROWS = ("r1", "r2", "r3")


def filled_in(definition: Definition, chance: random.Random, *, answered: float = 0.8) -> dict[str, Any]:
    """Each question with an answer to it, or none."""
    asked = [q for q in definition.questions() if q.type is not QuestionType.COMPUTED and chance.random() < answered]
    return {question.id: answer_to(definition, question, chance) for question in asked}


def answer_to(definition: Definition, question: Question, chance: random.Random) -> Any:
    if question.none_allowed and chance.random() < 0.15:
        return {"none": chance.choice(question.none_allowed)}
    if question.is_group:
        return [row_of(definition, question, chance, row_id) for row_id in ROWS[: chance.randint(0, 3)]]
    if question.list_name == THIS_RECORD:
        groups = [other.id for other in definition.questions() if other.is_group]
        return [f"{chance.choice(groups)}/{chance.choice(ROWS)}"]
    return _MAKE[question.type](question, chance)


def row_of(definition: Definition, question: Question, chance: random.Random, row_id: str) -> dict[str, Any]:
    asked = [column for column in question.columns if chance.random() < 0.85]
    row = {"id": row_id, **{column.id: answer_to(definition, column, chance) for column in asked}}
    if question.type is QuestionType.ATTACHMENTS:
        row["file"] = {
            "sha256": f"{chance.getrandbits(256):064x}",
            "bytes": 9,
            "type": "image/png",
            "name": "IMG_7.png",
        }
    return row


def consenting(definition: Definition, chance: random.Random) -> dict[str, Any]:
    """Decisions for some, of every kind, and sound grounds for others."""
    if "consents" not in definition.by_id:
        return {}
    keep = definition.by_id["consents"].column("keep_back")
    codes = [option.code for option in keep.options] if keep else []
    rows = [
        {
            "id": f"c{n}",
            "recipient": who,
            "decision": chance.choice(["all", "some", "no"]),
            "keep_back": _some(codes, chance),
        }
        for n, who in enumerate(RECIPIENTS)
        if chance.random() < 0.8
    ]
    told = {"child_told": False, "not_told_why": "Not safe yet."} if chance.random() < 0.3 else {"child_told": True}
    grounds = [
        {
            "id": f"s{n}",
            "recipient": who,
            "what": _some(codes, chance),
            "reason": "risk_of_harm",
            "why": "Dex",
            "manager": "T A",
        }
        | told
        for n, who in enumerate(RECIPIENTS)
        if chance.random() < 0.3
    ]
    return {"consents": rows, "shared_without": grounds}


def _some(codes: list[str], chance: random.Random) -> list[str]:
    return chance.sample(codes, min(len(codes), chance.randint(1, 3)))


def _text(_question: Question, chance: random.Random) -> str:
    return chance.choice(WORDS)


def _choice(question: Question, chance: random.Random) -> str:
    return chance.choice([option.code for option in question.options] or ["other"])


def _choices(question: Question, chance: random.Random) -> list[Any]:
    codes = _some([option.code for option in question.options] or ["other"], chance)
    return [{"code": code, "said_by": ["child_said"]} for code in codes] if question.voices else list(codes)


def _ink(_question: Question, chance: random.Random) -> Mapping[str, Any]:
    drawn = {"strokes": [[[chance.randint(0, 90), 5], [40, 30]]], "width": 100, "height": 50}
    return chance.choice([drawn, {"typed": chance.choice(WORDS[1:2])}])


_MAKE: dict[QuestionType, Callable[[Question, random.Random], Any]] = {
    QuestionType.TEXT: _text,
    QuestionType.NARRATIVE: _text,
    QuestionType.YES_NO: lambda _q, chance: chance.random() < 0.5,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.DATE: lambda _q, chance: f"2026-03-{chance.randint(10, 28)}",
    QuestionType.DATETIME: lambda _q, chance: f"2026-03-{chance.randint(10, 28)}T14:32:00+00:00",
    QuestionType.NUMBER: lambda _q, chance: chance.randint(0, 20),
    QuestionType.INK: _ink,
}
