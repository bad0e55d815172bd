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
from casework.identifiers import DeviceId, OfficerId
from casework.wire.armour import unwrapped, wrapped
from casework.wire.council_recovery import (
    Box,
    Kept,
    Request,
    answer,
    answer_text,
    kept_in,
    open_box,
    public_key,
    read_answer,
    reply_context,
    seal_to,
    vault_context,
)

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


KEPT = Kept(OfficerId("jo"), "Jo Ōta", DeviceId("RMB-0001"), b"secret")


def test_the_answer_opens_only_for_who_asked() -> None:
    asking = X25519PrivateKey.generate()
    box = seal_to(MINE.public_key(), KEPT.to_bytes(), vault_context("v1"))
    request = Request.from_text(Request("v1", box, asking.public_key().public_bytes_raw()).to_text())
    kept = kept_in(request, MINE)
    given_back = read_answer(answer_text(answer(request, kept)))

    assert kept == KEPT
    assert open_box(given_back, asking, reply_context("v1")) == b"secret"
    with pytest.raises(AnswerError):
        open_box(given_back, OTHER, reply_context("v1"))
    with pytest.raises(AnswerError):
        kept_in(Request("v2", box, request.reply_to), MINE)
    with pytest.raises(AnswerError):
        kept_in(Request("v1", seal_to(MINE.public_key(), b"{}", vault_context("v1")), request.reply_to), MINE)


def test_a_request_changed_on_its_way_has_another_number() -> None:
    """Somebody who puts a key of their own in it is found out by telephone."""
    box = seal_to(MINE.public_key(), KEPT.to_bytes(), vault_context("v1"))
    mine, theirs = (Request("v1", box, key.public_key().public_bytes_raw()) for key in (MINE, OTHER))

    assert mine.number != theirs.number
    assert Request.from_text(mine.to_text()).number == mine.number
    assert len(mine.number.replace(" ", "")) == 20  # 64 bits


@given(st.recursive(st.text() | st.integers(-9, 9), st.lists, max_leaves=20))
def test_armour_survives_quoting_and_other_words_around_it(value: JSON) -> None:
    text = wrapped("SOME BLOCK", value)
    quoted = "Hello\n" + "\r\n".join("> " + line for line in text.splitlines()) + "\nBye"

    assert unwrapped("SOME BLOCK", text) == value
    assert unwrapped("SOME BLOCK", quoted) == value


def test_armour_that_lost_a_line_or_a_letter_is_said_to_have() -> None:
    lines = wrapped("SOME BLOCK", "x" * 300).splitlines()
    for text in ("", "-----BEGIN SOME BLOCK-----", "\n".join(lines[:-1]), wrapped("OTHER", "x")):
        with pytest.raises(AnswerError, match="There is no Some block"):
            unwrapped("SOME BLOCK", text)
    for damaged in ([lines[0], *lines[2:]], [lines[0], "A" + lines[1][1:], *lines[2:]], [lines[0], "ä", *lines[1:]]):
        with pytest.raises(AnswerError, match="is missing"):
            unwrapped("SOME BLOCK", "\n".join(damaged))


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
