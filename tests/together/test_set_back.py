"""Neither a laptop nor the service goes back in silence: each holds what the other noted against what it has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from central.__main__ import main
from central.commands import founding, service_backup
from desktop.store.database.audit_chain import Head
from desktop.sync.alarms import NOT_THE_SAME, SERVICE_WENT_BACK
from desktop.sync.events_and_effects import Ending
from tests.central.running import Council
from tests.together.conftest import Join
from tests.together.laptops import Laptop


def put_back(council: Council, backup: Path, *, announced: bool) -> None:
    """An older database in the place of today's."""
    council.stop()
    council.service.close()
    database = council.home.folder / "central.sqlite"
    for beside in ("-wal", "-shm"):
        database.with_name(database.name + beside).unlink(missing_ok=True)
    shutil.copy(backup / "central.sqlite", database)
    council.restart()
    if announced:
        founding.begin_epoch(council.service.database)


@pytest.fixture
def backup(council: Council, join: Join, tmp_path: Path) -> tuple[Laptop, Laptop, Path]:
    """Two laptops of one child, and a backup before their last words."""
    ann, ben = join("ann"), join("ben")
    ann.child("child-1", given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    council.allocate("ben", "child-1")
    ben.synced()
    made = service_backup.back_up(council.home, tmp_path / "backups", council.clock())
    ann.say("child-1", known_as="Zo")
    ann.synced()
    ben.synced()
    ben.say("child-1", pronouns="she")
    ben.synced()
    ann.synced()
    return ann, ben, made


@pytest.mark.parametrize("meanwhile", [False, True], ids=["at_once", "others_wrote_first"])
def test_a_service_set_back_in_silence_is_said_and_gets_everything_again(
    council: Council, join: Join, backup: tuple[Laptop, Laptop, Path], meanwhile: bool
) -> None:
    """Where others wrote first its log was as long again, and the words that it had lost were never asked for."""
    ann, ben, made = backup
    put_back(council, made, announced=False)
    if meanwhile:
        cas = join("cas")
        for number in range(8):
            cas.child(f"other-{number}", given_name="A", family_name="B")
        cas.synced()
    told, again = ann.sync(), ann.sync()

    assert (told.problem, told.ending, again.problem) == (SERVICE_WENT_BACK, Ending.REFUSED, None)
    assert "alarm" in [entry.event for entry in ann.vault.audit.entries()]
    # where nobody wrote meanwhile, Ann's laptop has brought the log to where Ben's saw it
    assert ben.sync().problem == (SERVICE_WENT_BACK if meanwhile else None)
    ann.synced()
    for laptop in (ann, ben):
        laptop.synced()
        assert laptop.vault.outbox.waiting() == []
        assert [laptop.answer("child-1", name) for name in ("known_as", "pronouns")] == ["Zo", "she"]
    assert ann.say("child-1", other_names="Zuzu").op_id
    assert ann.synced().accepted == 1


def test_a_restore_that_announces_itself_is_no_alarm(council: Council, backup: tuple[Laptop, Laptop, Path]) -> None:
    ann, ben, made = backup
    put_back(council, made, announced=True)

    assert [laptop.sync().problem for laptop in (ann, ben, ann, ben)] == [None] * 4


def test_a_laptop_set_back_is_said_once_and_goes_on(council: Council, join: Join, tmp_path: Path) -> None:
    ann = join("ann")
    child = ann.child(given_name="Zoë", family_name="Ōtsuka")
    ann.synced()
    image = tmp_path / "image"
    ann.vault.close()
    shutil.copytree(ann.vault.folder, image)
    now = ann.reopened()
    now.synced()
    for _ in range(5):
        now.vault.audit.add("viewed", record=child)
    now.synced()
    now.vault.close()
    shutil.rmtree(now.vault.folder)
    shutil.copytree(image, now.vault.folder)
    back = Laptop.opened(now.vault.folder, council.clock)
    first, second = back.sync(), back.sync()

    assert (first.problem, second.problem) == (NOT_THE_SAME, None)
    assert "alarm" in [entry.event for entry in back.vault.audit.entries()]
    back.vault.close()


def test_the_services_own_log_is_held_against_what_was_noted(
    council: Council, backup: tuple[Laptop, Laptop, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _ann, _ben, made = backup
    here = ["--home", str(council.home.folder), "audit"]
    assert main(here) == 0
    noted = tmp_path / "noted.txt"
    noted.write_text(capsys.readouterr().out)
    assert main([*here, "--against", str(noted)]) == 0
    assert "still has what was noted" in capsys.readouterr().out

    put_back(council, made, announced=False)
    assert main([*here, "--against", str(noted)]) == 1
    assert "has gone back" in capsys.readouterr().err
    founding.begin_epoch(council.service.database)
    assert main([*here, "--against", noted.read_text().split()[-1]]) == 1
    assert "has not come back yet" in capsys.readouterr().err
    assert main([*here, "--against", "nonsense"]) == 1


def test_a_head_is_read_as_it_was_noted() -> None:
    head = Head(7, "ab" * 32)

    assert Head.read(str(head)) == head
    assert [Head.read(text) for text in ("", "7", "x:" + "ab" * 32, "7:ab", f"{head}0")] == [None] * 5
