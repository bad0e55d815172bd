"""Ids that sort by time: UUIDv7 (RFC 9562), which Python has of its own only from 3.14."""

from __future__ import annotations

import os
import uuid


def uuid7(now_ms: int) -> str:
    random = int.from_bytes(os.urandom(10), "big")
    value = (now_ms & (1 << 48) - 1) << 80 | random
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
