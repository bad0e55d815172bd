"""What the running service looks after by itself: parts of files that nobody finished sending, and certificates."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from casework.errors import KnownError
from central.database.errors import CentralError
from central.files import uploads
from central.files.ended_files import remove_ended
from central.files.uploads import Blobs
from central.keys import certificate_ends
from central.keys.authority import Authority
from central.service import Service

EVERY_SECONDS = 3600.0
START_ANEW = "The council's keys were made anew: start this service again, so that it works with them."
log = logging.getLogger(__name__)


async def sweep_for_ever(service: Service, every_seconds: float = EVERY_SECONDS) -> None:
    """At once, for a service that is started each morning, and then by the hour. Ends when it is cancelled."""
    while True:
        try:
            await run_in_threadpool(_sweep, service)
        except (CentralError, OSError, SQLAlchemyError) as error:  # the next hour is another chance
            log.warning("Unfinished uploads could not be tidied away: %s", type(error).__name__)
        try:
            await run_in_threadpool(_look_at_certificates, service)
        except (KnownError, OSError, ValueError) as error:
            log.warning("The service's certificate could not be renewed: %s", type(error).__name__)
        await asyncio.sleep(every_seconds)


def _look_at_certificates(service: Service) -> None:
    """What ends soon is said with each sweep, until somebody has seen to it."""
    now = service.now()
    if Authority.open(service.home.keys).certificate != service.authority.certificate:
        log.warning("%s", START_ANEW)  # what the keys until now certified would soon count nowhere
        return
    if certificate_ends.renew_if_soon(service.authority, now):
        log.warning("A certificate of the service's own was renewed.")
    for each in certificate_ends.endings(service.authority):
        if words := each.words(now):
            log.warning("%s", words)


def _sweep(service: Service) -> int:
    blobs = Blobs(service.home.blobs)
    remove_ended(service.database, blobs)
    with service.database.writing() as connection:
        return uploads.sweep(connection, blobs, service.now())
