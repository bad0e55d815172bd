"""The weekly look at everything: is each stored word still what was signed, and do both sides hold the same?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from casework.canonical import digest
from casework.identifiers import BucketId, OperationId
from casework.wire.protocol import MERGE_VERSION, DigestQuery, DigestReply, Fetch, Fetched, unseal
from desktop.store.database.remembered import Setting
from desktop.store.vault import Vault
from desktop.sync.transport import RequestSigner, Transport

EVERY = timedelta(days=7)
AT_ONCE = 200
CHECKED_AT = Setting("checked_at", str, "")


@dataclass(frozen=True, slots=True)
class Checked:
    """`damaged` words had changed on this disk, and `mended` of them came back. `differing` buckets hold other
    operations than the council's; `misread` ones hold the same and show something else: a fault in the program."""

    damaged: int = 0
    mended: int = 0
    differing: tuple[str, ...] = ()
    misread: tuple[str, ...] = ()


def is_due(vault: Vault, now: datetime) -> bool:
    """A week after the last look; a laptop that has never looked has just joined, and notes that."""
    last = vault.settings.get(CHECKED_AT)
    if not last:
        vault.settings.put(CHECKED_AT, now.isoformat())
        return False
    return abs(now - datetime.fromisoformat(last)) >= EVERY


def check(vault: Vault, transport: Transport, signer: RequestSigner, now: datetime) -> Checked:
    """Everything is read once; what is damaged is fetched anew, and nothing is ever overwritten one way."""
    damaged = vault.mending.damaged()
    mended = sum(_mend(vault, transport, signer, damaged[at : at + AT_ONCE]) for at in range(0, len(damaged), AT_ONCE))
    differing, misread = [], []
    for bucket in sorted(vault.feed.standing().entitled):
        reply = _compared(vault, transport, signer, bucket)
        if not reply.match:
            differing.append(bucket)
        elif reply.states_match is False:
            misread.append(bucket)
    vault.settings.put(CHECKED_AT, now.isoformat())
    found = Checked(len(damaged), mended, tuple(differing), tuple(misread))
    if found != Checked():
        vault.audit.add("alarm", damaged=len(damaged), mended=mended, differing=len(differing), misread=len(misread))
    return found


def state_sum(vault: Vault, bucket: BucketId) -> str:
    """One hash over what every record of a bucket shows; empty while one of them holds words that were not received,
    for then the two sides rightly show different things."""
    records = vault.feed.records(bucket)
    if records & vault.outbox.records():
        return ""
    return digest([[record_id, vault.view(record_id).content_hash] for record_id in sorted(records)])


def _mend(vault: Vault, transport: Transport, signer: RequestSigner, op_ids: list[OperationId]) -> int:
    asked = Fetch(epoch=vault.feed.standing().epoch, op_ids=op_ids)
    reply = transport.call("/v1/fetch", asked, Fetched, signer)
    return len(vault.mending.mend(unseal(sealed) for sealed in reply.ops))


def _compared(vault: Vault, transport: Transport, signer: RequestSigner, bucket: BucketId) -> DigestReply:
    standing = vault.feed.standing()
    found = vault.feed.recount(bucket)
    asked = DigestQuery(
        epoch=standing.epoch,
        bucket=bucket,
        at=standing.filling.get(bucket, standing.cursor),
        count=found.count,
        sum=found.hex,
        merge_version=MERGE_VERSION,
        state_sum=state_sum(vault, bucket),
    )
    return transport.call("/v1/digest", asked, DigestReply, signer)
