"""version floor: below which a laptop hands over its words and is given nothing new"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("council", sa.Column("floor", sa.String(length=32), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("council") as batch_op:
        batch_op.drop_column("floor")
