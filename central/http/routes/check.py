"""Whoever was given a document of the council checks it here, without the program and without an account."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from casework.errors import NotOurPdf
from central.database.errors import Refused
from central.http import check_page, request_signing
from central.http.addresses import Address
from central.http.callers import Stranger, host_of, traffic_of
from central.http.exchange import revocation_list
from central.http.sent_file import file_in, words_in
from central.service import Service, council_of
from judgement.apart import Judged, judge_apart

_FORM_AROUND = 16 * 1024  # bytes that a browser puts round the file
_SLOWEST = 256 * 1024  # bytes a second: a turn is not held for an hour
_NO_LIST = "The council’s list of withdrawn certificates cannot be read just now. Try again in a minute."


class Checker(Stranger):
    """A stranger with a document: fewer of them at once, and each with more to send."""

    @classmethod
    def turn(cls, request: Request) -> AbstractContextManager[None]:
        traffic_of(request).checking.spend(host_of(request))
        return traffic_of(request).checks.of(host_of(request))

    @classmethod
    async def body_of(cls, request: Request) -> bytes:
        limits = replace(traffic_of(request).limits, slowest=_SLOWEST)
        try:
            return await request_signing.read_body(request, limits, check_page.MOST_BYTES + _FORM_AROUND)
        except Refused as error:
            raise _in_words(error) from error


def check(stranger: Stranger) -> Response:
    """The page to check a document on."""
    return check_page.asking(_council(stranger.service)[0])


def checked(checker: Checker) -> Response:
    """The verdict on the document that was sent. Nothing of it is kept."""
    sent_as = checker.header("content-type")
    pdf = file_in(checker.body, sent_as, check_page.FIELD)
    password = words_in(checker.body, sent_as, check_page.PASSWORD, check_page.MOST_PASSWORD)
    name, list_pem = _council(checker.service)
    service = checker.service
    try:
        judged = judge_apart(pdf, [service.authority.roots_pem], [list_pem], service.now(), password=password)
    except NotOurPdf as error:
        judged = Judged(str(error))
    return check_page.telling(name, judged)


def _council(service: Service) -> tuple[str, str]:
    """Its name, and its list of withdrawn certificates as of now."""
    try:
        with service.database.reading() as connection:
            return council_of(connection).name, revocation_list(service, connection)
    except SQLAlchemyError as error:
        raise Refused(503, "database", _NO_LIST, **{"Retry-After": "30"}) from error


def _in_words(error: Refused) -> Refused:
    """As somebody with a browser can act on it."""
    said = {
        413: f"This file is larger than {check_page.MOST_BYTES // 1024**2} MB. Ask whoever sent it to check it with "
        "Homeward itself.",
        408: "The file came too slowly. Try again where the network is better.",
    }
    return Refused(error.status, error.code, said[error.status], **error.headers)


ADDRESSES = (
    Address("GET", check_page.PATH, check, media_type="text/html"),
    Address(
        "POST",
        check_page.PATH,
        checked,
        media_type="text/html",
        sent_file=check_page.FIELD,
        sent_words=(check_page.PASSWORD,),
    ),
)
