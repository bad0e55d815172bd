"""The published description is the truth: whatever it allows is answered as it says, and never with a 5xx."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import warnings
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
import requests
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from requests.auth import AuthBase
from schemathesis import GenerationMode
from schemathesis.checks import CheckFunction
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from casework.wire.signed_texts import authorization, request_text
from central.http import routes
from tests.central.pushing import Pusher
from tests.central.running import Council

CHECKS: list[CheckFunction] = [status_code_conformance, content_type_conformance, response_schema_conformance]


class Signed(AuthBase):
    """Signs whatever the tester made up, as a laptop would."""

    def __init__(self, pusher: Pusher) -> None:
        self._pusher = pusher

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        key: Ed25519PrivateKey = self._pusher.author.key
        body = request.body or b""
        assert isinstance(body, (str, bytes))
        data = body.encode() if isinstance(body, str) else body
        request.body = data or None
        at_ms, nonce = int(self._pusher.council.clock().timestamp() * 1000), secrets.token_urlsafe(18)
        text = request_text(
            method=str(request.method),
            target=request.path_url,
            body_sha256=hashlib.sha256(data).hexdigest(),
            at_ms=at_ms,
            nonce=nonce,
            device_id=self._pusher.device_id,
        )
        signature = key.sign(text).hex()
        header = authorization(device_id=self._pusher.device_id, at_ms=at_ms, nonce=nonce, signature=signature)
        request.headers["Authorization"] = header
        request.headers.pop("Transfer-Encoding", None)  # one made up ends in the parser of HTTP, below every address
        return request


@pytest.mark.parametrize(
    ("examples", "wanted"),
    [(20, 200), pytest.param(1400, 20_000, marks=pytest.mark.soak)],
    ids=["some", "twenty_thousand"],
)
def test_every_answer_is_as_described(
    council: Council, examples: int, wanted: int, record_property: Callable[[str, object], None]
) -> None:
    """On both databases, at every address."""
    unlimited(council)
    ann = Pusher.of(council, "ann")
    ann.push(ann.create("child-1", given_name="A"))

    answers = _explore(council, Signed(ann), examples)

    record_property("requests", answers.total())
    statuses = {status for _path, status in answers}
    assert all(status < 500 for status in statuses)
    assert {200, 400, 404} <= statuses
    assert {path for path, _status in answers} == addresses()
    assert answers.total() >= wanted


def addresses() -> set[str]:
    """Every one the service answers at, whatever its description says; `/v1/names` is one of them."""
    parts = [import_module(f"{routes.__name__}.{found.name}") for found in iter_modules(routes.__path__)]
    found = {address.path for part in parts for address in part.ADDRESSES}
    assert "/v1/names" in found
    return found


def unlimited(council: Council) -> None:
    """A tester asks more often than any laptop may."""
    assert council.app is not None
    traffic = council.app.state.traffic
    for pacing in (traffic.laptops, traffic.strangers, traffic.checking, traffic.stamping):
        object.__setattr__(pacing, "allowance", type(pacing.allowance)(1e9, 1e9))


Answers = Counter[tuple[str, int]]  # how often each address gave each status


def _explore(council: Council, auth: AuthBase, examples: int) -> Answers:
    ca = str(council.home.keys / "ca.pem")
    answers: Answers = Counter()
    with requests.Session() as session:
        session.verify, session.trust_env = ca, False
        schema = schemathesis.openapi.from_dict(session.get(f"{council.url}/openapi.json").json())
        for result in schema.get_all_operations():
            operation = result.ok()
            for mode in GenerationMode:
                strategy = operation.as_strategy(generation_mode=mode)
                _try_all(strategy, council.url, session, auth, answers, examples)
    return answers


def _try_all(  # noqa: PLR0917 - a loop's body
    strategy: st.SearchStrategy[schemathesis.Case[Any]],
    url: str,
    session: requests.Session,
    auth: AuthBase,
    answers: Answers,
    examples: int,
) -> None:
    @settings(
        max_examples=examples // 2,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
        database=None,
    )
    @given(case=strategy)
    def each(case: schemathesis.Case[Any]) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the tester's own libraries, about headers it made up
            response = case.call(base_url=url, session=session, auth=auth, verify=session.verify)
        answers[case.operation.path, response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    with contextlib.suppress(Unsatisfiable):  # there is no wrong way to ask for what takes nothing
        each()
