"""council files: what a council decides for itself, published and numbered; forms name the one that changed them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "council_file",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_at", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("number"),
    )
    with op.batch_alter_table("form_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("council_file", sa.Integer(), server_default="0", nullable=False))
