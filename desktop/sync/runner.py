"""Does the machine's effects: the network through the transport, everything that stays through the vault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from typing import cast

from casework.canonical import JSON
from casework.dates_in_words import counted
from casework.errors import BugError
from casework.identifiers import DeviceId
from casework.wire.message import Message
from casework.wire.protocol import Hello, HelloReply, Pull, Push, seal
from desktop.store.database.remembered import DEVICE, FLOOR, LAST_HEARD, LEASE, OFFICER, REVOCATIONS, Lease, Revocations
from desktop.store.disk.errors import StalePage
from desktop.store.exchange.destroyed_here import DESTROYED
from desktop.store.exchange.service_answers import Answer
from desktop.store.vault import Vault
from desktop.sync import alarms, identity, recount, reviewing
from desktop.sync import events_and_effects as words
from desktop.sync.ahead import Ahead, Arrived
from desktop.sync.certificate_renewal import renew_if_soon
from desktop.sync.council_papers import fetch_papers
from desktop.sync.errors import NotTheCouncil, Refusal, UnknownLaptop, Unreachable
from desktop.sync.files.sending_files import Uploads
from desktop.sync.files.wanted_files import note_files
from desktop.sync.identity import ForgedOrder
from desktop.sync.machine import step
from desktop.sync.pages import page_of, while_pages_come
from desktop.sync.reaching import way_of
from desktop.sync.state import FILES_LEFT, REPLIES, WITHDRAWN, State
from desktop.sync.told.agenda_heard import keep_up_agenda
from desktop.sync.told.names import fetch_colleagues, fetch_names, note_authors
from desktop.sync.told.status_heard import fetch_status_told
from desktop.sync.transport import Now, RequestSigner, Transport
from desktop.sync.updates.offered_update import OFFERED, this_system

Forms = Mapping[str, tuple[int, ...]]
Progress = Callable[[str, int, int], None]
MANY = 100  # operations in a page: then it is worth making room in memory
CANCELLED = "You stopped it. What was sent was sent; the rest goes next time."
BEYOND_MENDING = (
    "Some stored words on this laptop were damaged and could not be fetched again. Tell your administrator."
)
DIFFERING = "This laptop and the council’s service do not show the same. Nothing was changed; tell your administrator."
DAMAGED = "A photograph could not be sent as it was taken. Open Sending to see which, and take it again if you can."


@dataclass(frozen=True, slots=True)
class SyncReport:
    """`problem` is one plain sentence, or None; `ending` is what follows from it."""

    pushed: int
    accepted: int
    held: int
    quarantined: int
    pulled: int
    finished_at: str
    problem: str | None
    ending: words.Ending = words.Ending.DONE
    files_sent: int = 0
    files_fetched: int = 0

    def to_json(self) -> dict[str, JSON]:
        return cast("dict[str, JSON]", {**asdict(self), "ending": self.ending.value, "is_ordinary": self.is_ordinary})

    @property
    def is_ordinary(self) -> bool:
        return self.ending.is_ordinary


class Runner:
    """One officer's laptop and its council."""

    def __init__(self, vault: Vault, *, now: Now, forms: Forms | None = None) -> None:
        """`forms`: the versions this laptop has, so that it is told of those it lacks only."""
        self._vault = vault
        self._now = now
        self._forms = forms or {}

    def sync(
        self,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        *,
        losses_confirmed: bool = False,
    ) -> SyncReport:
        """Raises NotJoined; a network that is not there is an outcome, not an error.

        `losses_confirmed`: a person has agreed that many records leave this laptop.
        """
        service = identity.service_of(self._vault)
        transport = way_of(self._vault, service, self._now)
        try:
            cycle = Cycle(
                self._vault, transport, now=self._now, progress=progress, cancelled=cancelled, forms=self._forms
            )
            return cycle.run(State(losses_confirmed=losses_confirmed))
        finally:
            transport.close()


