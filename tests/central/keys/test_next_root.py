"""Founding the council's next root: what goes over to it, what ends, and that a try that fails leaves all as it was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from casework.wire.withdrawals import CouncilLists, issued_by
from central.database.errors import CentralError
from central.keys import destruction_secret, key_folder, recovery_key
from central.keys.authority import Authority
from central.keys.council_root import ROOT_LIFE, CouncilRoot
from central.keys.kept_key import Keeper
from central.keys.next_root import Successors, found_next
from tests.central.running import KEEPERS, QUICK, START, found_keys, recovery_file

LATER = START + timedelta(days=3500)
OTHERS = (KEEPERS[0], Keeper("Dee Malik", "marble kennel otter sunrise violin"))


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return found_keys(tmp_path / "central", START, ["homeward.example"]).folder


def successors(keys: Path, name: str = "next.key", keepers: tuple[Keeper, ...] = OTHERS) -> Successors:
    folder = keys.parent
    return Successors(keepers, recovery_file(folder), folder.parent / name, QUICK)


def held_in(keys: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in keys.iterdir()}


def test_everything_the_service_works_with_is_the_next_roots(keys: Path) -> None:
    before = Authority.open(keys)
    root = found_next(keys, KEEPERS[:2], successors(keys), LATER)
    after = Authority.open(keys)

    assert root.by == ("Ada Ruiz", "Ben Sato")
    assert after.root == root.certificate
    assert after.roots == [root.certificate, before.root]
    assert after.root.not_valid_after_utc == LATER + ROOT_LIFE
    assert issued_by(after.certificate, after.root)
    assert "homeward.example" in key_folder.hosts_of(keys)
    assert key_folder.is_recovery_vouched_for(keys)
    assert key_folder.open_root(keys, OTHERS).certificate == after.root
    with pytest.raises(CentralError):
        key_folder.open_root(keys, KEEPERS[:2])
    new, old = (recovery_key.open_file(file, two) for file, two in (
        (successors(keys).new_recovery_file, OTHERS), (successors(keys).recovery_file, KEEPERS[:2]),
    ))  # fmt: skip
    assert new.key.private_bytes_raw() == old.key.private_bytes_raw()
    assert new.root_pem == after.pem
    assert [file.name for file in keys.parent.iterdir() if file.is_dir()] == ["keys"]


def test_what_was_withdrawn_and_what_was_destroyed_go_on_to_be_known(keys: Path) -> None:
    root = key_folder.open_root(keys, KEEPERS[:2])
    withdrawn, secret = Authority.open(keys).certificate, destruction_secret.secret_from(keys, root)
    key_folder.issue(keys, root, hosts=[], now=LATER - timedelta(days=9), withdraw=True)
    second = found_next(keys, KEEPERS[:2], successors(keys, keepers=KEEPERS), LATER)
    third_to = Successors(KEEPERS, successors(keys).new_recovery_file, keys.parent.parent / "third.key", QUICK)
    third = found_next(keys, KEEPERS[:2], third_to, LATER + timedelta(days=3500))
    authority = Authority.open(keys)
    lists = CouncilLists.read([authority.root], [authority.revocations([], number=1, now=LATER)])

    assert lists.withdrawn_on(withdrawn) == LATER - timedelta(days=9)
    assert destruction_secret.secret_from(keys, third) == secret
    assert len(authority.roots) == 3
    with pytest.raises(CentralError):
        destruction_secret.secret_from(keys, second)


@pytest.mark.parametrize("moment", ["keep_root", "issue", "destroy_nothing"])
def test_a_try_that_fails_leaves_every_file_as_it_was(keys: Path, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However far it had come."""
    before, to = held_in(keys), successors(keys)
    if moment == "destroy_nothing":
        to.new_recovery_file.write_text("the other council's")
    else:

        def fail(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(key_folder, moment, fail)
    with pytest.raises((OSError, CentralError)):
        found_next(keys, KEEPERS[:2], to, LATER)

    assert held_in(keys) == before
    assert to.new_recovery_file.exists() is (moment == "destroy_nothing")
    assert [file.name for file in keys.parent.iterdir() if file.is_dir()] == ["keys"]


def test_after_a_cut_the_next_try_says_what_to_do(keys: Path) -> None:
    keys.with_name("keys.before").mkdir()
    with pytest.raises(CentralError, match="of a try that was cut off"):
        found_next(keys, KEEPERS[:2], successors(keys), LATER)


def test_a_root_is_named_for_its_year_and_its_council() -> None:
    made = CouncilRoot.make("Rotherham", LATER, since="2035")

    assert "Rotherham Homeward authority 2035" in made.certificate.subject.rfc4514_string()
    assert made.council == "Rotherham"
