"""A desk of an officer for education with a certificate, and the cases that letters are about."""

from __future__ import annotations

from casework.canonical import JSON
from casework.identifiers import OfficerId
from casework.practice.letters.letter_filling import LetterWords
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.letters.sending_letter import send_letter
from desktop.flows.letters.writing_letter import letter_to_send
from desktop.flows.record import editing
from desktop.store.database.remembered import CERTIFICATE, OFFICER, SERVICE, Certificate, CouncilService, Officer
from tests.desktop.documents.council import Council

COUNCIL = Council()
REFERRAL: dict[str, JSON] = {
    "school": "Millgate Primary",
    "pupil_name": "Reuben Tansley",
    "pupil_dob": "2017-05-03",
    "old_address": "22 Cobden Rise, Millgate",
    "last_attended": "2026-03-02",
    "submitted_on": "2026-03-24",
    "logged_on": "2026-03-25",
    "parents": [{"name": "Lorna Tansley", "phone": "01632 960155"}],
    "siblings": [{"name": "Esme Tansley", "date_of_birth": "2020-02-14", "school": "Millgate Infants"}],
    "team_says": "A worry in January.",
}


def as_role(desk: Desk, role: str) -> Desk:
    officer = Officer(id=OfficerId("nadia"), name="Bryony Cutler", role=role, council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    mine = COUNCIL.officer("Bryony Cutler", "nadia", starts=-3000, days=20_000)
    desk.vault.settings.put(CERTIFICATE, Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem))
    desk.vault.settings.put(SERVICE, CouncilService(ca_pem=COUNCIL.root_pem))
    desk.joined_anew()
    return desk


def child(desk: Desk, **more: JSON) -> str:
    known: dict[str, JSON] = {"given_name": "Reuben", "family_name": "Tansley", "date_of_birth": "2017-05-03", **more}
    return editing.new_record(desk, "child", known=known)


def referral(desk: Desk, **more: JSON) -> str:
    return editing.new_record(desk, "cme_case", child(desk), {**REFERRAL, **more})


def words(to: str = "", how: str = "secure_email", **places: str) -> LetterWords:
    return LetterWords(to, "", how, places)


def sent(desk: Desk, kind: str, about: str, said: LetterWords | None = None) -> str:
    return send_letter(desk, letter_to_send(desk, kind, about, said or words()), passphrase=PASSPHRASE)
