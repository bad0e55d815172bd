"""Who this laptop is to the council: its key, its new name when it turns out to be a copy, and its end."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import structs

from casework.canonical import parse
from casework.errors import AnswerError, NotJoined
from casework.identifiers import DeviceId
from casework.records import Operation, Stamp
from casework.wire.council_recovery import key_text
from casework.wire.council_roots import is_said_by_one, roots_in
from casework.wire.laptop_messages import Forked, ForkRequest, Order, RecoveryTold, WipeAck, WipeAcked
from casework.wire.message import Message
from casework.wire.signed_texts import fork_text, wipe_ack_text
from desktop.store.database.remembered import DEVICE, SERVICE, CouncilService, Device, Former, Setting
from desktop.store.vault import Vault
from desktop.sync.errors import SyncError
from desktop.sync.reaching import PROXY, way_to
from desktop.sync.transport import Now, RequestSigner, Transport

# Since when the council's service does not know this laptop.
UNKNOWN_SINCE: Setting[str | None] = Setting("unknown_since", str | None, None)
FORKING = Setting("forking", str, "")  # the key of a copy that has not been given its name yet
RELAYING = Setting("relaying", bool, False)  # a restored service has yet to be offered what colleagues wrote
ACK_SUFFIX = ".erased.json"
FORGED = "The council’s service sent an order to erase this laptop that the council did not sign. Nothing was erased."


class ForgedOrder(SyncError):
    """A wipe order without the council's own signature: ignored, and noted as an alarm."""


class WipeNote(Message):
    """What is still to be told of a vault that is gone: to whom, and in which words."""

    url: str
    ca_pem: str
    ack: WipeAck
    proxy: str = ""


def service_of(vault: Vault) -> CouncilService:
    """Raises NotJoined before enrolment."""
    found = vault.settings.get(SERVICE)
    if not found.url or not vault.settings.get(DEVICE).id:
        message = "This laptop has not joined a council yet."
        raise NotJoined(message)
    return found


def is_unknown(vault: Vault) -> bool:
    return vault.settings.get(UNKNOWN_SINCE) is not None


def names_of(vault: Vault) -> frozenset[DeviceId]:
    """Under which what waits is sent as it was signed: this laptop's name, and those it had before it joined again."""
    device = vault.settings.get(DEVICE)
    return frozenset([device.id, *(former.id for former in device.formerly if not former.is_shared)])


def every_name(vault: Vault) -> list[tuple[DeviceId, str]]:
    """What this laptop has been called, oldest first, each with the key it signed with."""
    device = vault.settings.get(DEVICE)
    now = [(device.id, device.signing_key)] if device.id else []
    return [*((former.id, former.signing_key) for former in device.formerly), *now]


def names_given_up(vault: Vault) -> list[DeviceId]:
    """Whose words are sent as they were signed. Not one that a copy had too: what waited under it is numbered anew."""
    return [former.id for former in vault.settings.get(DEVICE).formerly if not former.is_shared]


def renamed(vault: Vault, name: DeviceId, key: Ed25519PrivateKey, *, is_shared: bool = False) -> Device:
    """This laptop under another name; the name there is stays, with its key, for what was signed by it."""
    old = vault.settings.get(DEVICE)
    formers = old.formerly
    if old.id not in ("", name):
        formers = (*formers, Former(old.id, old.signing_key, is_shared))
    return Device(name, name, key.private_bytes_raw().hex(), formers)


def signer_of(vault: Vault) -> RequestSigner:
    device = vault.settings.get(DEVICE)
    return RequestSigner(device.id, _key(device.signing_key))


def fork(vault: Vault, transport: Transport) -> None:
    """Takes a name of its own. The new key is kept before it is sent, so that a lost answer can be asked for again."""
    old = signer_of(vault)
    key = _forking_key(vault)
    asked = ForkRequest(
        signing_key=key.public_key().public_bytes_raw().hex(), proof=key.sign(fork_text(old.device_id)).hex()
    )
    reply = transport.call("/v1/device/fork", asked, Forked, old)
    vault.settings.put(DEVICE, renamed(vault, reply.device_id, key, is_shared=True))
    vault.settings.forget(FORKING)
    renumber(vault)


