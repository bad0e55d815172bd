"""The whole recovery by the council with one party hostile: whoever carries the texts, runs the service, keeps one
half of the keys, copied a laptop, or asks in an officer's name. Nobody alone opens a store, and none is lost by it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.errors import AnswerError, KnownError
from casework.wire import armour
from casework.wire.council_recovery import Box, Request, kept_in, key_text, read_answer
from central.__main__ import main
from central.commands import answer_recovery, standing_list
from central.database.errors import CentralError
from central.keys import key_files, key_folder
from central.keys.council_root import CouncilRoot
from central.keys.kept_key import Keeper
from central.keys.recovery_key import NOTE
from desktop.store.database.remembered import SERVICE
from desktop.store.disk.errors import WrongRecoveryCode
from desktop.store.vault import CouncilRecovery, Vault
from desktop.sync.enrolment import FALSE_RECOVERY, enrol
from desktop.sync.errors import NotTheCouncil
from tests.central.running import KEEPERS, QUICK, Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop

NEW = "another anvil orchard thistle lagoon pewter"


def pem_of(key: X25519PrivateKey) -> bytes:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_key().public_bytes(serialization.Encoding.PEM, form)


def refused_to_join(council: Council, officer: str, folder: Path) -> str:
    """Nothing is kept of the try."""
    laptop = Laptop.new(folder, council.clock)
    try:
        with pytest.raises(NotTheCouncil) as refused:
            enrol(laptop.vault, council.url, council.code(officer), now=council.clock)
        assert laptop.vault.settings.get(SERVICE).ca_pem == ""
    finally:
        laptop.vault.close()
    return str(refused.value)


def forgotten(laptop: Laptop) -> Path:
    """A laptop whose passphrase nobody remembers: its folder is all there is."""
    laptop.vault.know_council()
    folder = laptop.vault.folder
    laptop.vault.close()
    return folder


def answered(council: Council, request: Request, tmp_path: Path, two: Sequence[Keeper] = KEEPERS[:2]) -> str:
    """What two honest keepers do with what they were brought, on a machine of its own."""
    for name in ("request.txt", "answer.txt", "note.txt"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "request.txt").write_text(request.to_text())
    standing_list.write(council.service, tmp_path / "standing.json")
    asking = answer_recovery.read_request(
        tmp_path / "request.txt",
        key=council.recovery_file,
        standing=tmp_path / "standing.json",
        two=two,
        now=council.clock(),
    )
    note = tmp_path / "note.txt"
    answer_recovery.give_answer(asking, to=tmp_path / "answer.txt", note=note, now=council.clock())
    return (tmp_path / "answer.txt").read_text()


def test_whoever_runs_the_service_alone_cannot_have_stores_sealed_to_a_key_of_their_own(
    council: Council, join: Join, tmp_path: Path
) -> None:
    """The key that opens forgotten stores is the council's because its root says so, and two keepers hold the root."""
    own = X25519PrivateKey.generate()
    before = join("ann")
    genuine = before.vault.settings.get(SERVICE).recovery_public_pem
    (council.home.keys / key_files.RECOVERY_PUBLIC).write_bytes(pem_of(own))
    assert refused_to_join(council, "ben", tmp_path / "bens") == FALSE_RECOVERY

    assert before.sync().problem is None
    assert before.vault.settings.get(SERVICE).recovery_public_pem == genuine, "nor is one taken from a later greeting"
    with pytest.raises(AnswerError):
        kept_in(CouncilRecovery(forgotten(before)).request, own)


def test_a_signature_that_is_not_the_roots_is_none(council: Council, tmp_path: Path) -> None:
    """The issuing key is in the same hands as the service: what it signs counts no more than nothing."""
    own, other = X25519PrivateKey.generate(), Council.found(tmp_path / "other")
    signed = council.home.keys / key_files.RECOVERY_SIGNED
    (council.home.keys / key_files.RECOVERY_PUBLIC).write_bytes(pem_of(own))
    stolen = CouncilRoot(council.service.authority.certificate, council.service.authority.key)
    for number, root in enumerate((stolen, other.root())):
        signed.write_text(root.signed(key_text(pem_of(own).decode())))
        assert refused_to_join(council, "ann", tmp_path / f"anns-{number}") == FALSE_RECOVERY
    other.service.close()


