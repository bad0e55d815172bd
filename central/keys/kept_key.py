"""A private key that any two of its keepers open together, and none of them alone.

Each keeper's passphrase is stretched (Argon2id) into a half; for each pair of keepers the key is wrapped with
AES-256-GCM under both halves, whichever of them comes first. Whatever else stands in the file is bound to each wrap.
"""

from __future__ import annotations

import base64
import binascii
import itertools
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.canonical import JSON, canonical, parse
from casework.errors import AnswerError
from central.database.errors import CentralError

KIND = "homeward-kept-key-1"
FEWEST, MOST = 2, 8
MAX_FILE = 64 * 1024
SALT_BYTES, NONCE_BYTES, KEY_BYTES = 16, 12, 32
SHORTEST, FEWEST_SIGNS = 20, 8  # letters of a passphrase, and how many of them differ
NAME = re.compile(r"[^\x00-\x1f=,]{1,64}")
DAMAGED = "The file of the council’s key is damaged, or is not one Homeward made. Use the other copy of it."
NOT_OPENED = "One of the two passphrases does not fit. Nothing was done."


@dataclass(frozen=True, slots=True)
class StretchCost:
    """What each guess at a passphrase costs: memory in KiB, passes over it, lanes beside each other."""

    memory_kib: int
    passes: int
    lanes: int


DEAR = StretchCost(128 * 1024, 3, 4)
DEAREST = StretchCost(1024 * 1024, 20, 16)  # more is a memory bomb, not a key


@dataclass(frozen=True, slots=True)
class Keeper:
    """One of those who guard the key, at the moment they say their passphrase."""

    name: str
    passphrase: str = field(repr=False)


def refuse_passphrase(passphrase: str) -> None:
    """Raises CentralError for one that could be guessed from a copy of the file."""
    said = _plain(passphrase)
    if len(said) < SHORTEST or len(set(said)) < FEWEST_SIGNS:
        message = f"A keeper’s passphrase needs at least {SHORTEST} letters: five words that do not belong together."
        raise CentralError(message)


def refuse_keepers(keepers: Sequence[Keeper]) -> None:
    """Raises CentralError unless these are different people, each with a passphrase that holds."""
    if not FEWEST <= len(keepers) <= MOST:
        message = f"The council’s keys need {FEWEST} to {MOST} keepers: any two of them open a key together."
        raise CentralError(message)
    refuse_names([keeper.name for keeper in keepers])
    for keeper in keepers:
        refuse_passphrase(keeper.passphrase)
    if len({_plain(keeper.passphrase) for keeper in keepers}) < len(keepers):
        message = "Two keepers have the same passphrase. Each needs one that nobody else knows."
        raise CentralError(message)


def refuse_names(names: Sequence[str]) -> None:
    """Raises CentralError for a keeper named twice, and for what cannot be a name."""
    for name in names:
        if not NAME.fullmatch(name) or not name.strip():
            message = f"“{name[:40]}” cannot be a keeper’s name: use up to 64 letters, without “=” and “,”."
            raise CentralError(message)
    if len({name.casefold() for name in names}) < len(names):
        message = "The same keeper is named twice. Two different people are needed."
        raise CentralError(message)


def sealed(about: Mapping[str, JSON], secret: bytes, keepers: Sequence[Keeper], cost: StretchCost = DEAR) -> bytes:
    """The file's content. `about` is readable by everybody, and changed by nobody."""
    refuse_keepers(keepers)
    salts = [os.urandom(SALT_BYTES) for _ in keepers]
    head: dict[str, JSON] = {
        "kind": KIND,
        "about": dict(about),
        "cost": [cost.memory_kib, cost.passes, cost.lanes],
        "keepers": [{"name": who.name, "salt": _text(salt)} for who, salt in zip(keepers, salts, strict=True)],
    }
    halves = [_half(who, salt, cost) for who, salt in zip(keepers, salts, strict=True)]
    pairs: list[JSON] = [
        _wrapped(head, [first, second], halves, secret)
        for first, second in itertools.combinations(range(len(keepers)), 2)
    ]
    return canonical({**head, "pairs": pairs}) + b"\n"


