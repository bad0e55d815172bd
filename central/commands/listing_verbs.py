"""The verbs that tell an administrator what there is to name: roles, children, who is entitled to whom, open codes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import Connection, select

from casework.folding import folded
from casework.practice.roles import EDUCATION, MISSING, Role, reach_of, role_name
from casework.records import Merge
from central.commands.printing import say_each, with_table
from central.database.clock import stamp
from central.database.home import Home
from central.database.tables import allocation, enrolment_code, officer, record
from central.extracts.case_numbers import CHILD, numbers_of
from central.feed.stored_operations import operations_by_record
from central.service import Service

WHOSE = {
    "allocated": "those allocated to them",
    "home_education": "every child educated at home",
    "one_episode": "one episode at a time",
    "referred": "those referred to them",
    "team": "every child",
    "council": "every child",
    "counts": "counts only, and nobody’s name",
    "none": "no child",
}
Row = dict[str, object]
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    with_table(verbs.add_parser("roles", help="list the roles, and what each may see")).set_defaults(deed=_roles)
    children = with_table(verbs.add_parser("children", help="list the children, or find some by name"))
    children.add_argument("words", nargs="*", metavar="NAME", help="words of a name, however they are written")
    children.set_defaults(deed=_children)
    entitled = with_table(verbs.add_parser("allocations", help="list who is entitled to which child"))
    entitled.add_argument("--officer", default="", metavar="ID")
    entitled.add_argument("--child", default="", metavar="ID")
    entitled.add_argument("--ended", action="store_true", help="those that have ended too")
    entitled.set_defaults(deed=_allocations)
    codes = with_table(verbs.add_parser("codes", help="list the codes to join with that are not used yet"))
    codes.set_defaults(deed=_codes)


def _roles(options: argparse.Namespace) -> None:
    say_each(options, [_role(role) for role in Role])


def _role(role: Role) -> Row:
    reach = reach_of(role)
    strands = [word for word in (MISSING, EDUCATION) if word in reach.strands]
    return {
        "role": str(role),
        "called": role_name(role),
        "children": WHOSE[reach.children],
        "strands": ", ".join(strands),
        "writes": "yes" if reach.writes else "no",
        "manages": "yes" if reach.manages else "no",
    }


def _children(options: argparse.Namespace) -> None:
    wanted = [folded(word) for word in options.words]
    with closing(Service.open(Home(options.home))) as service, service.database.reading() as connection:
        rows = [row for row in _every_child(connection) if all(word in folded(str(row["name"])) for word in wanted)]
    say_each(options, sorted(rows, key=lambda row: folded(str(row["name"]))))


def _every_child(connection: Connection) -> Iterator[Row]:
    """The name as it stands now; a child without one is listed all the same."""
    ids = list(connection.execute(select(record.c.record_id).where(record.c.form_id == CHILD)).scalars())
    numbers = numbers_of(connection, CHILD)
    for record_id, operations in operations_by_record(connection, ids).items():
        view = Merge(record_id, operations).view()
        if not view.discarded:
            said = view.answers()
            name = " ".join(str(said[part]) for part in ("given_name", "family_name") if said.get(part))
            born = said.get("date_of_birth") or ""
            yield {"id": record_id, "name": name, "born": born, "number": numbers.get(record_id, "")}


def _allocations(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        query = select(allocation, officer.c.name).join_from(
            allocation, officer, officer.c.id == allocation.c.officer_id, isouter=True
        )
        if options.officer:
            query = query.where(allocation.c.officer_id == options.officer)
        if options.child:
            query = query.where(allocation.c.child_id == options.child)
        with service.database.reading() as connection:
            found = connection.execute(query.order_by(allocation.c.officer_id, allocation.c.child_id)).mappings().all()
        now = stamp(service.now())
        lasting = [row for row in found if options.ended or row["until"] is None or row["until"] > now]
        names = {"officer": "officer_id", "name": "name", "child": "child_id"}
        kept = ("strand", "episode", "since", "until", "reason")
        say_each(options, [{n: row[of] for n, of in names.items()} | {n: row[n] for n in kept} for row in lasting])


def _codes(options: argparse.Namespace) -> None:
    """The codes themselves are not kept, and so cannot be told again."""
    with closing(Service.open(Home(options.home))) as service:
        code = enrolment_code.c
        query = select(code.officer_id.label("officer"), code.issued_at, code.expires_at).where(code.used_by.is_(None))
        with service.database.reading() as connection:
            found = connection.execute(query.where(code.expires_at > stamp(service.now()))).mappings()
            say_each(options, [dict(row) for row in found])
