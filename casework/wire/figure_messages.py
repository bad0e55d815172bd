"""Scorecards between a manager's laptop and the service: what is asked for, and the figures as this role reads them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from casework.wire.message import NO_NUL, Message

Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}\Z")]


class FiguresQuery(Message):
    """Both days are in the period; `as_at` is a moment with its offset, empty for now."""

    card: Annotated[str, Meta(pattern=r"^[a-z]{1,32}\Z")]
    first: Day
    last: Day
    as_at: Annotated[str, Meta(max_length=40)] = ""


class PublishAsked(Message):
    """`known_at` is that of the figures that were looked at: just those are published. `after` is when the period was
    published last, as far as whoever asks has seen; `words` are what they say about it."""

    card: Annotated[str, Meta(pattern=r"^[a-z]{1,32}\Z")]
    first: Day
    last: Day
    known_at: Annotated[str, Meta(min_length=1, max_length=40)]
    after: Annotated[str, Meta(max_length=40)] = ""
    words: Annotated[str, Meta(max_length=2000, pattern=NO_NUL)] = ""


class Behind(Message):
    """A record or child that a figure counts; `number` is the case system's own, empty for what has none."""

    id: str
    number: str = ""
    is_child: bool = False


class FigureTold(Message):
    """`count` is None where it is hidden. `behind` is None for who may open none of it; `published` is what was."""

    number: str
    title: str
    source: str
    reading: str = ""
    count: int | None = None
    denominator: int | None = None
    percent: str = ""
    behind: list[Behind] | None = None
    published: int | None = None


class OutsideTold(Message):
    """A figure as it may leave the council; None where it is hidden."""

    number: str
    count: int | None = None
    denominator: int | None = None
    percent: str = ""


class PictureTold(Message):
    """Which figures are drawn together; a trend has those of the periods before as well."""

    title: str
    kind: Literal["bars", "columns", "trend"]
    figures: list[str]


class Before(Message):
    """The figures of a trend in an earlier period of the same length, by number."""

    first: str
    last: str
    counts: dict[str, int | None]


class FiguresTold(Message):
    """`known_at` is the moment that they were reckoned as at; `published_at` is empty where nothing was published,
    `published_known` is the moment that those were known at, `published_words` what was said with them. `outside` is,
    for whoever reads more, the page that may leave the council: of an edition, or of what is known now where nobody
    published it; or `outside_why` there is none."""

    card: str
    title: str
    first: str
    last: str
    known_at: str
    figures: list[FigureTold]
    pictures: list[PictureTold]
    before: list[Before] = field(default_factory=list)
    published_at: str = ""
    published_by: str = ""
    published_known: str = ""
    outside: list[OutsideTold] = field(default_factory=list)
    outside_known: str = ""
    outside_published: str = ""
    outside_by: str = ""
    outside_words: str = ""
    outside_why: str = ""
    published_words: str = ""
