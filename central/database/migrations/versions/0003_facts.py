"""facts: what of each record counts in a figure, and when each place of the feed was taken"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


# Long because it lists tables, one after another. A step that was run is never edited, nor taken apart.
def upgrade() -> None:
    op.create_table(
        "feed_moment",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("epoch", sa.String(length=96), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_feed_moment_at", "feed_moment", ["at"], unique=False)
    op.create_table(
        "child_fact",
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.String(length=96), nullable=False),
        sa.Column("standing", sa.String(length=64), nullable=False),
        sa.Column("sex", sa.String(length=64), nullable=False),
        sa.Column("ethnicity", sa.String(length=64), nullable=False),
        sa.Column("born_ymd", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "from_seq"),
    )
    op.create_index("child_fact_by_child", "child_fact", ["child_id"], unique=False)
    op.create_table(
        "episode_fact",
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.String(length=96), nullable=False),
        sa.Column("standing", sa.String(length=64), nullable=False),
        sa.Column("began", sa.String(length=64), nullable=False),
        sa.Column("started_day", sa.Integer(), nullable=True),
        sa.Column("started_ymd", sa.Integer(), nullable=True),
        sa.Column("returned", sa.String(length=64), nullable=False),
        sa.Column("found_day", sa.Integer(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("care_status", sa.String(length=64), nullable=False),
        sa.Column("other_la", sa.String(length=64), nullable=False),
        sa.Column("cse_level", sa.String(length=64), nullable=False),
        sa.Column("miles", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "from_seq"),
    )
    op.create_index("episode_fact_by_day", "episode_fact", ["started_day"], unique=False)
    op.create_table(
        "interview_fact",
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("episode_id", sa.String(length=96), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.String(length=96), nullable=False),
        sa.Column("standing", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=64), nullable=False),
        sa.Column("reply", sa.String(length=64), nullable=False),
        sa.Column("held", sa.String(length=64), nullable=False),
        sa.Column("held_day", sa.Integer(), nullable=True),
        sa.Column("preference", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "episode_id", "from_seq"),
    )
    op.create_index("interview_fact_by_episode", "interview_fact", ["episode_id"], unique=False)
    op.create_table(
        "referral_fact",
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.String(length=96), nullable=False),
        sa.Column("standing", sa.String(length=64), nullable=False),
        sa.Column("opened", sa.String(length=64), nullable=False),
        sa.Column("opened_day", sa.Integer(), nullable=True),
        sa.Column("opened_ymd", sa.Integer(), nullable=True),
        sa.Column("closed", sa.String(length=64), nullable=False),
        sa.Column("closed_day", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("locality", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.String(length=64), nullable=False),
        sa.Column("school_type", sa.String(length=64), nullable=False),
        sa.Column("year_group", sa.Integer(), nullable=True),
        sa.Column("ethnicity", sa.String(length=64), nullable=False),
        sa.Column("fsm", sa.String(length=64), nullable=False),
        sa.Column("need", sa.String(length=64), nullable=False),
        sa.Column("social_care", sa.String(length=64), nullable=False),
        sa.Column("help_locality", sa.String(length=64), nullable=False),
        sa.Column("help_partners", sa.String(length=64), nullable=False),
        sa.Column("help_unspecified", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "from_seq"),
    )
    op.create_index("referral_fact_by_day", "referral_fact", ["opened_day"], unique=False)
    op.create_table(
        "home_education_fact",
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.String(length=96), nullable=False),
        sa.Column("standing", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=64), nullable=False),
        sa.Column("began", sa.String(length=64), nullable=False),
        sa.Column("started_day", sa.Integer(), nullable=True),
        sa.Column("ended", sa.String(length=64), nullable=False),
        sa.Column("ended_day", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("record_id", "from_seq"),
    )
    op.create_index("home_education_fact_by_day", "home_education_fact", ["started_day"], unique=False)
