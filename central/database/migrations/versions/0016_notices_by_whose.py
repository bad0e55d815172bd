"""notices by whose: at every push and pull those of one officer are looked for, and not those of the whole council"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

IS_NOTICE = sa.text("form_id = 'notice'")
STRAND = sa.text("substr(bucket, length(child_id) + 2)")


def upgrade() -> None:
    _create("notice_by_child", sa.text("child_id"))
    _create("notice_by_strand", STRAND)


def _create(name: str, first: sa.TextClause) -> None:
    columns = [first, sa.text("bucket")]
    op.create_index(name, "record", columns, unique=False, postgresql_where=IS_NOTICE, sqlite_where=IS_NOTICE)


def downgrade() -> None:
    op.drop_index("notice_by_strand", table_name="record")
    op.drop_index("notice_by_child", table_name="record")
