"""records by form: which inboxes there are is asked at every pull"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("record_by_form", "record", ["form_id", "bucket"], unique=False)


def downgrade() -> None:
    op.drop_index("record_by_form", table_name="record")
