"""The Standard Safeguarding Dataset, table `ssd_missing`: out of our records, in the shape in which others read it."""

from __future__ import annotations

from sqlalchemy import Connection

from casework.dates_in_words import local
from casework.plain_table import PlainTable
from central.returns.annex_a import offers_by_episode
from central.returns.counted_records import CountedRecord, Doubt, Return, children_by_id, real_episodes
from central.returns.ssda903 import sorted_doubts

HEADS = (
    "miss_table_id",
    "miss_person_id",
    "miss_missing_episode_start_date",
    "miss_missing_episode_type",
    "miss_missing_episode_end_date",
    "miss_missing_rhi_offered",
    "miss_missing_rhi_accepted",
)
LONGEST = 48
_OFFERED = {"yes": "Y", "no": "N", "not_applicable": "NA"}
_ACCEPTED = {"accepted": "Y", "declined": "N"}


def ssd(connection: Connection, year: int | None = None) -> Return:
    """Every episode, or those that began in the year that ends on 31 March of `year`."""
    children, offers = children_by_id(connection), offers_by_episode(connection)
    rows, doubts = list[tuple[str, ...]](), list[Doubt]()
    for one in real_episodes(connection):
        start, end = _moment(one, "last_seen_at"), _moment(one, "found_at")
        if not start:
            doubts.append(Doubt(one.reference, "When was the child last seen?"))
            continue
        if year is not None and not f"{year - 1}-04-01" <= start[:10] <= f"{year}-03-31":
            continue
        child = children.get(one.child_id)
        found = offers.get(one.record_id, {})
        offered = _OFFERED.get(str(found.get("decision")), "")
        accepted = _ACCEPTED.get(str(found.get("reply")), "") if offered == "Y" else offered and "NA"
        kind = str(one.answer("ssda903_code") or "")
        person = child.reference if child else one.child_id
        rows.append((one.reference[:LONGEST], person[:LONGEST], start, kind, end, offered, accepted))
    return Return(PlainTable(HEADS, sorted(rows)), "SSD, table ssd_missing", sorted_doubts(doubts))


def _moment(one: CountedRecord, name: str) -> str:
    """On London's clock, with its offset, so that it is read back as the same moment."""
    when = one.moment(name)
    return local(when).isoformat(timespec="seconds") if when else ""
