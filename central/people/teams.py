"""Which team of the council's file an officer belongs to: what is asked of the team reaches its own officers."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, update

from casework.identifiers import OfficerId
from casework.practice.council import Team
from casework.practice.roles import ASKED_AS_A_TEAM, role_name
from central.database.errors import CentralError, UnknownThing
from central.database.tables import officer
from central.people.accounts import Officer, serving_officer


def refuse_unknown_team(found: Officer, teams: Mapping[str, Team]) -> None:
    """Raises UnknownThing, or CentralError for a role of which no team is asked anything."""
    if not found.team:
        return
    if found.team not in teams:
        named = ", ".join(sorted(teams)) or "none"
        message = f"There is no team “{found.team}” in the council’s file. The teams are: {named}."
        raise UnknownThing(message)
    if found.role not in ASKED_AS_A_TEAM:
        asked = ", ".join(sorted(role_name(role) for role in ASKED_AS_A_TEAM))
        message = f"Only officers of these roles belong to a team that is asked: {asked}."
        raise CentralError(message)


def put_in_team(connection: Connection, officer_id: OfficerId, team: str, teams: Mapping[str, Team]) -> Officer:
    """An empty team takes the officer out of theirs, and its requests leave their laptop with the next sync."""
    before = serving_officer(connection, officer_id)
    found = Officer(before.id, before.name, before.role, before.active, team)
    refuse_unknown_team(found, teams)
    connection.execute(update(officer).where(officer.c.id == officer_id).values(team=team))
    return found
