"""An export, from one moment of the database: what is held, told in words, with what is to be decided."""

from __future__ import annotations

from casework.identifiers import OfficerId
from casework.practice.roles import MISSING, role_name, strands_of
from central.database.errors import CentralError
from central.disclosure import bundle
from central.disclosure.bundle_pages import Export
from central.disclosure.for_decision import elsewhere, to_decide
from central.disclosure.held_about import held_about, known_child
from central.disclosure.record_told import told_records
from central.files.uploads import Blobs
from central.people import accounts
from central.people.scope import is_supervisor
from central.service import Service, council_of

NO_MANAGER = (
    "{} cannot decide what is given out. Name somebody who manages the missing service, with --for; "
    "see “homeward-central roles”."
)


def gather(service: Service, child: str, officer_id: OfficerId, by: tuple[str, ...]) -> Export:
    """`child`: by id or number. Raises CentralError for an officer who does not manage; UnknownThing, Refused."""
    with service.database.reading() as connection:
        decides = accounts.serving_officer(connection, officer_id)
        if not is_supervisor(decides) or MISSING not in strands_of(decides.role):  # it holds a child’s own words
            raise CentralError(NO_MANAGER.format(decides.name))
        child_id = known_child(connection, child)
        about = held_about(connection, service.definitions, Blobs(service.home.blobs), child_id)
        records = told_records(about)
        marks = (*to_decide(about, records), *elsewhere(connection, about))
        to, council = f"{decides.name}, {role_name(decides.role)}", council_of(connection).name
    files = bundle.place_files(about, records)
    return Export(about, records, marks, files, to, " and ".join(by), council, service.now())
