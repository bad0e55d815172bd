"""The tables, for both databases. Migrations create them; nothing here is applied by itself."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()
Id = String(96)
When = String(40)  # ISO 8601 in UTC: sorts as it reads, and is the same in both databases
Hash = String(64)
NOTICE_STRAND = "substr(bucket, length(child_id) + 2)"  # for whom, and about what form
_IS_NOTICE = text("form_id = 'notice'")

council = Table(
    "council",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("epoch", Id, nullable=False),
    Column("founded_at", When, nullable=False),
    Column("floor", String(32), nullable=False, server_default=""),
    Column("destruction_key", Hash, nullable=False, server_default=""),  # empty until something was destroyed
)

counter = Table(
    "counter",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", BigInteger, nullable=False),
)

officer = Table(
    "officer",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", String(64), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", When, nullable=False),
    Column("team", String(64), nullable=False, server_default=""),
)

device = Table(
    "device",
    metadata,
    Column("id", Id, primary_key=True),
    Column("officer_id", Id, nullable=False, index=True),
    Column("signing_key", Hash, nullable=False, unique=True),
    Column("state", String(16), nullable=False),
    Column("enrolled_at", When, nullable=False),
    Column("last_seen_at", When, nullable=False),
    Column("lease_until", When, nullable=False),
    Column("acked_seq", BigInteger, nullable=False),
    Column("unsent", Integer, nullable=False),
    Column("audit_head", String(128), nullable=False),
    Column("order_json", Text, nullable=False),
    Column("app", String(64), nullable=False, server_default=""),  # its version; empty until it has told
)

enrolment_code = Table(
    "enrolment_code",
    metadata,
    Column("hash", Hash, primary_key=True),
    Column("officer_id", Id, nullable=False),
    Column("issued_at", When, nullable=False),
    Column("expires_at", When, nullable=False),
    Column("used_by", Id),
)

certificate = Table(
    "certificate",
    metadata,
    Column("serial", String(48), primary_key=True),
    Column("officer_id", Id, nullable=False),
    Column("device_id", Id, nullable=False, index=True),
    Column("pem", Text, nullable=False),
    Column("revoked_at", When),
)

allocation = Table(
    "allocation",
    metadata,
    Column("officer_id", Id, primary_key=True),
    Column("child_id", Id, primary_key=True),
    Column("strand", String(32), primary_key=True),
    Column("since", When, nullable=False),
    Column("until", When),
    Column("reason", Text, nullable=False),
    Column("episode", Id, nullable=False, server_default=""),  # of a commission: this one and no other
)

# Who chairs a group until a moment, and is told its agenda though they do not hold every child.
group_chair = Table(
    "group_chair",
    metadata,
    Column("kind", String(32), primary_key=True),
    Column("officer_id", Id, primary_key=True),
    Column("until", When, nullable=False),
    Column("named_by", Id, nullable=False),
    Column("named_at", When, nullable=False),
)

form_version = Table(
    "form_version",
    metadata,
    Column("id", Id, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("hash", Hash, nullable=False),
    Column("source", Text, nullable=False),
    Column("shared", Text, nullable=False),
    Column("council_file", Integer, nullable=False, server_default="0"),  # the number of the one whose changes are in
    Column("published_at", When, nullable=False),
)

council_file = Table(
    "council_file",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("file", Text, nullable=False),
    Column("hash", Hash, nullable=False),
    Column("text", Text, nullable=False),
    Column("published_at", When, nullable=False),
)

operation = Table(
    "operation",
    metadata,
    Column("op_id", Id, primary_key=True),
    Column("device_id", Id, nullable=False),
    Column("device_seq", BigInteger, nullable=False),
    Column("record_id", Id, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("payload_hash", Hash, nullable=False),
    Column("payload", Text, nullable=False),
    Column("signature", String(128), nullable=False),
    Column("received_at", When, nullable=False),
    Column("relayed_by", Id),
    Column("skew_ms", BigInteger),
    Index("operation_by_device", "device_id", "device_seq"),
)

record = Table(
    "record",
    metadata,
    Column("record_id", Id, primary_key=True),
    Column("bucket", Id, nullable=False, index=True),
    Column("child_id", Id, nullable=False, index=True),
    Column("form_id", Id, nullable=False),
    Column("form_version", Integer, nullable=False),
    Index("record_by_form", "form_id", "bucket"),
    Index("notice_by_child", "child_id", "bucket", postgresql_where=_IS_NOTICE, sqlite_where=_IS_NOTICE),
    Index("notice_by_strand", text(NOTICE_STRAND), "bucket", postgresql_where=_IS_NOTICE, sqlite_where=_IS_NOTICE),
)

feed = Table(
    "feed",
    metadata,
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("bucket", Id, nullable=False),
    Column("kind", String(4), nullable=False),
    Column("op_id", Id, nullable=False, index=True),
    Column("record_id", Id, nullable=False),
    Column("form_id", Id, nullable=False),
    Column("count", Integer, nullable=False),
    Column("sum", Hash, nullable=False),
    UniqueConstraint("bucket", "seq"),
)

bucket = Table(
    "bucket",
    metadata,
    Column("bucket", Id, primary_key=True),
    Column("last_seq", BigInteger, nullable=False, index=True),
    Column("count", Integer, nullable=False),
    Column("sum", Hash, nullable=False),
)

waiting = Table(
    "waiting",
    metadata,
    Column("key", Hash, primary_key=True),
    Column("op_id", Id, nullable=False, index=True),
    Column("device_id", Id, nullable=False),
    Column("device_seq", BigInteger, nullable=False),
    Column("pushed_by", Id, nullable=False, index=True),
    Column("record_id", Id, nullable=False, index=True),
    Column("bucket", Id, nullable=False),
    Column("status", String(16), nullable=False, index=True),
    Column("code", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("received_at", When, nullable=False),
    Column("decision_id", Id),
    Column("decided_by", Text),
    Column("decided_at", When),
    Column("reason", Text),
)

extract_number = Table(
    "extract_number",
    metadata,
    Column("record_id", Id, primary_key=True),
    Column("form_id", Id, nullable=False, index=True),
    Column("number", Text, nullable=False),
)

upload = Table(
    "upload",
    metadata,
    Column("id", Id, primary_key=True),
    Column("device_id", Id, nullable=False),
    Column("record_id", Id, nullable=False),
    Column("sha256", Hash, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("expires_at", When, nullable=False, index=True),
)

blob_use = Table(
    "blob_use",
    metadata,
    Column("sha256", Hash, primary_key=True),
    Column("record_id", Id, primary_key=True),
    Column("bytes", BigInteger, nullable=False),
    Column("received_at", When, nullable=False),
)
