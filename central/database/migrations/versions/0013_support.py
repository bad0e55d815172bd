"""support: the kind of help an involvement gave that did not become home education; nobody was asked before"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Column("support", sa.String(length=64), nullable=False, server_default="not_recorded")
    op.add_column("home_education_fact", kind)


def downgrade() -> None:
    with op.batch_alter_table("home_education_fact") as batch_op:
        batch_op.drop_column("support")
