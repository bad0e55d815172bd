"""Every form of a folder at every version, with one council’s changes made; pure, from texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from casework.errors import DefinitionError, FormError
from casework.forms.changing import changed_form, changed_lists
from casework.forms.definition import Definition
from casework.forms.definition_checks import verified
from casework.forms.faults import Fault, definition_error, line_of
from casework.forms.loading import build, load, load_shared, parse_toml
from casework.forms.questions import NOTHING_SHARED, Shared
from casework.forms.versions import narrowed
from casework.practice.council import Council

LISTS = "lists.toml"


class Library:
    """Definitions by id and version. Each form needs one file; older versions stand beside it for ever.

    `published`: versions that came by themselves, each with the changes of the council file it was published under.
    """

    def __init__(self, texts: Mapping[str, str], council: Council, published: Iterable[Definition] = ()) -> None:
        self.council = council
        shared = load_shared(texts[LISTS], file=LISTS) if LISTS in texts else NOTHING_SHARED
        self.shared = _in_council_file(council, lambda: changed_lists(shared, council.lists))
        self._forms: dict[str, dict[int, Definition]] = {}
        for file, text in sorted(texts.items()):
            if file != LISTS:
                self._add(file, text)
        for definition in published:
            self._forms.setdefault(definition.id, {}).setdefault(definition.version, definition)
        self._forms = {form_id: _as_given_now(versions) for form_id, versions in self._forms.items()}
        self._refuse_changes_to_nothing()

    def _add(self, file: str, text: str) -> None:
        definition = load(text, shared=self.shared, file=file)
        versions = self._forms.setdefault(definition.id, {})
        if definition.version in versions:
            other = versions[definition.version].source_file
            message = f"{other} already holds version {definition.version} of '{definition.id}'."
            raise DefinitionError(file, line_of(text, ("version",)), message)
        versions[definition.version] = self._changed(definition, file, text)

    def _changed(self, definition: Definition, file: str, text: str) -> Definition:
        changes = tuple(change for change in self.council.changes if change.form == definition.id)
        if not changes:
            return definition
        data = parse_toml(text, file)
        try:
            return verified(build(changed_form(data, changes), self.shared, file))
        except Fault as found:
            here = found if found.path and found.path[0] in ("change", "add") else Fault(changes[0].path, found.message)
            raise definition_error(self.council.source_file, self.council.text, here) from None

    def _refuse_changes_to_nothing(self) -> None:
        for change in self.council.changes:
            if change.form not in self._forms:
                here = Fault(change.path, f"no form is called '{change.form}'.")
                raise definition_error(self.council.source_file, self.council.text, here)

    def form(self, form_id: str, version: int | None = None) -> Definition:
        """One form, at its newest version unless told; raises FormError when it is not here."""
        versions = self._forms.get(form_id)
        if not versions:
            msg = f"There is no form called {form_id} here."
            raise FormError(msg)
        number = max(versions) if version is None else version
        if number not in versions:
            msg = f"Version {number} of {form_id} is not on this laptop yet. It comes with the next update."
            raise FormError(msg)
        return versions[number]

    def ids(self) -> tuple[str, ...]:
        """Every form, by id."""
        return tuple(sorted(self._forms))

    def versions(self, form_id: str) -> tuple[int, ...]:
        """Every version of a form, oldest first."""
        return tuple(sorted(self._forms.get(form_id, ())))


def _as_given_now(versions: Mapping[int, Definition]) -> dict[int, Definition]:
    """An old record is given to nobody to whom the newest version of its form would not give it."""
    newest = versions[max(versions)]
    renamed = {mapping.from_version: mapping.renamed for mapping in newest.mappings}
    return {
        number: old if old is newest else narrowed(old, newest, renamed.get(number, {}))
        for number, old in versions.items()
    }


def _in_council_file(council: Council, change: Callable[[], Shared]) -> Shared:
    try:
        return change()
    except Fault as found:
        raise definition_error(council.source_file, council.text, found) from None
