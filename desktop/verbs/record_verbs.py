"""Verbs of one record: begin, answer, attach, decide, sign, export, verify."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cryptography import x509

from casework.canonical import JSON, parse
from casework.errors import AnswerError, KnownError, PasswordWanted
from casework.given_file import bytes_of
from casework.practice.manager_check import Verdict
from desktop.flows.access.unlocking import Gate
from desktop.flows.decisions import answer_history, conflicts, on_the_command_line
from desktop.flows.desk import Desk
from desktop.flows.due import new_record, report_leads_on
from desktop.flows.record import as_text, attaching, editing
from desktop.flows.record.already_here import already_here
from desktop.flows.record.life_refused import refuse_forbidden_beginning
from desktop.flows.signing import checking, copy_log, signing
from desktop.forms.forms_check import language_notes, mistakes, runs_out
from desktop.paths import resources
from desktop.verbs.caseload_verbs import table_saved
from desktop.verbs.result import Result
from desktop.verbs.store_verbs import opened_desk, passphrase, secret_in, typed_secret


def show(args: argparse.Namespace, desk: Desk) -> Result:
    return as_text.shown(desk, args.record), as_text.told(desk, args.record)


def begin(args: argparse.Namespace, desk: Desk) -> Result:
    said = _json_file(args.answers) if args.answers else {}
    new_record.refuse_other_roles(desk, args.form)
    for known in already_here(desk, "", said) if args.form == "child" else ():
        sys.stderr.write(f"{known.name} is on this laptop already. {known.line}\n")
    refuse_forbidden_beginning(desk, args.form, args.child or "", said)
    record_id = editing.new_record(desk, args.form, args.child or "", said)
    return {"record": record_id}, record_id


def answer(args: argparse.Namespace, desk: Desk) -> Result:
    changed = editing.answer(desk, args.record, _json_file(args.file))
    return {"record": args.record, "changed": changed}, f"Saved on this laptop: {changed} changed."


def attach(args: argparse.Namespace, desk: Desk) -> Result:
    done = attaching.attach_to(desk, args.record, args.question, args.file)
    said = f"{args.file.name}: kept on this laptop, encrypted. {done.notice}".rstrip()
    return {"record": args.record, "file": done.file, "notice": done.notice}, said


def tell_history(args: argparse.Namespace, desk: Desk) -> Result:
    path = answer_history.place_of(desk, args.record, args.question) if args.question else ""
    if not args.put_back:
        found = answer_history.history(desk, args.record, path)
        return answer_history.as_json(found), answer_history.told(found)
    if not path:
        message = "Name the question whose answer is to be put back: homeward history RECORD QUESTION --put-back STEP"
        raise AnswerError(message)
    answer_history.put_back(desk, args.record, path, args.put_back)
    editing.seal(desk, args.record)
    return {"record": args.record, "path": path, "put_back": args.put_back}, "Put back, as a new answer."


def list_decisions(_args: argparse.Namespace, desk: Desk) -> Result:
    found = conflicts.decisions(desk)
    return [on_the_command_line.as_json(one) for one in found], "\n\n".join(
        map(on_the_command_line.told, found)
    ) or "Nothing to decide."


def decide(args: argparse.Namespace, desk: Desk) -> Result:
    found = on_the_command_line.the_one(desk, args.record, args.path)
    if args.both:
        value: JSON = on_the_command_line.both_of(found)
    elif args.file:
        value = on_the_command_line.value_in(found, bytes_of(args.file))
    else:
        value = on_the_command_line.side_of(found, args.use).value
    made = conflicts.decide(desk, found.record_id, found.path, value, args.why, shown=tuple(args.seen))
    value = {"record": found.record_id, "path": found.path, "decision": made.op_id}
    return value, "Decided. Every text stays in the history."


def next_step(args: argparse.Namespace, desk: Desk) -> Result:
    if not args.step:
        found = report_leads_on.next_steps(desk, args.record)
        value: JSON = [{"step": one.code, "title": one.title, "opens": one.opens.value} for one in found]
        return value, "\n".join(f"{one.code}: {one.title}" for one in found) or "This report leads on to nothing."
    opened = report_leads_on.take_step(desk, args.record, args.step)
    said = f"{opened.record_id}: write the letter {opened.letter}" if opened.letter else opened.record_id
    return {"record": opened.record_id, "letter": opened.letter}, said


def sign(args: argparse.Namespace, desk: Desk) -> Result:
    found = signing.check(desk, args.record)
    for advice in found.advice if not found.stops else ():
        sys.stderr.write(f"Worth another look: {advice.text}\n")
    secret = passphrase(args, "Passphrase again, to sign: ")
    ink: JSON = _json_file(args.ink) if args.ink else None
    op_id = signing.sign(desk, args.record, name=args.name or desk.officer.name, passphrase=secret, ink=ink, read=found)
    return {"record": args.record, "signature": op_id}, "Signed and locked. Nobody can change this record now."


def check(args: argparse.Namespace, desk: Desk) -> Result:
    verdict = Verdict(args.verdict)
    secret = passphrase(args, "Passphrase again, to sign the check: ")
    name = args.name or desk.officer.name
    done = checking.give_check(desk, args.record, verdict, words=args.words, name=name, passphrase=secret)
    said = "Returned. Its author is asked for a correction." if verdict is Verdict.RETURNED else "Checked and approved."
    return {"record": args.record, "check": done, "verdict": args.verdict}, said


def export(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.signing import copy_password, exporting  # noqa: PLC0415 - what makes PDFs is slow to load

    if args.draft and (args.protect or args.password_file):
        message = "A draft takes no password: it goes to nobody. Sign the record first."
        raise KnownError(message)
    if args.draft:
        from desktop.flows.signing import previewing  # noqa: PLC0415 - as above

        made = previewing.save_draft(desk, args.record, args.copy, args.to)
        return {"file": str(made), "copy": args.copy}, f"Saved as {made.name}. It is a draft: nobody has signed it."
    given = copy_log.Given(args.given_to, args.how)
    password = _password_in(args) or (copy_password.made_password() if args.protect else "")
    done = exporting.export(
        desk, args.record, args.copy, args.to, replaced=args.replaced, given=given, password=password
    )
    if args.protect and not args.password_file:
        sys.stderr.write(f"The password of {done.path.name}: {password}\n{copy_password.TELL}\n")
    return {"file": str(done.path), "copy": args.copy}, f"{done.title}: saved as {done.path.name}. {done.note}"


def countersign(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.signing import countersigning  # noqa: PLC0415 - what makes PDFs takes half a second to load

    said = countersigning.countersign(desk, args.file, args.to)
    return {"file": str(args.to)}, f"Signed, and saved as {args.to.name}. {said}"


def strengthen(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.signing import strengthening  # noqa: PLC0415 - what makes PDFs takes half a second to load

    password = _password_in(args)
    found = strengthening.strengthen(desk, [args.file], (_pem(args.ca),) if args.ca else (), password=password)
    told: list[JSON] = [one.to_json() for one in found]
    return {"good": all(one.good for one in found), "files": told}, "\n".join(one.line for one in found)


def list_copies(args: argparse.Namespace, desk: Desk) -> Result:
    found = copy_log.copies_of(desk, args.record)
    if args.csv:
        return table_saved(args.csv, desk, "copies", copy_log.table_of(found))
    values: list[JSON] = [copy_log.as_json(one) for one in found]
    return values, copy_log.told(found)


def recall(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.signing.recall_notice import recall_copy  # noqa: PLC0415 - what makes PDFs is slow to load

    return {"copy": args.copy, "file": str(args.to)}, recall_copy(desk, args.copy, args.to)


def verify(args: argparse.Namespace, gate: Gate) -> Result:
    if not args.ca and gate.cards():
        with opened_desk(args, gate) as desk:
            return _verified(args, desk)
    return _verified(args, None, (_pem(args.ca),) if args.ca else ())


def _verified(args: argparse.Namespace, desk: Desk | None, roots: tuple[str, ...] = ()) -> Result:
    """Of a folder a line a file; it is good when each of them is. A password is asked for where one file wants it."""
    from desktop.flows.signing import pdf_check  # noqa: PLC0415 - what makes PDFs takes half a second to load

    path, password = args.file, _password_in(args)
    if not path.is_dir():
        try:
            verdict = pdf_check.verify(path, desk, roots, password)
        except PasswordWanted:
            if password:
                raise
            asked = typed_secret("This PDF is protected. Its password: ", "--password-file FILE")
            verdict = pdf_check.verify(path, desk, roots, asked)
        return verdict.to_json(), verdict.sentence
    found = pdf_check.verify_each([path], desk, roots, password=password)
    told: list[JSON] = [one.to_json() for one in found]
    return {"good": all(one.good for one in found), "files": told}, "\n".join(one.line for one in found)


def _password_in(args: argparse.Namespace) -> str:
    """Of the file that was named; empty where none was."""
    if not args.password_file:
        return ""
    found = secret_in(args.password_file).strip()
    if not found:
        message = f"There is no password in {args.password_file.name}."
        raise KnownError(message)
    return found


def _pem(path: Path) -> str:
    """Raises KnownError for a file that holds no certificate."""
    try:
        text = bytes_of(path).decode("ascii")
        x509.load_pem_x509_certificate(text.encode())
    except ValueError as error:
        message = f"{path.name} is not a certificate (a .pem file)."
        raise KnownError(message) from error
    return text


def _json_file(path: Path) -> dict[str, JSON]:
    value = parse(bytes_of(path))
    if not isinstance(value, dict):
        message = f"{path.name} must hold one object: {{question: answer}}."
        raise KnownError(message)
    return value


def check_forms(args: argparse.Namespace, gate: Gate) -> Result:
    council = args.council or resources() / "councils" / "rotherham.toml"
    folder = args.folder or resources() / "forms"
    found = mistakes(folder, council)
    warning = "" if found else runs_out(council, gate.now())
    warnings = [
        *([warning] if warning else []),
        *(() if found else language_notes(folder, council, every=args.council is None)),
    ]
    said = "\n".join(str(mistake) for mistake in found) or "Every form is sound."
    value: JSON = {"good": not found, "mistakes": [str(one) for one in found], "warnings": [*warnings]}
    return value, "\n".join([said, *warnings])
