"""What a letter holds, beside its page: what the case fills in, and what only a person can say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from casework.canonical import JSON
from casework.forms.definition import Definition, Question, QuestionType
from casework.practice.letters.letter_filling import FilledPlace, LetterWords
from casework.practice.letters.letter_template import LETTER, READERS, SAID
from desktop.flows.letters.writing_letter import LetterToSend
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.fields.dates import DateEditor
from desktop.ui.kit.fields.editor import Editor, NarrativeEditor, TextEditor
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

FROM = {"case": "The case", "child": "The child", "sent": "Letters"}
MOST = 2000  # letters in one place
SIDES = (16, 10, 16, 10)


class LetterBoxes(QWidget):
    """`edited` carries the name of the box; `raw` is what stands in it, to be kept as it is."""

    edited = Signal(str)

    def __init__(self, letter: LetterToSend, form: Definition, kept: Mapping[str, JSON]) -> None:
        super().__init__()
        self._letter, self._form, self._kept = letter, form, kept
        self._editors: dict[str, Editor] = {}
        self._how = Segments([(o.code, o.label) for o in form.question("how").options], name="letter/how", label="How")
        self._given = label("", "caption", "muted", name="letter/given")
        page = column(self, gap=look().room(16))
        filled = [one for one in letter.text.places if one.told and one.place.root not in (SAID, LETTER)]
        if filled:
            page.addWidget(self._filled_in(filled))
        page.addWidget(self._to_say([one for one in letter.text.places if one not in filled]))
        given = Card(f"What {READERS[letter.template.reader]} is given", icon="eye")
        given.add(padded(self._given, SIDES))
        page.addWidget(given)
        self.show_given(letter)

    @property
    def paths(self) -> tuple[str, ...]:
        return (*self._editors, "how")

    def raw(self, path: str) -> JSON:
        return self._how.code() if path == "how" else self._editors[path].raw()

    def words(self) -> LetterWords:
        places = {path.partition(".")[2]: self._text(path) for path in self._editors if path.startswith("place.")}
        return LetterWords(self._text("to_name"), self._text("to_address"), self._how.code() or "", places)

    def day(self, path: str) -> date | None:
        """None while the boxes hold no whole day."""
        value = self._editors[path].read().value if path in self._editors else None
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None

    def problem(self) -> str:
        """Of the first box whose words are no answer: too many of them, or half a day."""
        return next((said for editor in self._editors.values() if (said := editor.read().problem)), "")

    def show_given(self, letter: LetterToSend) -> None:
        """Only what has words: everything else of the case stays here."""
        names = ", ".join(letter.may_have)
        self._given.setText(f"{names}. Nothing else that the case holds." if names else "Nothing of the case.")

    def first(self) -> QWidget:
        return self._editors["to_name"].target()

    def _text(self, path: str) -> str:
        value = self._editors[path].raw()
        return value if isinstance(value, str) else ""

    def _filled_in(self, filled: list[FilledPlace]) -> Card:
        card = Card("Filled in for you")
        for one in filled:
            card.add(padded(self._told(one), SIDES))
        return card

    def _told(self, one: FilledPlace) -> QWidget:
        """What the case says, where from, and a box once somebody wants it otherwise."""
        path, place = f"place.{one.place.id}", one.place
        change = Link("Change", name=f"letter/change/{place.id}", size="caption")
        change.setAccessibleDescription(place.label)
        said = label(one.told)
        name = label(place.label, "caption", "muted")
        name.setFixedWidth(look().px(130))
        line = beside(name, said, label(FROM[place.root], "caption", "muted", wrap=False), change, gap=8, stretch=1)
        holder = QWidget()
        box = column(holder, gap=4)
        box.addWidget(line)
        change.clicked.connect(lambda: self._change(path, one, box, change))
        if path in self._kept:
            self._change(path, one, box, change)
        return holder

    def _change(self, path: str, one: FilledPlace, box: QVBoxLayout, change: Link) -> None:
        change.setEnabled(False)
        question = Question(one.place.id, one.place.label, QuestionType.TEXT, longest=MOST)
        editor = self._editor(path, TextEditor(question, f"letter/{path}", one.place.label), one.told)
        box.addWidget(editor)
        editor.target().setFocus()

    def _to_say(self, places: list[FilledPlace]) -> Card:
        card = Card("For you to say")
        for widget in self._asked(places):
            card.add(padded(widget, SIDES), line=False)
        return card

    def _asked(self, places: list[FilledPlace]) -> Iterator[QWidget]:
        form, said = self._form, self._letter.said
        name = TextEditor(form.question("to_name"), "letter/to_name", "To")
        yield self._titled("to_name", "To", name, said.to_name)
        address = NarrativeEditor(form.question("to_address"), "letter/to_address", "Address")
        yield self._titled("to_address", "Address", address, said.to_address)
        for one in places:
            if one.place.root == LETTER:
                continue
            question = Question(one.place.id, one.place.label, QuestionType.TEXT, longest=MOST)
            path, words = f"place.{one.place.id}", one.place.label + ("" if one.place.needed else " (optional)")
            editor = NarrativeEditor(question, f"letter/{path}", words)
            yield self._titled(path, words, editor, "", one.place.hint)
        if self._letter.answer_by:
            last = DateEditor(form.question("answer_by"), "letter/answer_by", "Answer by")
            yield self._titled("answer_by", "Answer by", last, self._letter.answer_by.isoformat())
        day = DateEditor(form.question("sent_on"), "letter/sent_on", "It goes on")
        yield self._titled("sent_on", "It goes on", day, self._letter.sent_on.isoformat())
        kept = self._kept.get("how")
        self._how.put(kept if isinstance(kept, str) else None)
        self._how.chosen.connect(lambda _code: self.edited.emit("how"))
        yield titled("How it goes", "", self._how, buddy=self._how.target())

    def _titled(self, path: str, words: str, editor: Editor, value: JSON, hint: str = "") -> QWidget:
        self._editor(path, editor, value)
        return titled(words, hint, editor, buddy=editor.target())

    def _editor(self, path: str, editor: Editor, value: JSON) -> Editor:
        """With what was kept of it, before what would be suggested."""
        if path in self._kept:
            editor.put_raw(self._kept[path])
        else:
            editor.put(value)
        editor.edited.connect(lambda: self.edited.emit(path))
        self._editors[path] = editor
        return editor
