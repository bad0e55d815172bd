"""A newer Homeward from the keepers' hands to a laptop's folder, and each way in which it can be wrong on the way."""

from __future__ import annotations

import json
import secrets
import signal
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import to_builtins

from casework import VERSION
from casework.canonical import canonical
from casework.errors import KnownError
from casework.wire.updates import Manifest, OfferedUpdate
from central.__main__ import main
from central.commands.two_person_notes import UPDATES
from central.commands.versions.update_verbs import TWO_NEEDED
from central.files.offered_updates import Shelf
from central.keys.council_root import CouncilRoot
from desktop.sync.updates.offered_update import fetch_update, newer_offered
from desktop.sync.updates.unfinished_update import Progress
from desktop.sync.updates.update_refused import (
    NoUpdate,
    UpdateBrokenOff,
    UpdateDamaged,
    UpdateForged,
    UpdateNotForThis,
    UpdateNotKept,
    UpdateNotNewer,
    UpdateRefused,
    UpdateTooFar,
)
from tests.central.running import Clock, Council, keepers_words
from tests.together.conftest import Join
from tests.together.laptops import Laptop
from tests.together.processes import central, joined

PACKAGE = b"a newer Homeward" * 40_000  # several pieces
NAME = "homeward_99.1_amd64.deb"
Said = pytest.CaptureFixture[str]


@dataclass
class Offering:
    council: Council
    ann: Laptop
    folder: Path
    package: Path

    def offer(self, *more: str, keepers: int = 2) -> int:
        home = self.council.home.folder
        words = keepers_words(home, count=keepers) if keepers else ()
        return main(["--home", str(home), "update", "offer", str(self.package), *more, *words, "--json"])

    def fetched(self, progress: Progress = lambda _came, _of: None) -> Path:
        return fetch_update(self.ann.vault, self.folder, self.ann.now, progress)[1]

    @property
    def part(self) -> Path:
        """Where what came so far lies."""
        manifest = Manifest.from_bytes(self.shelf.of("debian").text)
        return self.folder / f".{NAME}.{manifest.sha256[:16]}.part"

    def refused(self) -> KnownError:
        """And nothing is left behind."""
        before = sorted(self.folder.iterdir())
        with pytest.raises(KnownError) as error:
            self.fetched()
        assert sorted(self.folder.iterdir()) == before
        return error.value

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.council.home.updates)

    def put(self, other: dict[str, object], root: CouncilRoot | None = None) -> None:
        """What somebody who holds the service's machine could lay there."""
        content = {"do": "update", "version": "99.1", "system": "debian", "file": NAME, "sha256": "0" * 64,
                   "bytes": 5, "since": "", "at": "2026-03-27T14:32:00Z", "by": ["Ada"]} | other  # fmt: skip
        text = canonical(content).decode()
        offer = OfferedUpdate(text=text, signature=(root or self.council.root()).signed(text))
        self.shelf.folder.mkdir(exist_ok=True)
        (self.shelf.folder / "debian-99.1.json").write_bytes(offer.to_bytes())


@pytest.fixture
def offering(council: Council, join: Join, tmp_path: Path) -> Offering:
    folder, package = tmp_path / "downloads", tmp_path / NAME
    folder.mkdir()
    package.write_bytes(PACKAGE)
    return Offering(council, join("ann"), folder, package)


def test_a_package_reaches_a_laptop_as_it_was_signed(offering: Offering, capsys: Said) -> None:
    """Heard of at hello, fetched when asked, and noted by both sides."""
    offering.ann.synced()
    assert newer_offered(offering.ann.vault) == ""
    assert offering.offer("--from", VERSION) == 0
    told = json.loads(capsys.readouterr().out)
    offering.ann.synced()

    assert (told["version"], told["from"], told["by"], told["bytes"]) == (
        "99.1",
        VERSION,
        "Ada Ruiz, Ben Sato",
        len(PACKAGE),
    )
    assert newer_offered(offering.ann.vault) == "99.1"
    assert list(offering.folder.iterdir()) == []
    assert offering.fetched().read_bytes() == PACKAGE
    assert [entry.event for entry in offering.ann.vault.audit.entries() if entry.event == "update_saved"]
    assert (offering.council.home.folder / UPDATES).read_text().count(told["sha256"]) == 1


def test_a_later_offer_takes_the_place_of_the_one_before(offering: Offering, capsys: Said) -> None:
    """Another system's stays; what is withdrawn is no longer heard of."""
    assert offering.offer() == 0
    windows = offering.package.with_name("homeward-98.0.msi")
    offering.package = offering.package.rename(windows)
    assert offering.offer() == 0
    offering.package = windows.rename(windows.with_name("homeward_99.2_amd64.deb"))
    offering.package.write_bytes(b"newest")
    assert offering.offer() == 0
    home = ["--home", str(offering.council.home.folder)]

    assert offering.shelf.offered() == {"debian": "99.2", "windows": "98.0"}
    assert len(list(offering.shelf.folder.iterdir())) == 4
    assert offering.fetched().read_bytes() == b"newest"
    capsys.readouterr()
    assert main([*home, "update", "show", "--json"]) == 0
    assert [row["file"] for row in json.loads(capsys.readouterr().out)] == [
        "homeward_99.2_amd64.deb",
        "homeward-98.0.msi",
    ]
    assert main([*home, "update", "withdraw", "debian"]) == 0
    offering.ann.synced()
    assert newer_offered(offering.ann.vault) == ""
    assert isinstance(offering.refused(), NoUpdate)
    assert main([*home, "update", "withdraw", "debian"]) == 1


