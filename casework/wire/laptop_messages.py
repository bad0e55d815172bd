"""The messages of a laptop’s own life: joining, becoming another after it was copied, and being withdrawn."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from casework.identifiers import DeviceId, OfficerId
from casework.records.operation import NAMED
from casework.wire.council_roots import MOST_STEPS, RootStep
from casework.wire.message import Count, Hex64, Hex128, Message

MAX_NAMES = 16  # that one laptop has had
DeviceState = Literal["active", "drain", "wipe", "wiped", "forked"]


class Formerly(Message):
    """A name that a laptop had before it joins again; `proof` is the former key's signature over `formerly_text`."""

    device_id: Annotated[DeviceId, NAMED]
    officer_id: Annotated[OfficerId, NAMED]
    signing_key: Hex64
    proof: Hex128


class Enrol(Message):
    """`proof` is the device key's signature over the code's secret."""

    secret: Annotated[str, Meta(min_length=16, max_length=16)]
    signing_key: Hex64
    proof: Hex128
    csr_pem: Annotated[str, Meta(max_length=8000)]
    app: Annotated[str, Meta(max_length=64)]
    formerly: Annotated[list[Formerly], Meta(max_length=MAX_NAMES)] = field(default_factory=list)


class OfficerCard(Message):
    id: OfficerId
    name: str
    role: str


class RecoveryTold(Message):
    """The council's recovery key, and in hexadecimal what its root says of it; see `council_recovery.key_text`."""

    public_pem: str
    signature: str


class Enrolled(Message):
    """`steps`: from each root that the council had to the next."""

    officer: OfficerCard
    council: str
    device_id: DeviceId
    certificate_pem: str
    ca_pem: str
    crl_pem: str
    epoch: str
    recovery: RecoveryTold | None = None
    steps: Annotated[list[RootStep], Meta(max_length=MOST_STEPS)] = field(default_factory=list)


class CertificateRequest(Message):
    """For a new certificate to sign documents with, before the one until now ends."""

    csr_pem: Annotated[str, Meta(max_length=8000)]


class CertificateIssued(Message):
    """With the issuing certificate after it, as in `Enrolled`."""

    certificate_pem: str


class Order(Message):
    """A wipe order: canonical text, and the signature of the council's own key over it (ECDSA, hexadecimal)."""

    text: Annotated[str, Meta(max_length=1000)]
    signature: Annotated[str, Meta(pattern=r"^[0-9a-f]{16,300}\Z")]


class ForkRequest(Message):
    """A laptop that is a copy of another asks for a name of its own; `proof` is the new key's signature over the old
    name."""

    signing_key: Hex64
    proof: Hex128


class Forked(Message):
    device_id: DeviceId


class WipeAck(Message):
    """Written before the keys are destroyed and sent after, as often as needed."""

    device_id: Annotated[DeviceId, NAMED]
    order_signature: Annotated[str, Meta(pattern=r"^[0-9a-f]{16,300}\Z")]
    unsent: Count
    signature: Hex128


class WipeAcked(Message):
    device_state: DeviceState