@dataclass(frozen=True)
class KeptKey:
    """The file as read; nothing of it is believed before it opens."""

    head: Mapping[str, JSON]
    pairs: Sequence[Mapping[str, JSON]]

    @classmethod
    def read(cls, content: bytes) -> KeptKey:
        """Raises CentralError for anything that Homeward did not write."""
        try:
            found = parse(content[: MAX_FILE + 1].removesuffix(b"\n"))
        except AnswerError as error:
            raise CentralError(DAMAGED) from error
        pairs = found.pop("pairs", None) if isinstance(found, dict) else None
        if not isinstance(found, dict) or not isinstance(pairs, list) or found.get("kind") != KIND:
            raise CentralError(DAMAGED)
        return cls(found, [pair for pair in pairs if isinstance(pair, dict)])

    @property
    def about(self) -> Mapping[str, JSON]:
        found = self.head.get("about")
        return found if isinstance(found, dict) else {}

    @property
    def names(self) -> list[str]:
        return [str(each.get("name", "")) for each in self._keepers()]

    def opened(self, two: Sequence[Keeper]) -> bytes:
        """Raises CentralError unless these are two of its keepers, each with their own passphrase."""
        refuse_names([keeper.name for keeper in two])
        if len(two) != FEWEST or not {keeper.name for keeper in two} <= set(self.names):
            message = f"Two of its keepers open this key together: {', '.join(self.names)}."
            raise CentralError(message)
        return self._unwrapped({self.names.index(keeper.name): keeper for keeper in two})

    def _unwrapped(self, two: Mapping[int, Keeper]) -> bytes:
        order, cost = sorted(two), self._cost()
        pair = next((each for each in self.pairs if each.get("of") == order), None)
        if pair is None:
            raise CentralError(DAMAGED)
        halves = {place: _half(two[place], _bytes(self._keepers()[place].get("salt")), cost) for place in order}
        nonce, wrapped = _bytes(pair.get("nonce")), _bytes(pair.get("sealed"))
        try:
            return AESGCM(_both(order, halves)).decrypt(nonce, wrapped, _context(self.head, order))
        except (InvalidTag, ValueError) as error:
            raise CentralError(NOT_OPENED) from error

    def _keepers(self) -> list[dict[str, JSON]]:
        found = self.head.get("keepers")
        return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []

    def _cost(self) -> StretchCost:
        found = self.head.get("cost")
        numbers = [each for each in found if type(each) is int] if isinstance(found, list) else []
        if len(numbers) != 3 or not all(
            0 < asked <= most
            for asked, most in zip(numbers, (DEAREST.memory_kib, DEAREST.passes, DEAREST.lanes), strict=True)
        ):
            raise CentralError(DAMAGED)
        return StretchCost(*numbers)


def _wrapped(head: Mapping[str, JSON], order: list[int], halves: Sequence[bytes], secret: bytes) -> dict[str, JSON]:
    nonce = os.urandom(NONCE_BYTES)
    key = _both(order, dict(enumerate(halves)))
    made = AESGCM(key).encrypt(nonce, secret, _context(head, order))
    return {"of": [*order], "nonce": _text(nonce), "sealed": _text(made)}


def _both(order: Iterable[int], halves: Mapping[int, bytes]) -> bytes:
    """Both halves go in: whoever knows one has nothing of the other."""
    return HKDF(SHA256(), KEY_BYTES, None, b"homeward/1/two-keepers").derive(b"".join(halves[each] for each in order))


def _half(keeper: Keeper, salt: bytes, cost: StretchCost) -> bytes:
    try:
        stretch = Argon2id(
            salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib
        )
        return stretch.derive(_plain(keeper.passphrase).encode())
    except ValueError as error:
        raise CentralError(DAMAGED) from error


def _context(head: Mapping[str, JSON], order: Sequence[int]) -> bytes:
    return canonical({"head": dict(head), "of": list(order)})


def _plain(passphrase: str) -> str:
    """As it was meant, whichever keyboard or editor it came by."""
    return " ".join(unicodedata.normalize("NFC", passphrase.removeprefix("\ufeff")).split())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _bytes(value: JSON) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise CentralError(DAMAGED) from error
