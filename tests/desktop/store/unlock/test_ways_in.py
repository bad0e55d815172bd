"""Every way into a vault, and every way that must not be one."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import AnswerError
from casework.identifiers import DeviceId, OfficerId
from casework.wire import council_recovery as council
from desktop.store.database.remembered import OFFICER, SERVICE, CouncilService, Officer
from desktop.store.disk.errors import (
    KeyFileDamaged,
    LastWayIn,
    TooManyTries,
    VaultMissing,
    VaultTooNew,
    WeakPassphrase,
    WrongPassphrase,
    WrongRecoveryCode,
)
from desktop.store.disk.keys import SAFE, Argon2Cost, Bounds, calibrate
from desktop.store.unlock import keyfile, two_copies
from desktop.store.unlock.passphrases import SAFE_BITS, bits, generate, missing_words, refuse_weak, weakness, words
from desktop.store.unlock.recovery_code import CROCKFORD, RecoveryCode
from desktop.store.unlock.ways_in import Holder
from desktop.store.vault import CouncilRecovery, Vault
from tests.desktop.store.making import CHEAP, PASSPHRASE, Clock, begin, made, opened, terms

NEW = "walnut-harbor-pencil-quilt-ember"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "vault-1"
    vault = made(folder)
    begin(vault, "r1")
    vault.close()
    return folder


def test_the_old_passphrase_opens_nothing_after_a_change(folder: Path) -> None:
    vault = opened(folder)
    vault.ways.change_passphrase(NEW)
    vault.close()
    with pytest.raises(WrongPassphrase):
        opened(folder)
    again = opened(folder, NEW)

    assert again.view("r1").form_id == "return_home_interview"
    assert "way_changed" in {entry.event for entry in again.audit.entries()}
    again.close()


def test_a_recovery_code_opens_the_vault_and_sets_a_new_passphrase(folder: Path) -> None:
    vault = opened(folder)
    code = vault.ways.new_recovery_code()
    vault.close()
    again = Vault.recover(folder, str(code).lower().replace("-", " "), NEW, terms=terms())

    assert again.view("r1").form_id == "return_home_interview"
    again.close()
    opened(folder, NEW).close()


def test_a_recovery_code_that_was_replaced_or_mistyped_opens_nothing(folder: Path) -> None:
    clock = Clock()
    with pytest.raises(WrongRecoveryCode, match="No recovery code was made"):
        Vault.recover(folder, str(RecoveryCode.fresh()), NEW, terms=terms(clock))
    vault = opened(folder)
    old = vault.ways.new_recovery_code()
    vault.ways.new_recovery_code()
    vault.close()
    for _ in range(3):
        with pytest.raises(WrongRecoveryCode, match="replaced by a newer one"):
            Vault.recover(folder, str(old), NEW, terms=terms(clock))
        with pytest.raises(WrongRecoveryCode, match="has 34 letters"):
            Vault.recover(folder, "ABC", NEW, terms=terms(clock))
    with pytest.raises(TooManyTries):
        Vault.recover(folder, str(old), NEW, terms=terms(clock))


@given(st.binary(min_size=20, max_size=20))
def test_a_recovery_code_reads_back_however_it_is_written(secret: bytes) -> None:
    code = RecoveryCode(secret)
    written = str(code)

    assert RecoveryCode.read(written) == code
    assert RecoveryCode.read(written.lower().replace("1", "l").replace("0", "o").replace("-", "")) == code
    assert len(written.replace("-", "")) == 34
    assert secret.hex() not in repr(code)


def test_almost_every_slip_of_the_pen_is_caught() -> None:
    """Two check characters let one wrong letter in about a thousand through; that one opens nothing."""
    missed = tried = 0
    for number in range(40):
        written = str(RecoveryCode(bytes([number]) * 20)).replace("-", "")
        for place in range(34):
            for letter in CROCKFORD[::5]:
                if letter == written[place]:
                    continue
                tried += 1
                try:
                    RecoveryCode.read(written[:place] + letter + written[place + 1 :])
                    missed += 1
                except WrongRecoveryCode:
                    pass

    assert missed / tried < 1 / 300


def test_the_sheet_holds_the_code_and_says_how_to_keep_it() -> None:
    code = RecoveryCode.fresh()
    sheet = code.sheet(label="Ann Okafor", made_on="27 March 2026")

    assert all(group in sheet for group in str(code).split("-"))
    assert "Ann Okafor" in sheet
    assert "never with the laptop" in sheet


def pem_of(key: X25519PrivateKey) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def test_the_council_opens_a_forgotten_vault_without_holding_its_key(folder: Path) -> None:
    """The box the council opens holds a key to one slot, not the data key; the answer is for this request only."""
    council_key = X25519PrivateKey.generate()
    vault = opened(folder)
    vault.settings.put(SERVICE, CouncilService(url="x", recovery_public_pem=pem_of(council_key)))
    assert vault.know_council()
    assert not vault.know_council()
    data_key = vault._key.secret()
    vault.close()
    asked = CouncilRecovery(folder)
    request = council.Request.from_text(asked.request.to_text())
    kept = council.kept_in(request, council_key)
    answer = council.answer(request, kept)

    assert (kept.officer_id, kept.name, kept.device_id) == ("officer-1", "Ann Okafor", "laptop-1")
    assert kept.secret != data_key
    with pytest.raises(WrongRecoveryCode, match="another request"):
        Vault.recover_by_council(CouncilRecovery(folder), answer, NEW, terms=terms())
    again = Vault.recover_by_council(asked, answer, NEW, terms=terms())
    assert again.view("r1").form_id == "return_home_interview"
    again.close()
    with pytest.raises(WrongRecoveryCode, match="another request"):
        Vault.recover_by_council(asked_again(folder, asked), answer, NEW, terms=terms())


def asked_again(folder: Path, before: CouncilRecovery) -> CouncilRecovery:
    """Somebody who kept the half that reads an old answer tries it on the vault as it is now."""
    asked = CouncilRecovery(folder)
    asked._mine = before._mine
    return asked


def test_another_councils_key_opens_nothing(folder: Path) -> None:
    vault = opened(folder)
    vault.ways.set_council_key(
        pem_of(X25519PrivateKey.generate()), Holder(OfficerId("officer-1"), "Ann Okafor", DeviceId("laptop-1"))
    )
    vault.close()
    with pytest.raises(AnswerError, match="not made for this recovery key"):
        council.kept_in(CouncilRecovery(folder).request, X25519PrivateKey.generate())
    with pytest.raises(AnswerError):
        council.Request.from_json({"vault": "x"})
    with pytest.raises(AnswerError):
        council.public_key("no key")


def test_the_council_key_is_taken_up_at_the_next_unlock_and_when_the_laptop_changes_hands(folder: Path) -> None:
    council_key = X25519PrivateKey.generate()
    vault = opened(folder)
    vault.settings.put(SERVICE, CouncilService(url="x", recovery_public_pem=pem_of(council_key)))
    vault.close()
    vault = opened(folder)
    assert "council" in {slot.kind for slot in keyfile.read(folder).slots}
    assert not vault.know_council()
    vault.settings.put(OFFICER, Officer(id=OfficerId("officer-2"), name="Bo Ng"))
    vault.close()
    opened(folder).close()

    assert council.kept_in(CouncilRecovery(folder).request, council_key).name == "Bo Ng"


def test_ways_can_be_removed_but_the_passphrase_only_changed(folder: Path) -> None:
    vault = opened(folder)
    code = vault.ways.new_recovery_code()
    assert set(vault.ways.kinds()) == {"passphrase", "recovery"}
    vault.ways.remove("recovery")
    with pytest.raises(LastWayIn):
        vault.ways.remove("passphrase")
    vault.close()
    with pytest.raises(WrongRecoveryCode):
        Vault.recover(folder, str(code), NEW, terms=terms())


def test_erasing_leaves_nothing_that_opens(folder: Path) -> None:
    vault = opened(folder)
    vault.erase()

    assert not folder.exists()
    with pytest.raises(VaultMissing):
        opened(folder)


def test_a_key_file_damaged_once_is_mended_from_its_copy(folder: Path) -> None:
    whole = (folder / two_copies.NAME).read_bytes()
    (folder / two_copies.NAME).write_bytes(whole[:100])
    opened(folder).close()

    assert (folder / two_copies.NAME).read_bytes() == whole
    (folder / two_copies.COPY).unlink()
    opened(folder).close()
    assert (folder / two_copies.COPY).read_bytes() == whole


def test_a_key_file_damaged_twice_is_said_to_be_damaged(folder: Path) -> None:
    for name in (two_copies.NAME, two_copies.COPY):
        (folder / name).write_bytes((folder / name).read_bytes()[:-30])
    with pytest.raises(KeyFileDamaged, match="restore the key file"):
        opened(folder)


def test_a_forged_key_file_is_refused(folder: Path) -> None:
    """Somebody without the data key can make the check sum right, not the seal."""
    card = keyfile.read(folder)
    forged = keyfile.KeyFile(card.vault_id, "Somebody Else", card.made_at, card.slots, card.seal)
    keyfile.write(folder, forged)
    with pytest.raises(KeyFileDamaged, match="did not have the passphrase"):
        opened(folder)


def test_a_newer_key_file_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = keyfile.read(folder)
    with monkeypatch.context() as patched:
        patched.setattr(keyfile, "VERSION", 2)
        keyfile.write(folder, card)
    with pytest.raises(VaultTooNew, match="newer Homeward"):
        opened(folder)


def test_costs_outside_the_bounds_are_refused_before_they_are_paid() -> None:
    """A downgrade and a memory bomb alike."""
    for cost in (Argon2Cost(1024, 3, 4), Argon2Cost(65536, 1, 4), Argon2Cost(1 << 30, 3, 4), Argon2Cost(65536, 3, 1)):
        with pytest.raises(KeyFileDamaged, match="unsafe way"):
            SAFE.check(cost)
    SAFE.check(Argon2Cost(64 * 1024, 3, 4))
    Bounds(floor=CHEAP).check(CHEAP)


def test_the_cost_chosen_for_this_laptop_is_within_the_bounds() -> None:
    cost = calibrate()

    SAFE.check(cost)
    assert cost.memory_kib <= 1024 * 1024


def test_generated_passphrases_are_five_words_that_pass_the_door() -> None:
    found = {generate() for _ in range(200)}

    assert len(found) == 200
    assert len(words()) == 7772
    assert all(len(phrase.split()) == 5 and bits(phrase) >= SAFE_BITS for phrase in found)


@pytest.mark.parametrize(
    "weak",
    ["", "123456", "Summer2026!", "correct horse battery staple", "password password password password password",
     "liverpool1892", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "12345678901234567890", "Rotherham-Missing-Team"],
)  # fmt: skip
def test_what_people_usually_choose_is_refused(weak: str) -> None:
    with pytest.raises(WeakPassphrase, match="five words"):
        refuse_weak(weak)


OWN = st.text(st.sampled_from("bcdfghklmnprstv"), min_size=4, max_size=12).filter(lambda word: len(set(word)) > 3)


@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(words()), max_size=4).map(" ".join)), st.data())
def test_the_judge_and_its_advice_agree(typed: str, data: st.DataObject) -> None:
    """Whoever adds as many words as it asks for has a passphrase that the vault takes, and never more than six."""
    missing = missing_words(typed)
    more = data.draw(st.lists(OWN.filter(lambda word: word not in typed.casefold()), min_size=missing,
                              max_size=missing, unique=True))  # fmt: skip

    assert missing <= 6
    assert bool(missing) == bool(weakness(typed))
    refuse_weak(" ".join([typed, *more]))


def test_five_words_offered_or_six_of_ones_own_are_enough() -> None:
    assert missing_words("") == 6
    assert missing_words("wherry tomatoy guttero scrumpo snicko") == 1
    refuse_weak("wherry tomatoy guttero scrumpo snicko brambly")


def test_vaults_are_not_made_with_a_weak_passphrase(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(WeakPassphrase):
        Vault.create(tmp_path / "new", "secret", label="x", cost=CHEAP, terms=terms())
    assert not (tmp_path / "new").exists()
    vault = opened(folder)
    with pytest.raises(WeakPassphrase):
        vault.ways.change_passphrase("secret")
    vault.close()
    opened(folder, PASSPHRASE).close()


def test_waiting_doubles_and_ends_at_five_minutes(folder: Path) -> None:
    clock = Clock()
    waits = []
    for _ in range(16):
        try:
            opened(folder, "wrong", clock)
        except TooManyTries as error:
            waits.append(error.wait)
            clock.on(seconds=error.wait)
            with pytest.raises(WrongPassphrase):
                opened(folder, "wrong", clock)
        except WrongPassphrase:
            pass

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300]
    clock.turned(days=-30)
    with pytest.raises(TooManyTries):
        opened(folder, PASSPHRASE, clock)
    clock.restarted()
    with pytest.raises(TooManyTries):
        opened(folder, PASSPHRASE, clock)
    clock.on(minutes=5)
    opened(folder, PASSPHRASE, clock).close()


@pytest.mark.parametrize("days", [366, -366])
def test_a_clock_that_is_wrong_by_a_year_locks_nobody_out_and_lets_nobody_in_early(folder: Path, days: int) -> None:
    """Four slips while the clock stands a year off, which is then set right; passphrase and recovery code alike."""
    clock = Clock()
    clock.turned(days=days)
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            opened(folder, "wrong", clock)
    clock.turned(days=-days)
    with pytest.raises(TooManyTries) as first:
        opened(folder, PASSPHRASE, clock)
    with pytest.raises(TooManyTries):
        Vault.recover(folder, str(RecoveryCode.fresh()), NEW, terms=terms(clock))

    assert first.value.wait == 1
    clock.on(seconds=1)
    opened(folder, PASSPHRASE, clock).close()
