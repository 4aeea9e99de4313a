"""The bar on top: where one is, whether it is kept, and the program's own few actions; under it, a red banner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from desktop.style import Style, button, fix, label, set_role, set_state, space
from forms.french import time_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

THEMES = ((None, "Comme le système"), ("light", "Clair"), ("dark", "Sombre"), ("contrast", "Contraste élevé"))


class TopBar(QFrame):
    """One line of 48 pixels, the same on every page; what does not fit is cut at the end of the context."""

    lock_asked = Signal()
    mask_asked = Signal()

    def __init__(self, style: Style) -> None:
        """Lay out; the drafts' actions are hidden until ``show_open``."""
        super().__init__()
        self._style = style
        self._context = ""
        set_role(self, "bar")
        self.setProperty("side", "top")
        fix(self, height=48)
        row = QHBoxLayout(self)
        space(row, 16, (24, 0, 24, 0))
        row.addWidget(label("Permanence", "label"))
        self.context = label(role="second")
        self.context.setMinimumWidth(1)  # the context gives way, the actions do not
        row.addWidget(self.context, 1)
        self.kept = label(role="second")
        row.addWidget(self.kept)
        self.masking = self._action("Tourner l’écran  F8", self.mask_asked.emit)
        # Popped up by hand: a button with a menu of its own keeps a place for an arrow, and cuts its last letter.
        self.menu = self._menu()
        self.view = self._action("Affichage", self._open_menu)
        self.lock = self._action("Verrouiller  Ctrl+L", self.lock_asked.emit)
        for made in (self.masking, self.view, self.lock):
            row.addWidget(made)
        self.masking.hide()
        self.lock.hide()

    def _action(self, text: str, pressed: Callable[[], object]) -> QPushButton:
        made = button(text, "link-second", enter=True)
        made.setAccessibleName(text.partition("  ")[0])
        made.clicked.connect(lambda _on: pressed())
        return made

    def _open_menu(self) -> None:
        for action in self._themes.actions():
            action.setChecked(action.data() == self._style.chosen)
        self.menu.popup(self.view.mapToGlobal(self.view.rect().bottomLeft()))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for text, keys, done in (
            ("Agrandir", "Ctrl++", lambda: self._style.zoom_by(1)),
            ("Réduire", "Ctrl+-", lambda: self._style.zoom_by(-1)),
            ("Taille normale", "Ctrl+0", lambda: self._style.zoom_to(100)),
        ):
            # The keys are said, not bound here: the window's own shortcuts also take the keypad's.
            menu.addAction(f"{text}\t{keys}", done)
        menu.addSeparator()
        self._themes = group = QActionGroup(menu)
        for theme, text in THEMES:
            action = QAction(text, menu, checkable=True)
            action.setData(theme)
            action.triggered.connect(lambda _on, theme=theme: self._style.choose(theme))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def show_open(self, *, opened: bool, dossier: bool) -> None:
        """Show the actions of the open drafts, and those of a dossier."""
        self.lock.setVisible(opened)
        self.masking.setVisible(dossier)
        if not dossier:
            self.kept.clear()

    def show_context(self, text: str) -> None:
        """Say where one is."""
        self._context = text
        self.context.setAccessibleName(text)
        self._cut()

    def show_saved(self, when: dt.datetime | None) -> None:
        """Say when the dossier was last on the disk; ``None`` for one that has nothing to keep yet."""
        self.kept.setText(f"Enregistré à {time_of(when.astimezone())}" if when else "")
        set_role(self.kept, "second")

    def show_not_saved(self) -> None:
        """Say that it is not."""
        self.kept.setText("Non enregistré")
        set_role(self.kept, "error")

    def show_masked(self, *, masked: bool) -> None:
        """Name what the key does now."""
        self.masking.setText("Montrer les numéros  F8" if masked else "Tourner l’écran  F8")
        self.masking.setAccessibleName(self.masking.text().partition("  ")[0])

    def _cut(self) -> None:
        metrics = self.context.fontMetrics()
        self.context.setText(metrics.elidedText(self._context, Qt.TextElideMode.ElideRight, self.context.width()))
        self.context.setToolTip(self._context if self.context.text() != self._context else "")

    def event(self, event: QEvent) -> bool:
        """Cut the context again when the place for it changes."""
        done = super().event(event)
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._cut()
        return done


class Banner(QFrame):
    """The line that says that what is typed is not being kept; nothing hides it but a successful save."""

    retry_asked = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        set_role(self, "banner")
        row = QHBoxLayout(self)
        space(row, 16, (24, 8, 24, 8))
        self.text = label(wrap=True)
        row.addWidget(self.text, 1)
        self.retry = button("Réessayer", "danger", enter=True)
        self.retry.clicked.connect(self.retry_asked)
        row.addWidget(self.retry)
        self.hide()

    def say(self, text: str) -> None:
        """Show the line, to eyes and to screen readers."""
        self.text.setText(text)
        self.setAccessibleName(text)
        set_state(self, "error")
        self.show()