class Cycle:
    """One reconciliation, over a transport that is already open."""

    def __init__(
        self,
        vault: Vault,
        transport: Transport,
        *,
        now: Now,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] = lambda: False,
        forms: Forms | None = None,
    ) -> None:
        self._vault = vault
        self._transport = transport
        self._now = now
        self._progress = progress or _silent
        self._cancelled = cancelled
        self._forms = forms or {}
        self._ahead = Ahead(vault, transport)
        self._while_running = ExitStack()
        self._page: Arrived | None = None
        self._greeting: HelloReply | None = None
        self._pulled = 0
        self._to_send = vault.outbox.count()
        self._told_of = vault.settings.get(DESTROYED).told

    def run(self, begun: State | None = None) -> SyncReport:
        """Until the machine says it is finished; then the photographs."""
        state, effects = step(begun or State(), words.Begin())
        with self._ahead, self._while_running:
            self._while_running.enter_context(while_pages_come())
            while not isinstance(effects[0], words.Finish):
                state, effects = step(state, self._event(effects[0]))
                self._progress("sending", state.tally.accepted, self._to_send)
        report = self._report(state, effects[0])
        self._vault.catch_up()
        return report

    def _event(self, effect: words.Effect) -> words.Event:
        number = effect.number
        if self._cancelled():
            return words.Unanswered(number, CANCELLED)
        try:
            return self._do(effect)
        except StalePage:
            return words.Stale(number)
        except Refusal as refusal:
            if isinstance(refusal, UnknownLaptop):
                self._vault.settings.put(identity.UNKNOWN_SINCE, self._now().isoformat())
            return words.Refused(number, refusal.status, refusal.code, str(refusal))
        except ForgedOrder as error:
            return words.Refused(number, 0, "forged_order", str(error))
        except (Unreachable, NotTheCouncil) as error:
            return words.Unanswered(number, str(error))

    def _do(self, effect: words.Effect) -> words.Event:  # noqa: PLR0911 - one line for each effect
        match effect:
            case words.LookBack(all_waiting=all_waiting):
                return self._known(effect.number, all_waiting=all_waiting)
            case words.Call(path=path, message=message, ahead=ahead):
                return words.Replied(effect.number, self._call(path, message, ahead))
            case words.Choose(max_ops=max_ops, max_bytes=max_bytes):
                return words.Chosen(effect.number, self._ahead.choose(max_ops, max_bytes))
            case words.Offer(after=after, limit=limit):
                own = self._vault.settings.get(DEVICE).id
                op_ids, upto = self._vault.relay.others(own, after=after, limit=limit)
                if not op_ids:
                    self._vault.settings.forget(identity.RELAYING)
                return words.Offered(effect.number, tuple(op_ids), upto)
            case words.Fetch(op_ids=op_ids):
                return words.Chosen(effect.number, tuple(seal(op) for op in self._vault.relay.operations(op_ids)))
            case words.Erase(order=order):
                identity.erase(self._vault, self._transport, order)
                return words.Known(effect.number, words.Facts(DeviceId("")))
            case _:
                self._keep(effect)
                return self._known(effect.number)

    def _call(self, path: str, message: Message, ahead: Pull | None) -> Message:
        match message:
            case Hello() if ahead is not None:
                return self._ahead.greet(message, ahead)
            case Pull():
                self._page = self._ahead.pull(message)
                return self._page.reply
            case Push():
                return self._ahead.push(message)
            case _:
                return self._transport.call(path, message, REPLIES[path], identity.signer_of(self._vault))

    def _keep(self, effect: words.Effect) -> None:
        """What changes the vault; each is durable, and harmless to repeat."""
        match effect:
            case words.KeepGreeting(reply=reply):
                self._keep_greeting(reply)
            case words.KeepAnswers(results=results, at=at):
                answers = [Answer(r.op_id, r.status, r.seq, r.code, r.detail) for r in results]
                self._vault.outbox.all_answered(answers, at=at, officer=self._vault.settings.get(OFFICER).id)
            case words.Restart(epoch=epoch, acked=acked, relays=relays, unannounced=unannounced):
                if unannounced:
                    alarms.raise_alarm(self._vault, alarms.SERVICE_WENT_BACK)
                if relays:  # kept first: a cut further on must not leave it undone
                    self._vault.settings.put(identity.RELAYING, value=True)
                self._vault.feed.restart(epoch)
                self._vault.outbox.send_again(self._vault.settings.get(DEVICE).id, after=acked)
                for name in identity.names_given_up(self._vault) if relays else ():
                    self._vault.outbox.send_again(name, after=0)
            case words.Entitle(buckets=buckets):
                self._vault.feed.entitle(buckets)
            case words.TakePage():
                self._take()
            case words.Fork():
                identity.fork(self._vault, self._transport)

    def _known(self, number: int, *, all_waiting: bool = False) -> words.Known:
        standing = self._vault.feed.standing()
        outbox = self._vault.outbox
        device = self._vault.settings.get(DEVICE).id
        facts = words.Facts(
            device_id=device,
            epoch=standing.epoch,
            cursor=standing.cursor,
            filling=standing.filling,
            entitled=standing.entitled,
            last_seq=outbox.last_number(device),
            waiting=outbox.count(),
            asking=tuple(dict.fromkeys([*outbox.ids(answered=not all_waiting), *self._vault.quarantine.asking()])),
            forms=self._forms,
            audit_head=_head(self._vault),
            seen=self._vault.feed.last_step(),
            crl_at=self._vault.settings.get(REVOCATIONS).at,
            now=self._now().isoformat(),
            relaying=self._vault.settings.get(identity.RELAYING),
        )
        return words.Known(number, facts)

    def _keep_greeting(self, reply: HelloReply) -> None:
        self._greeting = reply
        known = [r for r in reply.standing if r.status != "unknown"]
        if known:
            answers = [Answer(r.op_id, r.status, r.seq, r.code, r.detail) for r in known]
            self._vault.outbox.all_answered(answers, at=reply.now)
        heard = [
            LEASE.holding(Lease(reply.lease_until, reply.device_state)),
            LAST_HEARD.holding(self._now().isoformat()),
            FLOOR.holding(reply.floor),
            OFFERED.holding(reply.updates.get(this_system(), "")),
        ]
        if reply.crl_pem:
            heard.append(REVOCATIONS.holding(Revocations(reply.now, reply.crl_pem)))
        self._vault.settings.put_all(*heard)
        identity.hear_recovery_key(self._vault, reply.recovery)
        alarms.compare_trail(self._vault, reply.audit_head)
        if identity.is_unknown(self._vault):
            self._vault.settings.forget(identity.UNKNOWN_SINCE)

    def _take(self) -> None:
        if self._page is None:
            message = "a page was to be taken in before any had come"
            raise BugError(message)
        reply, operations, ready = self._page.reply, self._page.operations, self._page.ready
        if len(operations) >= MANY:
            self._while_running.enter_context(self._vault.feed.roomy())
        note_files(self._vault, operations)
        note_authors(self._vault, operations)
        self._vault.take(operations, page=page_of(reply), ready=ready)
        self._pulled += len(operations)
        self._progress("receiving", self._pulled, self._pulled)

    def _report(self, state: State, finish: words.Finish) -> SyncReport:
        sent, fetched, problem = self._files() if finish.problem is None else (0, 0, finish.problem)
        if finish.ending is words.Ending.OUTDATED:
            sent = self._last_files()
        if finish.problem == WITHDRAWN:
            sent, left = self._last_files(last=True), len(self._vault.attachments.to_send())
            problem = FILES_LEFT.format(files=counted(left, "file")) if left else problem
            finish = replace(finish, problem=problem)
        if problem is None and (alarm := alarms.take_alarm(self._vault)):
            finish, problem = replace(finish, problem=alarm, ending=words.Ending.REFUSED), alarm
        return SyncReport(
            state.tally.pushed,
            state.tally.accepted,
            state.tally.held,
            state.tally.quarantined,
            self._pulled,
            self._now().isoformat(),
            problem,
            finish.ending if problem == finish.problem else words.Ending.LATER,
            sent,
            fetched,
        )

    def _files(self) -> tuple[int, int, str | None]:
        """Records first, then names, then photographs; a network lost here leaves what was received as received."""
        signer = identity.signer_of(self._vault)
        uploads = Uploads(self._vault, self._transport, signer, self._cancelled)
        try:
            fetch_names(self._vault, self._transport, signer)
            fetch_colleagues(self._vault, self._transport, signer, self._now())
            fetch_status_told(self._vault, self._transport, signer)
            keep_up_agenda(self._vault, self._transport, signer, self._now())
            renew_if_soon(self._vault, self._transport, signer, self._now())
            unread = self._papers(signer)
            reviewing.ask_as_supervisor(self._vault, self._transport, signer)
            sent, damaged = uploads.send(self._now().isoformat())
            self._let_go()
            fetched, problem = uploads.fetch(), DAMAGED if damaged else unread
            if recount.is_due(self._vault, self._now()):
                problem = problem or self._problem(recount.check(self._vault, self._transport, signer, self._now()))
            return sent, fetched, problem
        except (Refusal, Unreachable, NotTheCouncil) as error:
            return 0, 0, str(error)

    def _let_go(self) -> None:
        """What the council destroyed, once nothing of it waits to be sent; with its photographs."""
        self._vault.feed.purge()
        if self._vault.settings.get(DESTROYED).told != self._told_of:
            self._vault.attachments.sweep()
            self._vault.feed.leave_no_trace()

    def _last_files(self, *, last: bool = False) -> int:
        """Of a laptop that is given nothing new: the photographs of what it wrote go up all the same; of one that was
        withdrawn also those whose words wait for a supervisor."""
        try:
            uploads = Uploads(self._vault, self._transport, identity.signer_of(self._vault), self._cancelled)
            return uploads.send(self._now().isoformat(), last=last)[0]
        except (Refusal, Unreachable, NotTheCouncil):
            return 0  # they wait, as Sending shows

    def _papers(self, signer: RequestSigner) -> str | None:
        """What the council published since."""
        heard = self._greeting
        if heard is None:
            return None
        return fetch_papers(self._vault, self._transport, signer, heard.council_file, heard.forms_missing)

    @staticmethod
    def _problem(found: recount.Checked) -> str | None:
        if found.damaged > found.mended:
            return BEYOND_MENDING
        return DIFFERING if found.differing or found.misread else None


def _head(vault: Vault) -> str:
    """The audit trail's length and last code: a later, shorter trail is then noticed by the council too."""
    return str(vault.audit.head())


def _silent(_what: str, _done: int, _total: int) -> None:
    """When nobody watches."""
