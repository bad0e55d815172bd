"""The council's service as commands and routes both find it: its folder, its database, its keys, its forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection, select

from central.database.clock import Now, utc_now
from central.database.database import Database
from central.database.home import Home
from central.database.tables import council
from central.intake.definitions import Definitions
from central.intake.intake import Intake
from central.keys.authority import Authority

_HERE = select(council.c.name, council.c.epoch, council.c.floor)


@dataclass(frozen=True)
class Council:
    """`floor`: the version below which a laptop is given nothing new; empty for none."""

    name: str
    epoch: str
    floor: str


@dataclass(frozen=True)
class Service:
    """Open until `close`. Holds nothing of the network, so that a command need not load it."""

    home: Home
    database: Database
    authority: Authority
    definitions: Definitions
    now: Now

    @classmethod
    def open(cls, home: Home, *, now: Now = utc_now) -> Service:
        database = Database(home.settings().database)
        return cls(home, database, Authority.open(home.keys), Definitions(database), now)

    @cached_property
    def intake(self) -> Intake:
        """One for all who push: they wait for each other in it."""
        return Intake(self.database, self.definitions, self.now)

    def close(self) -> None:
        self.database.close()


def council_of(connection: Connection) -> Council:
    """The one council this database is of, and the epoch it is in."""
    row = connection.execute(_HERE).one()
    return Council(row.name, row.epoch, row.floor)
