"""A record as it stands, whoever keeps it: a laptop in its store, or the service in its log. A rule that takes this is
one rule for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from casework.practice.council import Council
from casework.practice.triggers import Episode


class KeptRecord(Protocol):
    """With its signed corrections; `signed_at` is None until somebody has signed it."""

    @property
    def record_id(self) -> str: ...
    @property
    def child_id(self) -> str: ...
    @property
    def signed_at(self) -> str | None: ...
    @property
    def locked(self) -> bool: ...
    @property
    def answers(self) -> Mapping[str, Any]: ...


K = TypeVar("K", bound=KeptRecord)


class ChildFile(Protocol):
    """One child's records at a moment; `of` gives those of a form, the latest change first. `episodes`: as rules count
    them; `agreed_plans`: in the order of their signatures; `holds`: whether every record of these forms is here."""

    @property
    def now(self) -> datetime: ...
    @property
    def today(self) -> date: ...
    @property
    def council(self) -> Council: ...
    @property
    def held(self) -> frozenset[str]: ...
    def of(self, form_id: str) -> Sequence[KeptRecord]: ...
    def holds(self, *form_ids: str) -> bool: ...
    def episodes(self) -> Sequence[Episode]: ...
    def agreed_plans(self) -> Sequence[KeptRecord]: ...


def signing_order(plan: KeptRecord) -> tuple[float, str]:
    """Two that were signed within one second stay in one order wherever they are kept."""
    return datetime.fromisoformat(str(plan.signed_at)).timestamp(), plan.record_id
