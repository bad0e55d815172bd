"""While pages come the interpreter is set otherwise, and set back once the last of them has come."""

from __future__ import annotations

import gc
import sys
from contextlib import ExitStack

from desktop.sync.pages import while_pages_come


def test_two_that_overlap_leave_the_interpreter_as_it_was() -> None:
    before = gc.get_threshold(), sys.getswitchinterval()
    with ExitStack() as first, ExitStack() as second:
        first.enter_context(while_pages_come())
        second.enter_context(while_pages_come())
        first.close()
        assert gc.get_threshold() != before[0]
    assert (gc.get_threshold(), sys.getswitchinterval()) == before
