"""The recovery code: 160 random bits a person can copy from paper, with two characters that catch a slip of the pen."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass

from desktop.store.disk.errors import WrongRecoveryCode

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_BYTES = 20
LETTERS = 32  # 160 bits, five to a letter
CHECKS = 2
_SAME = str.maketrans("OIL", "011", "- \t\r\n")


@dataclass(frozen=True)
class RecoveryCode:
    """Shown once, printed once; opens the vault when the passphrase is forgotten."""

    secret: bytes

    @classmethod
    def fresh(cls) -> RecoveryCode:
        return cls(os.urandom(SECRET_BYTES))

    @classmethod
    def read(cls, typed: str) -> RecoveryCode:
        """O for 0, I or L for 1, any case, spaces and dashes are all forgiven. Raises WrongRecoveryCode."""
        letters = typed.upper().translate(_SAME)
        strange = sorted({letter for letter in letters if letter not in CROCKFORD})
        if strange:
            message = f"A recovery code has no “{strange[0]}”. Check it against the sheet."
            raise WrongRecoveryCode(message)
        if len(letters) != LETTERS + CHECKS:
            message = f"A recovery code has {LETTERS + CHECKS} letters and figures; this has {len(letters)}."
            raise WrongRecoveryCode(message)
        secret = _number(letters[:LETTERS]).to_bytes(SECRET_BYTES, "big")
        if _check(secret) != letters[LETTERS:]:
            message = "One of the letters is not as on the sheet. Check each group again."
            raise WrongRecoveryCode(message)
        return cls(secret)

    def __str__(self) -> str:
        body = _letters(int.from_bytes(self.secret, "big"), LETTERS) + _check(self.secret)
        return "-".join(body[start : start + 4] for start in range(0, len(body), 4))

    def __repr__(self) -> str:
        return "<RecoveryCode>"

    def sheet(self, *, label: str, made_on: str) -> str:
        """The page to print: what it opens, the code in groups, and where to keep it."""
        groups = str(self).split("-")
        lines = ["   ".join(groups[:5]), "   ".join(groups[5:])]
        return "\n".join(
            [
                "HOMEWARD RECOVERY CODE",
                "",
                f"Opens the records of: {label}",
                f"Made on: {made_on}",
                "",
                *(f"    {line}" for line in lines),
                "",
                "With this code anyone who has the laptop can read the records on it.",
                "Keep it in a locked place at the office, never with the laptop.",
                "To use it: at the unlock screen choose “I have forgotten my passphrase”.",
                "The letters O, I and L are not used; 0 is nought and 1 is one.",
                "When you set a new code, destroy this sheet.",
                "",
            ]
        )


def _check(secret: bytes) -> str:
    return _letters(int.from_bytes(hashlib.sha256(b"homeward recovery" + secret).digest()[:2], "big"), CHECKS)


def _letters(number: int, count: int) -> str:
    return "".join(CROCKFORD[(number >> (5 * place)) & 31] for place in reversed(range(count)))


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number << 5 | CROCKFORD.index(letter)
    return number
