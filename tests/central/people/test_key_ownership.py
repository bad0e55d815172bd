"""A key is taken when whoever brings it can sign with it, and nobody else can."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from central.database.errors import Refused
from central.people.key_ownership import PRIME, D, check_owner, is_weak

ROOT_OF_MINUS_ONE = pow(2, (PRIME - 1) // 4, PRIME)


def square_root(value: int) -> int | None:
    found = pow(value, (PRIME + 3) // 8, PRIME)
    for root in (found, found * ROOT_OF_MINUS_ONE % PRIME):
        if (root * root - value) % PRIME == 0:
            return root
    return None


def small_orders() -> list[int]:
    """The y of each point whose order divides eight: those of order eight halve the point (√−1, 0), where y² = −x²."""
    half = square_root((1 + D) % PRIME)
    assert half is not None
    squares = [(sign * half - 1) * pow(D, -1, PRIME) % PRIME for sign in (1, -1)]
    roots = [root for square in squares if (root := square_root(square)) is not None]
    return [1, PRIME - 1, 0, *roots, *(PRIME - root for root in roots)]


@pytest.mark.parametrize("turned", [0, 1 << 255])
@pytest.mark.parametrize("y", [*small_orders(), PRIME, PRIME + 1])
def test_a_key_for_which_anybody_can_sign_is_refused(y: int, turned: int) -> None:
    key = (y | turned).to_bytes(32, "little")

    assert is_weak(key)
    with pytest.raises(Refused):
        check_owner(key.hex(), ((1).to_bytes(32, "little") + bytes(32)).hex(), b"any text")


def test_there_are_five_such_numbers() -> None:
    assert len(set(small_orders())) == 5


@given(st.binary(min_size=32, max_size=32))
def test_a_laptops_own_key_is_taken(seed: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public = key.public_key().public_bytes_raw()

    assert not is_weak(public)
    check_owner(public.hex(), key.sign(b"text").hex(), b"text")


def test_another_text_or_another_key_is_refused() -> None:
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    for public, proof in ((key, other.sign(b"text")), (key, key.sign(b"texts"))):
        with pytest.raises(Refused):
            check_owner(public.public_key().public_bytes_raw().hex(), proof.hex(), b"text")