def renumber(vault: Vault) -> None:
    """What waits under a name that a copy has too gets the new one, new numbers and new signatures; its ids stay."""
    signer = signer_of(vault)

    def remake(old: Operation, stamp: Stamp) -> Operation:
        return replace(old, device_id=signer.device_id, device_seq=stamp.device_seq).sealed_with(signer.key)

    vault.outbox.renumber(signer.device_id, remake, stays=names_of(vault))


def erase(vault: Vault, transport: Transport, order: Order | None) -> None:
    """Raises ForgedOrder, and erases nothing, unless the council itself signed the order for this laptop.

    The keys go first; the word that they are gone waits beside the folder until the council has it.
    """
    signer, service = signer_of(vault), service_of(vault)
    if order is None or not is_genuine(order, service.roots_pem, signer.device_id):
        vault.audit.add("alarm", words=FORGED)
        raise ForgedOrder(FORGED)
    unsent = vault.outbox.count()
    ack = WipeAck(
        device_id=signer.device_id,
        order_signature=order.signature,
        unsent=unsent,
        signature=signer.key.sign(wipe_ack_text(signer.device_id, order.signature, unsent)).hex(),
    )
    note = vault.folder.with_name(vault.folder.name + ACK_SUFFIX)
    note.write_bytes(
        WipeNote(url=service.url, ca_pem=service.roots_pem, ack=ack, proxy=vault.settings.get(PROXY)).to_bytes()
    )
    vault.erase()
    transport.ask("/v1/device/wipe-ack", ack, WipeAcked)
    note.unlink()


def confirm_erased(home: Path, now: Now) -> int:
    """Tells the council of vaults erased while it could not be told. To be called when the program starts; how many."""
    count = 0
    for note in sorted(home.glob(f"*{ACK_SUFFIX}")):
        found = WipeNote.from_bytes(note.read_bytes())
        transport = way_to(found.url, found.ca_pem, now, proxy=found.proxy)
        try:
            transport.ask("/v1/device/wipe-ack", found.ack, WipeAcked)
        finally:
            transport.close()
        note.unlink()
        count += 1
    return count


def is_genuine(order: Order, roots_pem: str, device_id: DeviceId) -> bool:
    """Signed with a root of the council that this laptop joined, and for this laptop. Also with one that has ended
    since: a stolen laptop may come back late."""
    if not is_said_by_one(roots_in(roots_pem), order.text, order.signature):
        return False
    try:
        content = parse(order.text)
    except AnswerError:
        return False
    return isinstance(content, dict) and (content.get("do"), content.get("device")) == ("wipe", device_id)


def vouched_recovery_key(told: RecoveryTold | None, ca_pem: str) -> str:
    """The recovery key, where the council's root says that it is the council's; else empty. Whoever runs the service
    alone could put their own in its place, and open every store that was sealed to it."""
    try:
        if told is not None and is_said_by_one(roots_in(ca_pem), key_text(told.public_pem), told.signature):
            return told.public_pem
    except (AnswerError, ValueError):
        pass
    return ""


def hear_recovery_key(vault: Vault, told: RecoveryTold | None) -> None:
    """Of a council whose root signed it after this laptop joined; it gets its slot at the next unlocking."""
    service = vault.settings.get(SERVICE)
    if told is None or told.public_pem == service.recovery_public_pem:
        return
    if found := vouched_recovery_key(told, service.ca_pem):
        vault.settings.put(SERVICE, structs.replace(service, recovery_public_pem=found))


def _forking_key(vault: Vault) -> Ed25519PrivateKey:
    if held := vault.settings.get(FORKING):
        return _key(held)
    key = Ed25519PrivateKey.generate()
    vault.settings.put(FORKING, key.private_bytes_raw().hex())
    return key


def _key(text: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
