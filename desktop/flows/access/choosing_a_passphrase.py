"""A passphrase that is being chosen: what to suggest, and what is still missing from one."""

from __future__ import annotations

from desktop.store.unlock import passphrases


def suggested_passphrase() -> str:
    """Five words drawn at random."""
    return passphrases.generate()


def strength(passphrase: str) -> str:
    """One sentence, from the judge that the store itself uses; empty while there is nothing to judge."""
    if not passphrase.strip():
        return ""
    return weakness(passphrase) or "Strong enough: somebody who took this laptop could not guess it."


def weakness(passphrase: str) -> str:
    """What is still to do before a store takes it; empty when it would."""
    return passphrases.weakness(passphrase)