def test_without_a_signature_no_way_in_is_made_until_two_keepers_give_one(
    council: Council, join: Join, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A council of before: the laptop joins, has no slot of the council's, and gets it at a later contact."""
    (council.home.keys / key_files.RECOVERY_SIGNED).unlink()
    assert typed(council, "keys", "show") == 0
    said = capsys.readouterr()
    assert "keys change" in said.err
    ann = join("ann")
    assert not ann.vault.know_council()
    key_folder.change_keepers(
        council.home.keys, council.recovery_file, KEEPERS[:2],
        keepers=KEEPERS, new_recovery_file=tmp_path / "new.key", cost=QUICK,
    )  # fmt: skip
    assert typed(council, "keys", "show", "--json") == 0
    assert json.loads(capsys.readouterr().out)["recovery_key_signed"] is True
    assert ann.sync().problem is None
    assert ann.vault.know_council()


def test_whoever_carries_the_texts_gets_nothing_and_loses_nothing(council: Council, join: Join, tmp_path: Path) -> None:
    """A reply key of their own in the place of the laptop's: another number is read out over the telephone. Each
    changed part of a request or an answer is refused, and the true answer opens the store afterwards."""
    ann = join("ann")
    ann.child(given_name="Zoë")
    asked = CouncilRecovery(forgotten(ann))
    true = asked.request
    thief = X25519PrivateKey.generate()
    swapped = replace(true, reply_to=thief.public_key().public_bytes_raw())
    assert swapped.number != true.number
    changed = [replace(true, vault_id=f"{true.vault_id}0"), *(replace(true, box=box) for box in flipped(true.box))]
    for request in changed:
        assert request.number != true.number
        with pytest.raises(KnownError):
            answered(council, request, tmp_path)

    text = answered(council, true, tmp_path)
    for box in flipped(read_answer(text)):
        with pytest.raises(WrongRecoveryCode):
            asked.key(box)
    for_thief = read_answer(answered(council, swapped, tmp_path))  # the keepers did not telephone
    with pytest.raises(WrongRecoveryCode):
        asked.key(for_thief)
    vault = Vault.recover_by_council(asked, read_answer(text), NEW)
    vault.close()


def flipped(box: Box) -> list[Box]:
    return [
        replace(box, **{part: bytes([raw[0] ^ 1]) + raw[1:]})
        for part in ("sender", "nonce", "sealed")
        if (raw := getattr(box, part))
    ]


def test_nobody_asks_for_anothers_store_under_their_own_name(council: Council, join: Join, tmp_path: Path) -> None:
    """Ben has a copy of Ann's folder: who is asked for lies in the box, which the open store alone could make."""
    ann, ben = join("ann"), join("ben")
    copied = Path(shutil.copytree(forgotten(ann), tmp_path / "copied"))
    of_ann, of_ben = CouncilRecovery(copied).request, CouncilRecovery(forgotten(ben)).request
    (tmp_path / "request.txt").write_text(of_ann.to_text())
    standing_list.write(council.service, tmp_path / "standing.json")
    files = {"key": council.recovery_file, "standing": tmp_path / "standing.json"}
    asking = answer_recovery.read_request(tmp_path / "request.txt", **files, two=KEEPERS[:2], now=council.clock())
    assert "Officer:  Ann" in "\n".join(asking.lines())
    with pytest.raises(KnownError):
        answered(council, replace(of_ben, box=of_ann.box), tmp_path)


def test_one_keeper_alone_opens_nothing_and_cannot_deny_it(
    council: Council, join: Join, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the stick, the request and the service's list in their hands; what two did is told to both, signed, and no
    line of it can be taken out or made up by whoever brings it."""
    request = CouncilRecovery(forgotten(join("ann"))).request
    guess = Keeper(KEEPERS[1].name, "a guess at five good words")
    for two in (
        KEEPERS[:1],
        (KEEPERS[0], KEEPERS[0]),
        (KEEPERS[0], guess),
        (KEEPERS[0], replace(KEEPERS[0], name="Zed")),
    ):
        with pytest.raises(CentralError):
            answered(council, request, tmp_path, two)
    assert not (tmp_path / "answer.txt").exists()

    answered(council, request, tmp_path)
    note = (tmp_path / "note.txt").read_text()
    forged = tmp_path / "forged.txt"
    for was, becomes in (("Ada Ruiz", "Cy Okoro"), ('"ann"', '"ben"')):
        forged.write_text(changed_note(note, was, becomes))
        assert typed(council, "recover", "noted", str(forged)) == 1
    assert "has been changed" in capsys.readouterr().err
    assert typed(council, "recover", "noted", str(tmp_path / "note.txt"), "--json") == 0
    assert json.loads(capsys.readouterr().out)["by"] == ["Ada Ruiz", "Ben Sato"]


def test_a_list_that_went_stale_or_that_another_service_made_opens_no_withdrawn_laptop(
    council: Council, join: Join, tmp_path: Path
) -> None:
    """The list is the service's word of that day; one kept from before the laptop was withdrawn is refused the next."""
    ann = join("ann")
    device = str(ann.device["id"])
    request = CouncilRecovery(forgotten(ann)).request
    answered(council, request, tmp_path)
    kept = (tmp_path / "standing.json").read_bytes()
    assert typed(council, "revoke", device, "--drain") == 0
    with pytest.raises(CentralError, match="not among the laptops in good standing"):
        answered(council, request, tmp_path)
    (tmp_path / "standing.json").write_bytes(kept)
    with pytest.raises(CentralError):
        answer_recovery.read_request(
            tmp_path / "request.txt",
            key=council.recovery_file,
            standing=tmp_path / "standing.json",
            two=KEEPERS[:2],
            now=council.clock() + timedelta(days=2),
        )


def test_an_answer_kept_from_before_opens_nothing_once_it_was_used(
    council: Council, join: Join, tmp_path: Path
) -> None:
    """Whoever has the mailbox and the window's memory of then."""
    ann = join("ann")
    folder = forgotten(ann)
    asked = CouncilRecovery(folder)
    box = read_answer(answered(council, asked.request, tmp_path))
    Vault.recover_by_council(asked, box, NEW).close()
    again = CouncilRecovery(folder)
    again._mine = asked._mine
    with pytest.raises(WrongRecoveryCode):
        again.key(box)
    assert again.request.box != asked.request.box


def test_the_keepers_are_not_asked_to_open_a_box_that_is_not_the_councils(council: Council, tmp_path: Path) -> None:
    """A text that only looks like a request; a box sealed to them by a stranger names no laptop of theirs."""
    other = X25519PrivateKey.generate()
    made_up = Request("0" * 32, Box(other.public_key().public_bytes_raw(), bytes(12), bytes(64)), bytes(32))
    for text in (made_up.to_text(), "HOMEWARD RECOVERY REQUEST", "", "\x00" * 70_000):
        (tmp_path / "request.txt").write_text(text)
        standing_list.write(council.service, tmp_path / "standing.json")
        with pytest.raises(KnownError):
            answer_recovery.read_request(
                tmp_path / "request.txt",
                key=council.recovery_file,
                standing=tmp_path / "standing.json",
                two=KEEPERS[:2],
                now=council.clock(),
            )


def typed(council: Council, *words: str) -> int:
    return main(["--home", str(council.home.folder), *words])


def changed_note(note: str, was: str, becomes: str) -> str:
    """With its armour made whole again: only the signature is not."""
    found = json.dumps(armour.unwrapped(NOTE, note))
    assert was in found
    return armour.wrapped(NOTE, json.loads(found.replace(was, becomes)))
