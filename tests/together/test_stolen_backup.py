"""A copy of the service's folder or of its backup, and a copied laptop folder, in one pair of hands: nothing opens."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from casework.errors import AnswerError, KnownError
from casework.identifiers import DeviceId, OfficerId
from casework.wire.council_recovery import Request, answer, kept_in
from casework.wire.laptop_messages import Order
from central.commands import answer_recovery, service_backup, standing_list
from central.commands.standing_list import Standing
from central.database.errors import CentralError
from central.database.home import Home
from central.keys import key_folder, recovery_key
from central.keys.authority import Authority
from central.keys.council_root import CouncilRoot
from central.keys.kept_key import Keeper
from central.people import revoking
from central.service import Service
from desktop.store.database.remembered import SERVICE
from desktop.store.vault import CouncilRecovery
from desktop.sync.connection_failures import IMPOSTOR
from desktop.sync.identity import is_genuine
from tests.central.keys.of_before import fill
from tests.central.running import KEEPERS, QUICK, Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop


def private_keys_in(folder: Path) -> Iterator[object]:
    """Every one that can be read there without a passphrase."""
    for file in folder.rglob("*"):
        if file.is_file() and b"PRIVATE KEY" in (content := file.read_bytes()):
            yield load_pem_private_key(content, password=None)


def asked(laptop: Laptop, to: Path) -> Request:
    """What a thief's copy of the folder asks: for that no passphrase is needed."""
    laptop.vault.know_council()
    text = CouncilRecovery(laptop.vault.folder).request.to_text()
    to.write_text(text)
    return Request.from_text(text)


def test_of_a_backup_and_a_copied_laptop_nothing_opens(council: Council, join: Join, tmp_path: Path) -> None:
    ann = join("ann")
    ann.child(given_name="Zoë")
    ann.synced()
    backup = service_backup.back_up(council.home, tmp_path / "backups", council.clock())
    request = asked(ann, tmp_path / "request.txt")
    own = council.root().key.private_numbers()

    assert list(private_keys_in(backup)) == []
    for folder in (backup, council.home.folder):
        for key in private_keys_in(folder):
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            assert key.private_numbers() != own
            raw = key.private_numbers().private_value.to_bytes(32, "big")
            with pytest.raises(AnswerError):
                kept_in(request, X25519PrivateKey.from_private_bytes(raw))
        with pytest.raises(CentralError, match="does not fit"):
            key_folder.open_root(folder / "keys", [KEEPERS[0], Keeper(KEEPERS[1].name, "a guess at five words")])


def test_neither_private_key_is_in_any_file_of_the_folder_or_of_its_backup(council: Council, tmp_path: Path) -> None:
    opened = recovery_key.open_file(council.recovery_file, KEEPERS[:2]).key.private_bytes_raw()
    root = council.root().key.private_numbers().private_value.to_bytes(32, "big")
    service_backup.back_up(council.home, tmp_path / "backups", council.clock())
    marks = [mark for raw in (opened, root) for mark in (raw, raw.hex().encode(), raw.hex().upper().encode())]
    files = [file for folder in (council.home.folder, tmp_path / "backups") for file in folder.rglob("*")]

    assert len(files) > 10
    for file in files:
        assert not file.is_file() or not any(mark in file.read_bytes() for mark in marks), file


def test_a_backup_plays_the_service_only_once_two_keepers_let_it(council: Council, tmp_path: Path) -> None:
    backup = Home(service_backup.back_up(council.home, tmp_path / "backups", council.clock()))
    copied = Service.open(backup, now=council.clock)
    with pytest.raises(CentralError, match="keys issue"):
        copied.authority.issue_server([], council.clock())
    root = key_folder.open_root(backup.keys, KEEPERS[:2])
    key_folder.issue(backup.keys, root, hosts=[], now=council.clock(), withdraw=True)

    assert Authority.open(backup.keys).key
    copied.close()


def test_the_running_services_key_orders_no_laptop_erased(council: Council, join: Join) -> None:
    """Whoever holds the whole machine of the service still lacks what a laptop asks for."""
    ann = join("ann")
    ca_pem, device = ann.vault.settings.get(SERVICE).ca_pem, str(ann.device["id"])
    with council.service.database.writing() as connection, pytest.raises(CentralError, match="Two keepers"):
        revoking.revoke(connection, DeviceId(device), "wipe", council.clock())
    stolen = council.service.authority
    forged = CouncilRoot(stolen.certificate, stolen.key, ("Ada Ruiz", "Ben Sato"))
    for root, genuine in ((forged, False), (council.root(), True)):
        order = Order.from_bytes(revoking._order(DeviceId(device), root, council.clock()))
        assert is_genuine(order, ca_pem, DeviceId(device)) is genuine
        assert '"by":["Ada Ruiz","Ben Sato"]' in order.text


