"""What a message refuses, and how it says where the fault is; the limits are the service's first wall."""

from __future__ import annotations

import pytest

from casework.errors import AnswerError
from casework.wire.protocol import MAX_OPS, Decide, Hello, Names, NamesQuery, Problem, Pull, Push

DEEP = b"[" * 100_000


@pytest.mark.parametrize(
    ("message", "where"),
    [
        (b'{"officers": ["ann", 7]}', "officers.1"),
        (b'{"officers": ["ann\\n"]}', "officers.0"),
        (b'{"officers": ["ann"], "pupils": []}', "pupils"),
        (b"{}", "officers"),
        (b'{"officers": ' + b'["a"' + b', "a"' * MAX_OPS + b"]}", "officers"),
        (b'{"officers": ["\\ud800"]}', ""),
        (b'{"officers": ["\xff"]}', ""),
        (b'{"officers": ' + DEEP, "officers.0"),
        (b'{"pupils": ' + DEEP, "pupils"),
        (b'{"' + b"x" * 10_000 + b'": 1}', "x" * 64),
        (b"\xef\xbb\xbf{}", ""),
        (b"", ""),
    ],
    ids=[
        "type",
        "line_feed",
        "unknown",
        "missing",
        "many",
        "half_letter",
        "bytes",
        "deep",
        "deep_unknown",
        "long",
        "mark",
        "none",
    ],
)
def test_a_fault_is_refused_and_its_place_named(message: bytes, where: str) -> None:
    with pytest.raises(AnswerError) as caught:
        NamesQuery.from_bytes(message)

    assert str(caught.value) == f"The message cannot be read at “{where}”."


@pytest.mark.parametrize("number", ["true", "1.0", '"1"', "-1", str(2**53), "9" * 5000])
def test_a_count_is_a_whole_number_that_every_program_can_hold(number: str) -> None:
    with pytest.raises(AnswerError, match="unsent"):
        Hello.from_bytes(f'{{"proto_min": 1, "proto_max": 1, "app": "x", "unsent": {number}}}')


def test_a_fault_within_an_operation_names_which() -> None:
    sealed = '{"op_id": "a", "payload": "{}", "signature": ""}'
    damaged = sealed.replace('"{}"', '"\\u0000"')

    with pytest.raises(AnswerError, match=r"“ops\.1\.payload”"):
        Push.from_bytes(f'{{"batch_id": "b", "epoch": "e", "ops": [{sealed}, {damaged}]}}')


def test_what_is_left_out_stands_as_declared() -> None:
    assert Pull.from_bytes(b'{"epoch": "e"}') == Pull(epoch="e", cursor=0, filling={}, whole=False, limit=MAX_OPS)


def test_a_message_comes_back_as_it_was_written() -> None:
    decision = Decide(decision_id="d", decision="return", reason="“Zoë” – two lines\nof it")

    assert Decide.from_bytes(decision.to_bytes()) == decision


def test_an_answer_with_more_in_it_is_not_read_but_a_problem_is() -> None:
    """Whatever refuses us may say more than we know; a message may not."""
    with pytest.raises(AnswerError):
        Names.from_bytes(b'{"names": {}, "more": 1}')

    problem = Problem.from_bytes(b'{"title": "Busy", "status": 503, "code": "busy", "instance": {"a": [1]}}')

    assert (problem.status, problem.code) == (503, "busy")
