"""Boxes that one key opens, for one purpose, and a council that answers without learning the vault's key."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.errors import AnswerError
from casework.recovery import Box, Request, answer, open_box, public_key, reply_context, seal_to, vault_context

MINE, OTHER = X25519PrivateKey.generate(), X25519PrivateKey.generate()


@given(st.binary(max_size=64), st.text(max_size=10))
def test_a_box_gives_back_what_was_put_in(secret: bytes, vault_id: str) -> None:
    box = seal_to(MINE.public_key(), secret, vault_context(vault_id))

    assert open_box(Box.from_json(box.to_json()), MINE, vault_context(vault_id)) == secret


def test_another_key_another_purpose_or_a_changed_bit_opens_nothing() -> None:
    box = seal_to(MINE.public_key(), b"secret", vault_context("v1"))
    changed = Box(box.sender, box.nonce, box.sealed[:-1] + bytes([box.sealed[-1] ^ 1]))
    for found, key, context in (
        (box, OTHER, vault_context("v1")),
        (box, MINE, vault_context("v2")),
        (box, MINE, reply_context("v1")),
        (changed, MINE, vault_context("v1")),
        (Box(bytes(32), box.nonce, box.sealed), MINE, vault_context("v1")),
        (Box(b"short", box.nonce, box.sealed), MINE, vault_context("v1")),
    ):
        with pytest.raises(AnswerError):
            open_box(found, key, context)


def test_the_answer_opens_only_for_who_asked() -> None:
    asking = X25519PrivateKey.generate()
    box = seal_to(MINE.public_key(), b"secret", vault_context("v1"))
    request = Request.from_json(Request("v1", box, asking.public_key().public_bytes_raw()).to_json())
    given_back = answer(request, MINE)

    assert open_box(given_back, asking, reply_context("v1")) == b"secret"
    with pytest.raises(AnswerError):
        open_box(given_back, OTHER, reply_context("v1"))
    with pytest.raises(AnswerError):
        answer(Request("v2", box, request.reply_to), MINE)


@pytest.mark.parametrize("value", [None, [], {}, {"sender": "zz", "nonce": "", "sealed": ""}, {"vault": "v", "box": 1}])
def test_what_is_no_box_or_request_is_said_to_be_unreadable(value: JSON) -> None:
    for kind in (Box, Request):
        with pytest.raises(AnswerError, match="not a recovery request"):
            kind.from_json(value)


def test_only_a_recovery_key_is_taken_for_one() -> None:
    other_kind = generate_private_key(SECP256R1()).public_key()
    pem = other_kind.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    for text in (pem, "", "-----BEGIN PUBLIC KEY-----"):
        with pytest.raises(AnswerError):
            public_key(text)
