"""Each guard, taken away on its own, makes a test fail: the tests would notice its loss."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace
from sqlalchemy.exc import DBAPIError

from casework.records import Operation
from casework.wire.enrolment_code import EnrolmentCode
from casework.wire.protocol import Greeted, PullReply
from central.database import database
from central.feed import feed, pulling
from central.files import uploads
from central.intake import ledger
from central.intake.intake_rules import Rules
from central.intake.ledger import Ledger
from central.people import accounts
from central.people.scope import Scope
from desktop.store.database.writer import Transaction, Writer
from desktop.store.disk import lock_file
from desktop.store.disk.errors import VaultInUse
from desktop.store.exchange import received_pages as vault_feed
from desktop.sync import identity
from desktop.sync.errors import Refusal
from tests.central.conftest import postgres  # noqa: F401 - a fixture
from tests.central.intake import test_intake as intake
from tests.central.intake import test_ledger as sequence
from tests.central.postgres import Cluster
from tests.central.running import Council, running
from tests.desktop.store.exchange import test_received_pages as feeds
from tests.desktop.store.exchange.test_received_pages import vault  # noqa: F401 - a fixture
from tests.together import test_first_journey as journey
from tests.together import test_scenarios_delivery as delivery
from tests.together import test_scenarios_devices as devices
from tests.together import test_scenarios_merge as merge
from tests.together import test_scenarios_photographs as photographs
from tests.together import test_scenarios_scope as scopes
from tests.together.conftest import Join
from tests.together.faults import Faults, sync_through


@dataclass(frozen=True)
class Mutation:
    """A guard, what it becomes, and the test that must notice."""

    name: str
    owner: Any
    attribute: str
    becomes: Any
    notices: Callable[..., None]
    and_without: tuple[Any, str, Any] | None = None  # a second guard that makes up for the loss of the first


def nothing(*_arguments: Any, **_named: Any) -> None:
    """A guard that never objects."""


def always(*_arguments: Any, **_named: Any) -> bool:
    return True


def test_a_page_that_does_not_add_up_is_refused(council: Council, join: Join) -> None:
    """One operation of a page replaced by another, equally well signed, and the digest left as it was."""
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)

    def forge(path: str, response: httpx.Response) -> httpx.Response:
        if path not in ("/v1/greet", "/v1/pull") or b'"payload"' not in response.content:
            return response
        whole = Greeted.from_bytes(response.content) if path == "/v1/greet" else None
        reply = whole.page if whole else PullReply.from_bytes(response.content)
        assert reply
        cut = replace(reply, items=reply.items[:-1])
        body = (replace(whole, page=cut) if whole else cut).to_bytes()
        return httpx.Response(200, headers={"content-type": "application/json"}, content=body)

    report = sync_through(ben, Faults(change=forge))

    assert "does not add up" in str(report.problem)
    assert ben.vault.operations(child) == ()


def test_one_homeward_to_a_store(tmp_path: Path) -> None:
    """Closes what it opens, also without the lock."""
    first = lock_file.InstanceLock(tmp_path)
    try:
        with pytest.raises(VaultInUse):
            lock_file.InstanceLock(tmp_path).release()
    finally:
        first.release()


def in_order_on_postgres(council_on_postgres: Council) -> None:
    sequence.test_12_no_reader_ever_misses_what_commits_late(council_on_postgres)


def once_on_postgres(council_on_postgres: Council) -> None:
    sequence.test_the_same_batch_from_one_laptop_at_the_same_moment_is_taken_in_once(council_on_postgres)


def _number_at_once(connection: Any, name: str, step: int = 1) -> int:
    """Committed at once, in a transaction of its own; then the push takes its time, as it may."""
    with connection.engine.begin() as own:
        found = accounts.next_number(own, name, step)
    time.sleep(random.uniform(0, 0.02))
    return found


def _bit_by_bit(writer: Writer, job: Any) -> Any:
    """Each statement stands, whatever becomes of the next."""
    return job(Transaction(writer._connection, writer._audit_key, writer._now(), writer.actor))


MUTATIONS = [
    Mutation(
        "an id is used once",
        Rules,
        "_identity",
        nothing,
        delivery.test_08_the_same_number_with_other_words_lies_in_quarantine,
    ),
    Mutation(
        "the same bytes get the same answer",
        Ledger,
        "standing",
        nothing,
        delivery.test_06_an_answer_lost_ten_times_leaves_one_copy,
    ),
    Mutation(
        "an officer writes about their own children",
        Rules,
        "_scope",
        nothing,
        scopes.test_28_a_caseload_lost_with_unsent_words,
    ),
    Mutation(
        "a signed record is locked",
        Rules,
        "_lock",
        nothing,
        merge.test_17_words_that_had_seen_the_signature_lie_in_quarantine,
    ),
    Mutation(
        "a signature is over what the record holds",
        Rules,
        "_signing",
        nothing,
        intake.test_a_signed_record_is_what_it_says,
    ),
    Mutation("no signature over a conflict", Rules, "_signing", nothing, merge.test_19_no_signature_over_a_conflict),
    Mutation("numbers have no gap", Rules, "_number", nothing, intake.test_numbers_wait_for_the_one_that_is_missing),
    Mutation(
        "what follows a held item waits",
        Rules,
        "_dependencies",
        nothing,
        intake.test_only_what_depends_on_a_bad_item_waits_for_it,
    ),
    Mutation(
        "the author's laptop signed it",
        Operation,
        "verify",
        nothing,
        intake.test_a_signature_counts_for_its_own_laptop_and_officer_only,
    ),
    Mutation(
        "answers fit the form", Rules, "_form", nothing, delivery.test_47_one_bad_item_among_many_delays_only_itself
    ),
    Mutation(
        "only entitled buckets are pulled",
        pulling,
        "_with_news",
        lambda connection, stretch: _all_buckets(connection),
        scopes.test_32_what_a_role_may_not_see_is_not_on_the_wire_nor_on_the_disk,
    ),
    Mutation(
        "only entitled files are fetched",
        Scope,
        "reads",
        always,
        photographs.test_nobody_else_can_ask_for_a_file_or_finish_anothers_upload,
    ),
    Mutation(
        "a file has the hash it was announced with",
        uploads,
        "_sha256",
        lambda path: "ab" * 32,
        photographs.test_40_a_file_that_is_not_what_was_announced_is_thrown_away,
    ),
    Mutation(
        "a page follows the last one", vault_feed, "_refuse_stale", nothing, delivery.test_44_yesterdays_page_is_refused
    ),
    Mutation("a page adds up", vault_feed, "_digest", None, test_a_page_that_does_not_add_up_is_refused),
    Mutation(
        "a wipe order is the council's", identity, "is_genuine", always, devices.test_35_a_forged_order_erases_nothing
    ),
    Mutation(
        "a code vouches for the certificate",
        EnrolmentCode,
        "fits",
        always,
        journey.test_a_code_of_another_council_is_refused,
    ),
]


LOCKS = [
    pytest.param(
        Mutation("the counter stays locked until commit", feed, "next_number", _number_at_once, in_order_on_postgres),
        marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")],
    ),
    pytest.param(
        Mutation(
            "pushes of one laptop take turns",
            ledger,
            "devices_locked",
            lambda connection, ids: {one.id: one for one in accounts.devices(connection) if one.id in ids},
            once_on_postgres,
            and_without=(database, "RETRYABLE", database.RETRYABLE - {"23505"}),
        ),
        marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")],
    ),
    Mutation("one Homeward to a store", lock_file, "_lock", nothing, test_one_homeward_to_a_store),
    Mutation(
        "a job of the vault is one transaction",
        Writer,
        "_in_transaction",
        _bit_by_bit,
        feeds.test_a_page_that_does_not_add_up_is_dropped_whole,
    ),
]


def _all_buckets(connection: Any) -> list[str]:
    from sqlalchemy import select  # noqa: PLC0415

    from central.database.tables import bucket  # noqa: PLC0415

    return list(connection.execute(select(bucket.c.bucket)).scalars())


@pytest.mark.parametrize("mutation", [*MUTATIONS, *LOCKS], ids=lambda mutation: mutation.name)
def test_a_guard_taken_away_is_missed(
    mutation: Mutation, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import inspect  # noqa: PLC0415

    wanted = [name for name in inspect.signature(mutation.notices).parameters if name != "whose"]
    values = {name: request.getfixturevalue(name) for name in wanted}
    if "whose" in inspect.signature(mutation.notices).parameters:
        values["whose"] = "nobody"
    if mutation.becomes is None:
        _without_digest_check(monkeypatch)
    else:
        monkeypatch.setattr(mutation.owner, mutation.attribute, mutation.becomes)
    if mutation.and_without is not None:
        monkeypatch.setattr(*mutation.and_without)

    with pytest.raises((AssertionError, pytest.fail.Exception, Refusal, DBAPIError)):
        mutation.notices(**values)


def _without_digest_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page's own digests are not looked at."""
    follow = vault_feed._follow

    def blind(tx: Any, page: vault_feed.Page, hashes: dict[str, str]) -> None:
        from dataclasses import replace  # noqa: PLC0415

        follow(tx, replace(page, digests={}), hashes)

    monkeypatch.setattr(vault_feed, "_follow", blind)


@pytest.fixture
def council_on_postgres(tmp_path: Path, postgres: Cluster) -> Iterator[Council]:  # noqa: F811
    with running(tmp_path / "central", postgres.new_database(f"locks_{secrets.token_hex(6)}")) as found:
        for officer_id in ("ann", "ben", "cas"):
            found.officer(officer_id)
        yield found


@pytest.fixture
def visit(council: Council, join: Join) -> photographs.Visit:
    ann, ben = join("ann"), join("ben")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", child)
    ben.synced()
    return photographs.Visit(ann, ben, child)


@pytest.fixture
def team(council: Council, join: Join) -> merge.Team:
    ann, ben, cas = join("ann"), join("ben"), join("cas")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    for officer in ("ben", "cas"):
        council.allocate(officer, child)
    found = merge.Team(ann, ben, cas, child)
    found.all_synced()
    return found