def test_a_withdrawn_issuing_key_is_an_impostor_on_every_laptop_that_heard(
    council: Council, join: Join, tmp_path: Path
) -> None:
    """The thief of the running keys goes on with them; the council has made new ones."""
    ann = join("ann")
    ann.synced()
    stolen = Path(shutil.copytree(council.home.keys, tmp_path / "stolen"))
    council.clock.move(days=1)
    key_folder.issue(council.home.keys, council.root(), hosts=[], now=council.clock(), withdraw=True)
    council.stop()
    council.restart()
    ann.synced()
    for name in ("server.pem", "server.key.pem"):
        shutil.copy(stolen / name, council.home.keys / name)
    council.stop()
    council.restart()

    assert ann.sync().problem == IMPOSTOR


def test_an_answer_needs_two_keepers_a_list_of_today_and_a_laptop_on_it(
    council: Council, join: Join, tmp_path: Path
) -> None:
    ann, ben = join("ann"), join("ben")
    asked(ann, tmp_path / "request.txt")
    standing = tmp_path / "standing.json"
    assert standing_list.write(council.service, standing) == 2

    def read(*two: Keeper, days: float = 0) -> answer_recovery.Asking:
        now = council.clock() + timedelta(days=days)
        file, key = tmp_path / "request.txt", council.recovery_file
        return answer_recovery.read_request(file, key=key, standing=standing, two=two, now=now)

    asking = read(*KEEPERS[:2])
    assert (asking.laptop.officer_id, asking.key.by) == ("ann", ("Ada Ruiz", "Ben Sato"))
    assert answer(asking.request, asking.kept).sealed
    for two, days in (((KEEPERS[0],), 0), ((KEEPERS[0], KEEPERS[0]), 0), (KEEPERS[:2], 2), (KEEPERS[:2], -2)):
        with pytest.raises(CentralError):
            read(*two, days=days)
    with council.service.database.writing() as connection:
        revoking.revoke(connection, DeviceId(str(ann.device["id"])), "drain", council.clock())
    standing_list.write(council.service, standing)
    with pytest.raises(CentralError, match="not among the laptops in good standing"):
        read(*KEEPERS[:2])
    assert ben.device


def test_a_list_that_somebody_else_made_is_not_believed(council: Council, tmp_path: Path) -> None:
    standing, root_pem, now = tmp_path / "standing.json", council.service.authority.pem, council.clock()
    standing_list.write(council.service, standing)
    assert standing_list.read(standing, root_pem, now) == {}
    text = standing.read_bytes()
    other = Council.found(tmp_path / "other")
    standing_list.write(other.service, tmp_path / "others.json")
    other.service.close()
    made_up = text.replace(b'"laptops":[]', b'"laptops":[["ELM-0142","ann","Ann","missing_advocate",""]]')
    assert made_up != text
    for content in (made_up, (tmp_path / "others.json").read_bytes(), b"", b"{}", b"[1"):
        standing.write_bytes(content)
        with pytest.raises(KnownError):
            standing_list.read(standing, root_pem, now)
    assert Standing(DeviceId("a"), OfficerId("b"), "c", "d", "e").to_json() == ["a", "b", "c", "d", "e"]


def test_a_council_of_before_goes_on_with_the_laptops_that_joined_it(
    council: Council, join: Join, tmp_path: Path
) -> None:
    """It served with open keys, was protected, and serves with an issuing key: no laptop joins again."""
    council.stop()
    for file in council.home.keys.iterdir():
        if not file.name.startswith("extract"):
            file.unlink()
    fill(council.home.keys, council.clock())
    council.restart()
    ann = join("ann")
    ann.child(given_name="Zoë")
    ann.synced()
    council.stop()
    stick = tmp_path / "stick.key"
    key_folder.protect(council.home.keys, now=council.clock(), keepers=KEEPERS, recovery_file=stick, cost=QUICK)
    council.restart()
    ann.child(given_name="Ada")
    ann.synced()

    assert council.service.authority.is_protected
    assert recovery_key.open_file(stick, KEEPERS[:2]).root_pem == ann.vault.settings.get(SERVICE).ca_pem
