"""The wizard on screen: steps at the left, a page, what follows at the right; it passes what is done to the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.desk.scene import STEP_IDS, Scene
from desktop.fields.base import Field
from desktop.widgets.keys import bind
from desktop.widgets.reading import announce
from desktop.wizard.follows import in_one_line
from desktop.wizard.frame import Frame
from desktop.wizard.summary import BLOCKS
from desktop.wizard.why import say_why_date, say_why_price

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.desk.session import DossierSession, Past, Sort
    from desktop.wizard.page import Page
    from forms.dossier.model import Dossier


@dataclass
class _Talk:
    """What the wizard has said and may say; nothing of it is about the dossier."""

    typing: str = ""
    heard: frozenset[tuple[str, str]] = frozenset()
    asked: frozenset[str] = frozenset()
    masked: bool = False


class WizardView(Frame):
    """One open dossier."""

    left = Signal()
    """The user goes back to the list of dossiers."""
    preview_requested = Signal()
    print_requested = Signal()
    save_pdf_requested = Signal()
    beside = Signal(str, object)
    """As ``Page.beside``."""

    def __init__(self, session: DossierSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._talk = _Talk()
        self._detour = ""
        self._step = session.place[0] if session.place[0] in STEP_IDS else STEP_IDS[0]
        self._connect()
        session.changed.connect(self._changed)
        self.stack.setCurrentWidget(self.page)
        self.draw()

    # --- what it is made of ---

    def _connect(self) -> None:
        for page in self.pages.values():
            page.typed.connect(self._typed)
            page.edited.connect(self.session.edit)
            page.visited.connect(self._visited)
            page.left.connect(self._field_left)
            page.lost_focus.connect(page.begin)
            page.acted.connect(self._acted)
            page.wanted.connect(self._modify)
            page.undo_wanted.connect(self.undo)
            page.ordered.connect(self.reorder)
            page.beside.connect(self.beside)
        self.stepper.chosen.connect(self.go)
        self.stepper.leaving.connect(self.left)
        self.follows.wanted.connect(self.go_to_path)
        self.follows.relisted.connect(self.reorder)
        self.follows.why_price.connect(lambda: say_why_price(self.scene(), self))
        self.follows.why_date.connect(lambda: say_why_date(self.scene(), self))
        self.bar_button.clicked.connect(self.turn_panel)
        self.foot.back.connect(self.go_back)
        self.foot.on.connect(self.go_on)
        self.foot.check.connect(self.check)
        self.foot.preview.connect(self.preview_requested)
        self.foot.save_pdf.connect(self.save_pdf_requested)
        self.foot.print_.connect(self.print_requested)
        for name, done in (("next", self.go_on), ("undo", self.undo), ("redo", self.redo)):
            bind(self, name, done)
        for number, step in enumerate(STEP_IDS, 1):
            bind(self, f"step {number}", self._going(step))

    def _going(self, step: str) -> Callable[[], None]:
        return lambda: self.go(step)

    # --- what it shows ---

    @property
    def page(self) -> Page:
        """Give the page of the step on screen."""
        return self.pages[self._step]

    @property
    def step(self) -> str:
        """Give the step on screen."""
        return self._step

    def scene(self) -> Scene:
        """Give this moment, for the pages to draw."""
        session, talk = self.session, self._talk
        return Scene(
            session.dossier,
            session.assessment,
            session.convention,
            session.today,
            quotes=session.quotes() if self._step == "formula" else (),
            typing=talk.typing,
            heard=talk.heard,
            asked=talk.asked,
            masked=talk.masked,
            last=session.last,
        )

    def draw(self) -> None:
        """Draw the page on screen and what stands around it."""
        scene = self.scene()
        self.page.draw(scene)
        self.stepper.draw(scene, self._step)
        self.follows.draw(scene)
        self.foot.draw(scene, self._step, detour=bool(self._detour))
        self.bar_words.setText(in_one_line(scene))
        self.reorder()

    def _changed(self, _dossier: Dossier, _assessment: object) -> None:
        self.draw()

    # --- what is done in it ---

    def _typed(self, path: str, text: str) -> None:
        if self._talk.typing != path:
            self._talk.typing = path
            self._talk.heard = frozenset((issue.path, issue.code) for issue in self.session.assessment.issues)
        before = self.session.dossier
        self.session.type(path, text)
        if self.session.dossier is before:
            self.draw()

    def _visited(self, path: str) -> None:
        self.session.visit(path)
        self.session.move(self._step, path)
        field = QApplication.focusWidget()
        while field is not None and not isinstance(field, Field):
            field = field.parentWidget()
        if field is not None:
            self.page.show_whole(field)

    def _field_left(self, _path: str) -> None:
        self._talk.typing = ""
        self.draw()

    def _acted(self, function: Callable[[Dossier], Dossier], words: str, path: str, sort: str) -> None:
        self._talk.typing = ""
        self.session.apply(function, words, path=path, sort=cast("Sort", sort))

    def undo(self) -> None:
        """Take back the last visit or action, and go where it was."""
        self._travel(self.session.undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self._travel(self.session.redo)

    def _travel(self, move: Callable[[], Past | None]) -> None:
        self._talk.typing = ""
        past = move()
        if past is None:
            return
        self.draw()
        if not past.path:
            return
        step = self.scene().step_of(past.path)
        focused = QApplication.focusWidget()
        field = self.page.field(past.path) if step == self._step else None
        if field is None or focused is None or not field.isAncestorOf(focused):
            self.go(step, past.path)

    # --- where it goes ---

    def go(self, step: str, path: str = "") -> None:
        """Show a step, with the focus on a field, or on the step's title."""
        self._move(step)
        if step == "summary":
            self._detour = ""
            self._talk.asked = frozenset(STEP_IDS)
        self.draw()
        if not (path and self.page.reach(path)):
            self.page.begin()
        self.session.move(step, path)

    def _move(self, step: str) -> None:
        self.close_panel()
        self._talk.typing = ""
        if step != self._step:
            self._talk.asked |= {self._step}
            self._step = step
            self.stack.setCurrentWidget(self.page)

    def go_to_path(self, path: str) -> None:
        """Go where a path is shown, and say there what is missing or wrong."""
        step = {"documents": "summary", "confirm": "summary", "summary": "summary"}.get(path, "")
        step = step or self.scene().step_of(path)
        self._talk.asked |= {step}
        self.go(step, "" if path == "summary" else path)

    def go_on(self) -> None:
        """Go to the next step, or back to the summary when one came from there."""
        if self._detour:
            self._move("summary")
            back, self._detour = self._detour, ""
            self.go("summary", back)
            return
        index = STEP_IDS.index(self._step)
        if index + 1 < len(STEP_IDS):
            self.go(STEP_IDS[index + 1])

    def go_back(self) -> None:
        """Go to the step before; from the first one, back to the list of dossiers."""
        index = STEP_IDS.index(self._step)
        self._detour = ""
        if index:
            self.go(STEP_IDS[index - 1])
        else:
            self.left.emit()

    def step_out(self) -> None:
        """Close what follows, or go back to the summary one came from; a dossier itself is not left by a slip."""
        if self.is_narrow and not self.panel.isHidden():
            self.turn_panel()
        elif self._detour:
            self.go_on()

    def print_here(self) -> None:
        """Print from the summary, as its button does; from elsewhere, and while something blocks, go and see it."""
        if self._step == "summary" and self.session.assessment.printable:
            self.foot.print_button.click()
            return
        self.go("summary")
        announce(self.foot, self.foot.words.text())
        if not self.pages["summary"].reach(BLOCKS):
            self.foot.print_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _modify(self, step: str, path: str) -> None:
        """Leave the summary for a field, with a way back."""
        self._detour = path or step if step != "summary" else ""
        self._talk.asked |= {step}
        self.go(step, path)

    def check(self) -> None:
        """Say what is missing or wrong on this step, and go to the first."""
        self._talk.typing = ""
        self._talk.asked |= {self._step}
        self.draw()
        first = self.scene().first_error(self._step)
        if not (first and self.page.reach(first)):
            self.foot.words.setText("Rien à corriger sur cette étape.")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the focus on: to the preview's button when one comes back from there, else to the title."""
        super().focusInEvent(event)
        if self._step == "summary":
            self.foot.preview_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.page.title.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_masked(self, masked: bool) -> None:  # noqa: FBT001 - a Qt slot
        """Hide the NIR and IBAN while the screen is turned to the agent; no value changes."""
        self._talk.masked = masked
        self.remarks.set_masked(masked=masked)
        self.draw()
