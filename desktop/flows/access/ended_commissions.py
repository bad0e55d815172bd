"""A commission whose day is over is let go of without being told: a laptop that stays offline keeps no child."""

from __future__ import annotations

from casework.wire.commissions import commissioned_child, is_commission, is_over, last_day
from desktop.flows.desk import Desk


def let_go(desk: Desk) -> int:
    """By this laptop's own clock; what still waits to be sent is hidden, and goes once it was. Says of how many
    children. A council that says otherwise is believed at the next contact."""
    held = desk.vault.feed.standing().entitled
    over = {commissioned_child(b) for b in held if is_commission(b) and is_over(last_day(b), desk.now())}
    if over:
        desk.vault.feed.entitle(bucket for bucket in held if bucket.partition(":")[0] not in over)
    return len(over)
