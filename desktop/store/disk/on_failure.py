"""Taking back what a block began, when the block does not end well, whatever ended it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager


@contextmanager
def on_failure(undo: Callable[[], object]) -> Iterator[None]:
    """`undo` is called unless the block reaches its end; what ended it goes on to the caller."""
    with ExitStack() as stack:
        stack.callback(undo)
        yield
        stack.pop_all()
