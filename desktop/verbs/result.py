"""What a verb gives back."""

from __future__ import annotations

from casework.canonical import JSON

Result = tuple[JSON, str]  # for machines, and for people
