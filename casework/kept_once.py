"""What is worked out once for each of many things."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

K = TypeVar("K")
T = TypeVar("T")


def once_of(work_out: Callable[[K], T]) -> Callable[[K], T]:
    """As `once`, of a thing that belongs to somebody else: kept with the thing, for as long as that is there."""
    name = f"{work_out.__module__}.{work_out.__qualname__}"

    def found(instance: K) -> T:
        kept: dict[str, T] = instance.__dict__
        if name not in kept:
            kept[name] = work_out(instance)
        return kept[name]

    return found


class once(Generic[T]):  # noqa: N801 - read as a decorator
    """As functools’ cached property, which until Python 3.12 takes a lock for each first reading: dearer than what is
    read, where a caseload has ten thousand of them. Two threads at once work it out twice, to the same end."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out = work_out
        self._name = work_out.__name__
        self.__doc__ = work_out.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._work_out(instance)
        return found
