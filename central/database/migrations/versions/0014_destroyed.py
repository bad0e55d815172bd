"""destroyed: records that went by the council's rule, what holds others back, and the secret that names them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "destroyed",
        sa.Column("key", sa.String(length=64), primary_key=True),
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("form_id", sa.String(length=96), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("by_order", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(length=96), nullable=False),
        sa.Column("about", sa.String(length=96), nullable=False),
    )
    op.create_index("ix_destroyed_record_id", "destroyed", ["record_id"])
    op.create_table(
        "destroyed_operation",
        sa.Column("key", sa.String(length=64), primary_key=True),
        sa.Column("record_key", sa.String(length=64), nullable=False),
    )
    op.create_index("ix_destroyed_operation_record_key", "destroyed_operation", ["record_key"])
    op.create_table("ended_file", sa.Column("name", sa.String(length=64), primary_key=True))
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.String(length=96), primary_key=True),
        sa.Column("child_id", sa.String(length=96), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("placed_at", sa.String(length=40), nullable=False),
        sa.Column("placed_by", sa.Text(), nullable=False),
        sa.Column("released_at", sa.String(length=40), nullable=False),
        sa.Column("released_by", sa.Text(), nullable=False),
        sa.Column("released_why", sa.Text(), nullable=False),
    )
    op.create_index("ix_retention_hold_child_id", "retention_hold", ["child_id"])
    op.add_column("council", sa.Column("destruction_key", sa.String(length=64), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("council") as batch_op:
        batch_op.drop_column("destruction_key")
    for name in ("retention_hold", "ended_file", "destroyed_operation", "destroyed"):
        op.drop_table(name)
