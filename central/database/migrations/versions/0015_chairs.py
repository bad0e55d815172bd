"""chairs: who chairs a group and is told its agenda"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "group_chair",
        sa.Column("kind", sa.String(length=32), primary_key=True),
        sa.Column("officer_id", sa.String(length=96), primary_key=True),
        sa.Column("until", sa.String(length=40), nullable=False),
        sa.Column("named_by", sa.String(length=96), nullable=False),
        sa.Column("named_at", sa.String(length=40), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("group_chair")
