"""What of each record counts, one row for each state it was in: from one place of the feed until another.

`to_seq` is FOREVER for the state that stands. Rows are never changed but for that, so a figure as at an earlier place
of the feed is the same whenever it is asked for.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from central.database.tables import Id, When, metadata

FOREVER = 2**62
Code = String(64)

# When each transaction took its places in the feed: written while the counter is locked, so moments never fall.
feed_moment = Table(
    "feed_moment",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("epoch", Id, nullable=False),
    Column("at", When, nullable=False, index=True),
)


def _facts(name: str, *columns: Column[object], part: str = "") -> Table:
    """`part`: what tells apart several rows of one state of a record."""
    parts = [Column(part, Id, primary_key=True)] if part else []
    return Table(
        name,
        metadata,
        Column("record_id", Id, primary_key=True),
        *parts,
        Column("from_seq", BigInteger, primary_key=True, autoincrement=False),
        Column("to_seq", BigInteger, nullable=False),
        Column("child_id", Id, nullable=False),
        Column("standing", Code, nullable=False),
        *columns,
    )


def _code(name: str) -> Column[object]:
    return Column(name, Code, nullable=False)


def _number(name: str) -> Column[object]:
    return Column(name, Integer)


child_fact = _facts("child_fact", _code("sex"), _code("ethnicity"), _number("born_ymd"))
Index("child_fact_by_child", child_fact.c.child_id)

episode_fact = _facts(
    "episode_fact",
    _code("began"),
    _number("started_day"),
    _number("started_ymd"),
    _code("returned"),
    _number("found_day"),
    _number("due_day"),
    _code("care_status"),
    _code("other_la"),
    _code("cse_level"),
    _number("miles"),
)
Index("episode_fact_by_day", episode_fact.c.started_day)

interview_fact = _facts(
    "interview_fact",
    _code("decision"),
    _code("reply"),
    _code("held"),
    _number("held_day"),
    _number("preference"),
    part="episode_id",
)
Index("interview_fact_by_episode", interview_fact.c.episode_id)

referral_fact = _facts(
    "referral_fact",
    _code("opened"),
    _number("opened_day"),
    _number("opened_ymd"),
    _code("closed"),
    _number("closed_day"),
    _code("outcome"),
    _code("previous"),
    Column("family", Text, nullable=False),
    _code("locality"),
    _code("phase"),
    _code("school_type"),
    _number("year_group"),
    _code("ethnicity"),
    _code("fsm"),
    _code("need"),
    _code("social_care"),
    _code("help_locality"),
    _code("help_partners"),
    _code("help_unspecified"),
)
Index("referral_fact_by_day", referral_fact.c.opened_day)

home_education_fact = _facts(
    "home_education_fact",
    _code("kind"),
    _code("stage"),
    _code("began"),
    _number("started_day"),
    _code("ended"),
    _number("ended_day"),
    Column("support", Code, nullable=False, server_default="not_recorded"),
)
Index("home_education_fact_by_day", home_education_fact.c.started_day)

exclusion_fact = _facts(
    "exclusion_fact",
    _code("kind"),
    _code("phase"),
    _code("began"),
    _number("from_day"),
    _number("half_days"),
    _code("reason"),
    _code("send"),
    _code("looked_after"),
    _code("reinstated"),
    _code("validated"),
)
Index("exclusion_fact_by_day", exclusion_fact.c.from_day)

# Frozen: a period may be published again, and each time stands as it was. `figures` is JSON, by number.
published_card = Table(
    "published_card",
    metadata,
    Column("card", Code, primary_key=True),
    Column("first", When, primary_key=True),
    Column("last", When, primary_key=True),
    Column("published_at", When, primary_key=True),
    Column("published_by", Text, nullable=False),
    Column("known_at", When, nullable=False),
    Column("epoch", Id, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Column("figures", Text, nullable=False),
)

FACT_TABLES = {
    "child": child_fact,
    "episode": episode_fact,
    "interview": interview_fact,
    "referral": referral_fact,
    "home_education": home_education_fact,
    "exclusion": exclusion_fact,
}
