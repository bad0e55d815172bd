"""`make rollout`: what a council would install, installed where nothing is, and worked with. As root, on Debian.

A bare machine becomes the service of a council that is not Rotherham, by the administrator's manual: over PostgreSQL,
with nginx in front. In bare systems of Debian 12 and 13, by the package and by the archive, officers join it through
nginx and have an interview received. Then the clocks go three years on, with a laptop that was away for all of them.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from installers.archive import archived
from installers.deb import built, depends_of
from installers.environments import OUT
from installers.rollout.bare_system import BareSystem, Network, bare, said
from installers.rollout.field_laptop import FieldLaptop
from installers.rollout.service_machine import NAME, ServiceMachine

RELEASES = ("bookworm", "trixie")
TOOLS = ("debootstrap", "ip")
SETTINGS = f'\nservice = "https://{NAME}"\nproxy = "/etc/homeward/proxy.crt"\n'
STEPS = ("+600d", "+780d", "+1100d")  # the second lies in the two months in which the service renews its certificate
BROUGHT = ("usr/share/man/man1/homeward.1.gz", "usr/share/applications/homeward.desktop", "etc/homeward/laptop.toml")


def main() -> None:
    if os.geteuid() != 0 or any(shutil.which(tool) is None for tool in TOOLS):
        sys.exit(f"This makes bare systems, and needs root and the programs {', '.join(TOOLS)}.")
    deb = built()
    archive = archived(deb)
    [wheel] = (OUT / "dist").glob("*.whl")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        within, network = Path(folder), stack.enter_context(Network.made())
        service = ServiceMachine(stack.enter_context(bare("bookworm", within, network)))
        stack.enter_context(service.ended())
        service.prepare(wheel, deb)
        service.type_the_manual()
        print("The manual is carried out, from a bare machine on: PostgreSQL behind, nginx before it", flush=True)
        laptops = []
        for release in RELEASES:
            system = stack.enter_context(bare(release, within, network))
            laptops.append(by_the_package(system, deb, service))
            print(
                f"{release}: {deb.name} installed in a bare system; interview signed, PDF checked, received", flush=True
            )
        by_the_archive(stack.enter_context(bare("bookworm", within, network)), archive, depends_of(deb), service)
        print(f"bookworm: {archive.name} unpacked, moved, and worked with", flush=True)
        three_years(service, *laptops)


def by_the_package(system: BareSystem, deb: Path, service: ServiceMachine) -> FieldLaptop:
    system.write(f"root/{deb.name}", deb.read_bytes())
    system.install(f"/root/{deb.name}", "faketime")
    for file in BROUGHT:
        if not (system.root / file).is_file():
            sys.exit(f"The package did not bring {file}.")
    laptop = joined(FieldLaptop(system), service)
    laptop.refuse_the_service("usr/lib/homeward")
    interview = laptop.sign_an_interview()
    laptop.open_the_window()
    laptop.send(interview)
    return laptop


def by_the_archive(system: BareSystem, archive: Path, needs: list[str], service: ServiceMachine) -> None:
    """Unpacked in one place, begun with, and moved to another."""
    system.install("ca-certificates")
    said(["tar", "--extract", "--file", archive, "--directory", system.root / "opt"])
    name = archive.name.removesuffix(".tar.gz")
    lacking = system.tried(f"/opt/{name}/homeward")
    if lacking.returncode != 1 or lacking.stderr.count("\n") != 1 or "README.txt" not in lacking.stderr:
        sys.exit(f"Without the system’s libraries it answered: {lacking.returncode} {lacking.stderr}")
    system.install(*needs)
    laptop = joined(FieldLaptop(system, f"/opt/{name}/homeward"), service)
    (system.root / "opt" / name).rename(system.root / "srv" / "elsewhere")
    laptop.program = "/srv/elsewhere/homeward"
    laptop.refuse_the_service("srv/elsewhere")
    interview = laptop.sign_an_interview()
    laptop.open_the_window()
    laptop.send(interview)


def joined(laptop: FieldLaptop, service: ServiceMachine) -> FieldLaptop:
    """An officer of its own, through nginx: the address, and the proxy's certificate, by the machine's own file."""
    system, officer = laptop.system, f"nadia-{laptop.system.root.name}"
    system.write("etc/homeward/proxy.crt", service.system.read("etc/nginx/homeward.crt"))
    settings = system.root / "etc/homeward/laptop.toml"
    settings.write_text((settings.read_text() if settings.exists() else "") + SETTINGS)
    service.typed(
        f'homeward-central officer add --id {officer} --name "Nadia Brightwater" --role missing_advocate\n'
        f"homeward-central device code {officer}"
    )
    laptop.join(service.value("code"))
    return laptop


def three_years(service: ServiceMachine, near: FieldLaptop, away: FieldLaptop) -> None:
    """In steps; one laptop is heard of at each, the other at the last only. What was signed before stays good."""
    for step in STEPS:
        service.move_the_clock(step)
        near.system.clock = step
        near.send()
        near.send(near.sign_an_interview())
        print(f"{step}: an interview signed, checked and received by the clocks of that day", flush=True)
    away.system.clock = STEPS[-1]
    away.send()
    away.send(away.sign_an_interview())
    for laptop in (near, away):
        for file in laptop.interviews:
            laptop.refuse_unless_good(file)
    print(service.ends(), end="")
    print(f"{STEPS[-1]}: also from the laptop that was away; all that was signed before is good")


if __name__ == "__main__":
    main()
