"""extract numbers: which number of the case system a record was imported under, so that an export can say it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extract_number",
        sa.Column("record_id", sa.String(length=96), nullable=False),
        sa.Column("form_id", sa.String(length=96), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id"),
    )
    with op.batch_alter_table("extract_number", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_extract_number_form_id"), ["form_id"], unique=False)
