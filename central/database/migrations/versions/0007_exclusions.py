"""exclusions: what counts of each"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exclusion_fact",
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_seq", sa.BigInteger(), nullable=False),
        sa.Column("child_id", sa.String(length=96), nullable=False),
        sa.Column("standing", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("phase", sa.String(length=64), nullable=False),
        sa.Column("began", sa.String(length=64), nullable=False),
        sa.Column("from_day", sa.Integer(), nullable=True),
        sa.Column("half_days", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("send", sa.String(length=64), nullable=False),
        sa.Column("looked_after", sa.String(length=64), nullable=False),
        sa.Column("reinstated", sa.String(length=64), nullable=False),
        sa.Column("validated", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "from_seq"),
    )
    op.create_index("exclusion_fact_by_day", "exclusion_fact", ["from_day"], unique=False)


def downgrade() -> None:
    op.drop_table("exclusion_fact")
