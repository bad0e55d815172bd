"""A reason that cannot be sent is refused before anything is, in a sentence, and stays where it was typed."""

from __future__ import annotations

import pytest

from casework.errors import AnswerError
from casework.identifiers import OperationId
from casework.wire.protocol import MAX_REASON
from desktop.flows.council.review import SHORTER, WHY, decide, keep_reason, reasons_kept
from desktop.flows.desk import Desk


@pytest.mark.parametrize(("reason", "says"), [(" \n", WHY), ("x" * (MAX_REASON + 1), SHORTER)], ids=["none", "long"])
def test_a_reason_that_cannot_be_sent_is_refused_first(desk: Desk, reason: str, says: str) -> None:
    keep_reason(desk, OperationId("op-1"), reason)

    with pytest.raises(AnswerError) as caught:
        decide(desk, OperationId("op-1"), "return", reason)

    assert str(caught.value) == says
    assert reasons_kept(desk) == {"op-1": reason}
