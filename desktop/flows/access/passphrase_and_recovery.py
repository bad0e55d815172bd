"""Keeping the way in: the passphrase, the recovery code, backups by themselves, and what the store noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from casework.dates_in_words import day
from casework.errors import KnownError
from casework.wire.council_recovery import read_answer
from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import Desk
from desktop.store.database.remembered import BACKUP_PLAN
from desktop.store.rekeying import Progress
from desktop.store.unlock import passphrases
from desktop.store.unlock.recovery_code import RecoveryCode
from desktop.store.unlock.vault_cards import vaults
from desktop.store.vault import CouncilRecovery, Vault
from desktop.sync import certificate_renewal

EVERY_DAYS = 7
MOST_TEXT = 64 * 1024  # of an answer
LETTER = """To the administrator of Homeward.

{label} has forgotten the passphrase of a laptop and asks the council to open it.
Telephone before you answer: the number of this request is {number}.
Then two keepers of the council’s keys answer it together, on a machine of its own (FILE is this text, saved):
homeward-central recover answer FILE --key KEY --standing LIST --to ANSWER --note NOTE --keeper NAME --keeper NAME
It holds no passphrase and nothing of any record.

{request}"""


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """A recovery code and the page to print of it. Neither is kept anywhere: this is the only time it is seen."""

    code: str = field(repr=False)
    text: str = field(repr=False)


def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """No record is touched. Raises WrongPassphrase, TooManyTries, WeakPassphrase."""
    desk.vault.check_passphrase(old)
    desk.vault.ways.change_passphrase(new)


def new_recovery_code(desk: Desk, passphrase: str) -> RecoverySheet:
    """The code before it opens nothing from now on. Raises WrongPassphrase, TooManyTries."""
    desk.vault.check_passphrase(passphrase)
    return first_recovery_code(desk)


def first_recovery_code(desk: Desk) -> RecoverySheet:
    """For a store just made, whose passphrase was typed a moment ago."""
    return _sheet(desk, desk.vault.ways.new_recovery_code())


def _sheet(desk: Desk, code: RecoveryCode) -> RecoverySheet:
    today = desk.now()
    return RecoverySheet(str(code), code.sheet(label=_label(desk), made_on=day(today)))


def save_sheet(text: str, file: Path) -> str:
    """Gives the file's name. Raises KnownError when it cannot be written there."""
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        message = f"{file.name} cannot be saved there: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error
    return file.name


def recover(gate: Gate, folder: Path, code: str, new_passphrase: str) -> Desk:
    """Opens a forgotten store with its recovery code. Raises WrongRecoveryCode, WeakPassphrase, TooManyTries."""
    return gate.admit(Vault.recover(folder, code, new_passphrase, terms=gate.terms), "recovered", by="code")


def check_before_rekeying(desk: Desk, old: str, new: str) -> None:
    """Before the store is closed for it. Raises WrongPassphrase, TooManyTries, WeakPassphrase."""
    desk.vault.check_passphrase(old)
    passphrases.refuse_weak(new)


def rekey(gate: Gate, folder: Path, old: str, new: str, progress: Progress) -> tuple[Desk, RecoverySheet]:
    """A new key for everything on a closed store, after a compromise. Raises DiskFull and the like: as it was, then."""
    vault, code = Vault.rekey(folder, old, new, terms=gate.terms, progress=progress)
    desk = gate.desk(vault)
    return desk, _sheet(desk, code)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request to the council. The half of it that reads the answer is here only, and goes when this is dropped."""

    number: str
    text: str
    pending: CouncilRecovery = field(repr=False)


def ask_council(folder: Path, label: str) -> Asked:
    """For the administrator, by mail or on a stick. Raises WrongRecoveryCode where no council ever gave its key."""
    pending = CouncilRecovery(folder)
    request = pending.request
    text = LETTER.format(label=label, number=request.number, request=request.to_text())
    return Asked(request.number, text, pending)


def recover_by_council(gate: Gate, asked: Asked, answer: str, new_passphrase: str) -> Desk:
    """`answer` is the text that came back. Raises WrongRecoveryCode, WeakPassphrase, and AnswerError for other text."""
    vault = Vault.recover_by_council(asked.pending, read_answer(answer), new_passphrase, terms=gate.terms)
    return gate.admit(vault, "recovered", by="council")


def read_text(file: Path) -> str:
    """A file a person chose. Raises KnownError."""
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_TEXT).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{file.name} cannot be read as text."
        raise KnownError(message) from error


def notices(desk: Desk) -> tuple[str, ...]:
    """What the store noticed while it was opened, and a certificate that ends soon; a sentence each, usually none."""
    ending = certificate_renewal.words(desk.vault, desk.now())
    return (*desk.vault.notices, *([ending] if ending else ()))


def backup_folder(desk: Desk) -> str:
    """Where backups go by themselves; empty when none are planned."""
    plan = desk.vault.settings.get(BACKUP_PLAN)
    return plan.to if plan else ""


def schedule_backups(desk: Desk, folder: Path | None) -> None:
    """Once a week from now on; None ends them."""
    desk.vault.schedule_backups(folder, every_days=EVERY_DAYS)


def back_up_if_due(desk: Desk) -> Path | None:
    """The backup, when a week has passed and one is planned. Drafts are in the copy as they stand."""
    return desk.vault.backup_if_due()


def _label(desk: Desk) -> str:
    folder = desk.vault.folder
    found = (card.label for card in vaults(folder.parent) if card.folder == folder)
    return next(found, desk.officer.name)
