"""A laptop with nothing to hand over asks once: its hello and the question after it travel together."""

from __future__ import annotations

import httpx
import pytest

from casework.wire.protocol import PROTOCOL, Greet, Greeted, Hello, Pull
from central.people.laptop_versions import set_floor
from desktop.sync import identity
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through
from tests.together.laptops import Laptop
from tests.together.test_scenarios_delivery import conversation
from tests.together.test_scenarios_devices import revoke

EXCHANGE = ("/v1/hello", "/v1/greet", "/v1/push", "/v1/pull")


@pytest.fixture
def ann(join: Join) -> Laptop:
    return join("ann")


@pytest.fixture
def ben(council: Council, join: Join, ann: Laptop) -> Laptop:
    """Holds Ann’s child, and has settled."""
    child = ann.child(given_name="Zoë")
    ann.synced()
    council.allocate("ben", child)
    ben = join("ben")
    ben.synced()
    return ben


def asked_by(laptop: Laptop, faults: Faults) -> list[str]:
    assert sync_through(laptop, faults).problem is None
    return [path for path in faults.asked if path in EXCHANGE]


def test_nothing_to_do_is_one_request(ben: Laptop) -> None:
    """Besides the forms: this laptop of the tests never says which it has."""
    faults = Faults()

    assert sync_through(ben, faults).problem is None
    assert [path for path in faults.asked if not path.startswith("/v1/forms/")] == ["/v1/greet"]


def test_news_comes_with_the_hello(ann: Laptop, ben: Laptop) -> None:
    child = ben.vault.summaries()[0].record_id
    ann.say(child, known_as="Zo")
    ann.synced()

    assert asked_by(ben, Faults()) == ["/v1/greet"]
    assert ben.answer(child, "known_as") == "Zo"


def test_who_has_words_to_hand_over_says_hello_first(ben: Laptop) -> None:
    """Else the page would be older than the words, and the laptop would hear of them only the next time."""
    ben.say(ben.vault.summaries()[0].record_id, known_as="Zo")

    assert asked_by(ben, Faults()) == ["/v1/hello", "/v1/push", "/v1/pull"]


def test_a_service_of_before_is_asked_in_two(ann: Laptop, ben: Laptop) -> None:
    child = ben.vault.summaries()[0].record_id
    ann.say(child, known_as="Zo")
    ann.synced()
    none = httpx.Response(404, headers={"content-type": "application/problem+json"}, content=NO_SUCH)
    faults = Faults(change=lambda path, found: none if path == "/v1/greet" else found)

    assert asked_by(ben, faults) == ["/v1/greet", "/v1/hello", "/v1/pull"]
    assert ben.answer(child, "known_as") == "Zo"


@pytest.mark.parametrize("how", ["below_the_floor", "withdrawn", "of_another_epoch"])
def test_no_page_comes_to_whom_a_pull_would_be_refused(council: Council, ben: Laptop, how: str) -> None:
    epoch = "another" if how == "of_another_epoch" else ben.vault.feed.standing().epoch
    if how == "below_the_floor":
        with council.service.database.writing() as connection:
            set_floor(connection, "99.0")
    if how == "withdrawn":
        revoke(council, ben, "drain")
    asked = Greet(hello=Hello(proto_min=PROTOCOL, proto_max=PROTOCOL, app="homeward/0.1.0"), pull=Pull(epoch=epoch))
    with conversation(ben) as transport:
        found = transport.call("/v1/greet", asked, Greeted, identity.signer_of(ben.vault))

    assert found.page is None
    assert found.hello.floor == ("99.0" if how == "below_the_floor" else "")
    assert found.hello.device_state == ("drain" if how == "withdrawn" else "active")


NO_SUCH = b'{"title":"Not Found","status":404,"code":"http"}'
