"""Récapitulatif & validation: what blocks, all that was said with the way back to it, the papers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout

from desktop.desk.scene import Scene, line_of
from desktop.widgets.reading import read_in_order
from desktop.widgets.style import button, label, px, set_role, space
from desktop.wizard.foot import blocked_words, count_blocking
from desktop.wizard.form import Sections, join
from desktop.wizard.links import LinkList, Pressing
from desktop.wizard.page import Page
from desktop.wizard.papers import PaperRow, PapersCard
from desktop.wizard.told import Block, Row, blocks
from forms.dossier.documents import files_of, with_state
from forms.french import plural

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from desktop.fields.base import Field

BLOCKS = "blocks"
"""The way to what keeps the bulletin from being printed."""
_NARROW = 560  # logical pixels under which the cards stand under one another
_ROLES = {"": "text", "missing": "error", "wrong": "error", "wait": "attention"}


class BlockCard(QFrame):
    """One block of what was said."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        set_role(self, "card")
        self.block = block
        column = QVBoxLayout(self)
        space(column, 8, (16, 14, 16, 14))
        head = QHBoxLayout()
        head.addWidget(label(block.title, "heading", wrap=True), 1)
        self.change = button("Modifier", "link")
        self.change.setAccessibleName(f"Modifier : {block.title}")
        Pressing(self.change)
        head.addWidget(self.change, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        grid = QGridLayout()
        space(grid, 4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for index, row in enumerate(block.rows):
            self._row(grid, 2 * index, row)
        column.addLayout(grid)
        column.addStretch(1)

    def _row(self, grid: QGridLayout, place: int, row: Row) -> None:
        title = label(row.title, "second", wrap=True)
        value = label(row.value, _ROLES[row.state], wrap=True)
        rule = QFrame()
        set_role(rule, "rule")
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(title, place, 0, top)
        grid.addWidget(value, place, 1, top)
        grid.addWidget(rule, place + 1, 0, 1, 2)


class SummaryPage(Page):
    """The last step."""

    def __init__(self) -> None:
        super().__init__("summary")
        self.errors = QFrame()
        set_role(self.errors, "card-error")
        box = QVBoxLayout(self.errors)
        space(box, 8, (16, 14, 16, 14))
        self.errors_title = label("Ce qui empêche d’imprimer", "heading", wrap=True)
        self.errors_title.setProperty("no_ring", True)
        box.addWidget(self.errors_title)
        self.error_links = LinkList(state="error", bullets=False)
        self.error_links.wanted.connect(lambda path: self.wanted.emit(self._step_of(path), path))
        box.addWidget(self.error_links)
        self.column.addWidget(self.errors)
        self._blocks: list[Block] = []
        self.cards: list[BlockCard] = []
        self._across = 2
        self._grid = QGridLayout()
        space(self._grid, 14)
        self.column.addLayout(self._grid)
        self.papers = PapersCard()
        self.papers.stated.connect(self._state)
        self.papers.files_asked.connect(lambda key: self.beside.emit("files", key))
        self.papers.files_dropped.connect(lambda what: self.beside.emit("drop", what))
        self.papers.slip_asked.connect(lambda: self.beside.emit("slip", None))
        self.papers.undo_wanted.connect(self.undo_wanted)
        self.column.addWidget(self.papers)
        self.confirm = QFrame()
        set_role(self.confirm, "card")
        confirm = QVBoxLayout(self.confirm)
        space(confirm, 8, (16, 14, 16, 14))
        self.confirm_title = label("À savoir", "heading")
        self.confirm_title.setProperty("no_ring", True)
        confirm.addWidget(self.confirm_title)
        self.confirm_list = LinkList()
        self.confirm_list.wanted.connect(lambda path: self.wanted.emit(self._step_of(path), path))
        confirm.addWidget(self.confirm_list)
        self.column.addWidget(self.confirm)
        self.sections = Sections()
        join(self.sections, self)
        self.column.addWidget(self.sections)
        self.column.addStretch(1)
        self._scene: Scene | None = None

    def _step_of(self, path: str) -> str:
        return self._scene.step_of(path) if self._scene else "summary"

    def draw(self, scene: Scene) -> None:
        """Show the whole dossier."""
        self._scene = scene
        count = count_blocking(scene)
        self.errors.setVisible(bool(count))
        if count:
            self.errors_title.setText(blocked_words(count))
        unique = {issue.path or issue.message: issue for issue in reversed(scene.blocking())}
        ordered = reversed(list(unique.values()))
        self.error_links.show_items([(line_of(scene.dossier, issue), issue.path) for issue in ordered])
        self.introduction.setText("" if count else "Le dossier est complet : le bulletin peut être imprimé.")
        self.introduction.setVisible(not count)
        told = blocks(scene)
        if told != self._blocks:
            self._retell(told)
        self.papers.draw(scene)
        warnings = [i for i in scene.waiting() if i.code != "missing"]
        self.confirm.setVisible(bool(warnings))
        self.confirm_list.show_items([(line_of(scene.dossier, issue), issue.path) for issue in warnings])
        self.sections.draw(scene, scene.asks(self.step))

    def _retell(self, told: list[Block]) -> None:
        self._blocks = told
        for card in self.cards:
            self._grid.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [BlockCard(block) for block in told]
        for card in self.cards:
            card.change.clicked.connect(partial(self.wanted.emit, card.block.step, card.block.path))
        self._lay()

    def _lay(self) -> None:
        for card in self.cards:
            self._grid.removeWidget(card)
        for index, card in enumerate(self.cards):
            self._grid.addWidget(card, index // self._across, index % self._across)
            card.show()
        read_in_order(self.body)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if self._across == 2 else 0)  # noqa: PLR2004 - two columns

    @property
    def paper_rows(self) -> dict[tuple[str, str], PaperRow]:
        """Give the rows of the papers, by kind and person."""
        return self.papers.rows

    def _state(self, kind: str, person: str, state: str) -> None:
        held = files_of(self._scene.dossier, kind, person) if self._scene else ()
        gone = bool(held) and state == "missing"
        words = f"{plural(len(held), 'fichier joint retiré', 'fichiers joints retirés')}" if gone else "Pièce notée"
        change = partial(with_state, kind=kind, person=person, state=state)
        self.act(change, words, "documents", "removal" if gone else "card")

    def field(self, path: str) -> Field | None:
        """Give the field of a path."""
        return self.sections.field(path)

    def reach(self, path: str) -> bool:
        """Put the focus on a field, on the papers, or on the way back to a block that was being changed."""
        if path == BLOCKS:
            return not self.errors.isHidden() and self._reach_errors()
        if path == "documents" and self.paper_rows:
            row = next(iter(self.paper_rows.values()))
            row.radios.focus_in()
            self.show_whole(self.papers)
            self.show_whole(row)  # all the papers do not stand on a small screen: the first one does
            return True
        if path == "confirm" and not self.confirm.isHidden():
            self.confirm_title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_whole(self.confirm)
            return True
        change = self.change_button(path)
        if change is not None:
            change.setFocus(Qt.FocusReason.OtherFocusReason)
            self.show_whole(change)
            return True
        return super().reach(path)

    def _reach_errors(self) -> bool:
        (self.error_links.first() or self.errors_title).setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_whole(self.errors)
        return True

    def change_button(self, path: str) -> QPushButton | None:
        """Give the Modifier that leads to a path."""
        return next((card.change for card in self.cards if path and card.block.path == path), None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards under one another where there is little room."""
        super().resizeEvent(event)
        across = 1 if event.size().width() < px(_NARROW) else 2
        if across != self._across:
            self._across = across
            self._lay()
