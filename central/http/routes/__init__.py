"""The addresses of the service, one file for each thing a laptop does there."""

from itertools import chain

from central.http.routes import (
    agendas_asked,
    check,
    commissioning_here,
    enrol,
    forms,
    health,
    quarantined_items,
    role_figures,
    stamping,
    synchronise,
    told_to_roles,
    tus,
    update_files,
)

PARTS = (
    health,
    check,
    enrol,
    synchronise,
    forms,
    quarantined_items,
    role_figures,
    stamping,
    told_to_roles,
    commissioning_here,
    agendas_asked,
    tus,
    update_files,
)
ADDRESSES = tuple(chain.from_iterable(part.ADDRESSES for part in PARTS))