@pytest.mark.parametrize("keepers", [0, 1])
def test_nobody_offers_one_alone(offering: Offering, keepers: int, capsys: Said) -> None:
    assert offering.offer(keepers=keepers) == 1
    assert (TWO_NEEDED in capsys.readouterr().err) is (keepers == 0)
    assert offering.shelf.offered() == {}


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("homeward.zip", ()),
        ("homeward.deb", ()),
        ("home ward_1.2.deb", ()),
        (NAME, ("--from", "newest")),
        (NAME, ("--version", "1.")),
    ],
)
def test_what_is_no_package_is_refused_before_a_keeper_is_asked(
    offering: Offering, name: str, more: tuple[str, ...], capsys: Said
) -> None:
    offering.package = offering.package.rename(offering.package.with_name(name))

    assert offering.offer(*more, keepers=0) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert offering.shelf.offered() == {}


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ({"version": VERSION}, UpdateNotNewer),
        ({"version": "0.0.9"}, UpdateNotNewer),
        ({"since": "98.0"}, UpdateTooFar),
        ({"system": "windows", "file": "homeward.msi"}, UpdateNotForThis),
        ({"file": "homeward.msi"}, UpdateNotForThis),
        ({"file": "../.bashrc"}, UpdateForged),
        ({"do": "wipe"}, UpdateForged),
    ],
)
def test_what_the_council_signed_and_does_not_fit_is_refused(
    offering: Offering, other: dict[str, object], kind: type[UpdateRefused]
) -> None:
    offering.put(other)

    assert type(offering.refused()) is kind


def test_a_service_in_other_hands_can_offer_nothing_of_its_own(offering: Offering) -> None:
    """It holds the issuing key, and no laptop takes that for the keepers' hands; nor another council's."""
    issuing = offering.council.service.authority
    stranger = CouncilRoot.make("Rotherham", offering.council.clock())
    assert isinstance(issuing.key, ec.EllipticCurvePrivateKey)
    for root in (CouncilRoot(issuing.certificate, issuing.key), stranger):
        offering.put({}, root)
        assert type(offering.refused()) is UpdateForged


@pytest.mark.parametrize("laid", [PACKAGE[:-1], PACKAGE + b"x", b"y" + PACKAGE[1:]], ids=["short", "long", "other"])
def test_a_file_that_is_not_the_one_signed_is_thrown_away(offering: Offering, laid: bytes) -> None:
    assert offering.offer() == 0
    manifest = Manifest.from_bytes(offering.shelf.of("debian").text)
    (offering.shelf.folder / manifest.sha256).write_bytes(laid)

    assert type(offering.refused()) is UpdateDamaged
    assert to_builtins(manifest)["bytes"] == len(PACKAGE)


@pytest.mark.parametrize("begun", [PACKAGE[:100], b"another" * 90, PACKAGE + b"more"], ids=["begun", "other", "long"])
def test_a_try_that_was_cut_off_is_gone_on_with_or_in_nobodys_way(offering: Offering, begun: bytes) -> None:
    """Whatever lies there, what comes of it is what was signed."""
    assert offering.offer() == 0
    offering.part.write_bytes(begun)
    offering.part.chmod(0o600)
    seen: list[int] = []

    assert offering.fetched(lambda came, _of: seen.append(came)).read_bytes() == PACKAGE
    assert [file.name for file in offering.folder.iterdir()] == [NAME]
    assert seen.count(len(PACKAGE)) == (2 if begun.startswith(b"another") else 1)


def test_what_somebody_else_may_write_to_is_nobodys_beginning(offering: Offering, tmp_path: Path) -> None:
    assert offering.offer() == 0
    theirs = tmp_path / "theirs"
    theirs.write_bytes(PACKAGE[:100])
    theirs.chmod(0o600)
    offering.part.hardlink_to(theirs)
    kept = offering.fetched()

    assert kept.read_bytes() == PACKAGE
    assert theirs.read_bytes() == PACKAGE[:100]


def test_when_the_service_dies_in_the_middle_the_next_try_goes_on_from_there(tmp_path: Path) -> None:
    """Its process is killed while the file comes; what came is kept, told by how much, and not fetched again."""
    package, folder = tmp_path / NAME, tmp_path / "downloads"
    package.write_bytes(secrets.token_bytes(24_000_000))
    folder.mkdir()
    with central(tmp_path / "central") as process:
        process.run("update", "offer", str(package), *keepers_words(tmp_path / "central"))
        ann = joined(process, "ann", tmp_path / "vault", Clock.real())
        seen: list[int] = []

        def dying(came: int, _of: int) -> None:
            seen.append(came)
            if came > 8_000_000 and process.running:
                process.stop(signal.SIGKILL)

        with pytest.raises(UpdateBrokenOff, match="of 24 MB"):
            fetch_update(ann.vault, folder, ann.now, dying)
        (part,) = folder.iterdir()
        came, again = part.stat().st_size, list[int]()
        process.start()
        kept = fetch_update(ann.vault, folder, ann.now, lambda came, _of: again.append(came))[1]
        ann.vault.close()

    assert came == seen[-1] > 8_000_000
    assert min(again) > came
    assert kept.read_bytes() == package.read_bytes()
    assert list(folder.iterdir()) == [kept]


def test_what_lies_there_already_stays_and_a_folder_that_is_none_is_said(offering: Offering) -> None:
    assert offering.offer() == 0
    kept = offering.fetched()

    assert "already" in str(offering.refused())
    assert kept.read_bytes() == PACKAGE
    offering.folder = kept
    with pytest.raises(UpdateNotKept, match="Choose another folder"):
        offering.fetched()
