"""published figures: what was told of a period, when and by whom, as it was then"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "published_card",
        sa.Column("card", sa.String(length=64), nullable=False),
        sa.Column("first", sa.String(length=40), nullable=False),
        sa.Column("last", sa.String(length=40), nullable=False),
        sa.Column("published_at", sa.String(length=40), nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("known_at", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.String(length=96), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("card", "first", "last", "published_at"),
    )


def downgrade() -> None:
    op.drop_table("published_card")
