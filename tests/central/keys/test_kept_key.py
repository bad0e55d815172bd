"""A key that two of its keepers open together, and nobody else."""

from __future__ import annotations

import itertools
import json

import pytest

from casework.canonical import canonical
from central.database.errors import CentralError
from central.keys.kept_key import MOST, Keeper, KeptKey, StretchCost, sealed
from tests.central.running import KEEPERS, QUICK

SECRET = b"not for one alone, whoever it is"


@pytest.fixture(scope="module")
def content() -> bytes:
    return sealed({"for": "a test"}, SECRET, KEEPERS, QUICK)


def test_any_two_open_it_in_either_order(content: bytes) -> None:
    found = KeptKey.read(content)

    assert (found.names, found.about) == ([keeper.name for keeper in KEEPERS], {"for": "a test"})
    for two in itertools.permutations(KEEPERS, 2):
        assert found.opened(two) == SECRET
    assert SECRET not in content


def test_one_alone_a_stranger_and_a_wrong_word_open_nothing(content: bytes) -> None:
    ann, ben, cy = KEEPERS
    stranger = Keeper("Somebody Else", ben.passphrase)
    for hands in ([ann], [ann, ann], [ann, stranger], [ann, Keeper(ben.name, "wrong")], [ann, ben, cy], []):
        with pytest.raises(CentralError):
            KeptKey.read(content).opened(hands)
    swapped = [Keeper(ann.name, ben.passphrase), Keeper(ben.name, ann.passphrase)]
    with pytest.raises(CentralError, match="does not fit"):
        KeptKey.read(content).opened(swapped)


def test_nothing_in_the_file_can_be_changed(content: bytes) -> None:
    whole = json.loads(content)
    changes = [
        {"about": {"for": "another use"}},
        {"cost": [8 * 4, 2, 4]},
        {"keepers": [{**whole["keepers"][0], "name": "Ada Ruiz "}, *whole["keepers"][1:]]},
        {"pairs": whole["pairs"][1:]},
    ]
    for change in changes:
        with pytest.raises(CentralError):
            KeptKey.read(canonical(whole | change)).opened(KEEPERS[:2])


def test_a_file_that_asks_for_all_the_memory_is_refused_before_it_is_paid(content: bytes) -> None:
    whole = json.loads(content)
    for cost in ([2**40, 1, 1], [32, 10**9, 1], [32, 1], ["32", 1, 4], [0, 1, 4]):
        with pytest.raises(CentralError, match="damaged"):
            KeptKey.read(canonical(whole | {"cost": cost})).opened(KEEPERS[:2])
    for nonsense in (b"", b"\xff\xfe", b"[]", b"{}", b'{"kind":"homeward-kept-key-1"}', b"[" * 100_000):
        with pytest.raises(CentralError):
            KeptKey.read(nonsense).opened(KEEPERS[:2])


def test_a_passphrase_is_what_was_meant_not_how_it_was_typed(content: bytes) -> None:
    ann, ben = KEEPERS[:2]
    from_notepad = Keeper(ann.name, "\ufeff" + ann.passphrase.replace(" ", "  ") + "\r\n")

    assert KeptKey.read(content).opened([from_notepad, ben]) == SECRET


@pytest.mark.parametrize(
    "keepers",
    [
        [],
        [KEEPERS[0]],
        [KEEPERS[0], KEEPERS[0]],
        [KEEPERS[0], Keeper("ada ruiz", KEEPERS[1].passphrase)],
        [KEEPERS[0], Keeper("Ben", KEEPERS[0].passphrase + " ")],
        [KEEPERS[0], Keeper("Ben", "short")],
        [KEEPERS[0], Keeper("Ben", "a" * 40)],
        [KEEPERS[0], Keeper("B=n", KEEPERS[1].passphrase)],
        [KEEPERS[0], Keeper(" ", KEEPERS[1].passphrase)],
        [Keeper(f"Keeper {number}", f"{KEEPERS[0].passphrase} {number}") for number in range(MOST + 1)],
    ],
)
def test_keepers_that_would_guard_nothing_are_refused(keepers: list[Keeper]) -> None:
    with pytest.raises(CentralError):
        sealed({}, SECRET, keepers, StretchCost(8 * 4, 1, 4))
