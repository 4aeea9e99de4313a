"""The bar on top: where one is, whether it is kept, and the program's own few actions; under it, a red banner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton

from desktop.widgets.keys import shown
from desktop.widgets.reading import announce
from desktop.widgets.style import Style, button, fix, label, set_role, set_state, space

if TYPE_CHECKING:
    import datetime as dt
PRACTISE = "S’entraîner…"
_ZOOM = {"larger": "Agrandir", "smaller": "Réduire", "normal": "Taille normale"}
THEMES = ((None, "Comme le système"), ("light", "Clair"), ("dark", "Sombre"), ("contrast", "Contraste élevé"))


class TopBar(QFrame):
    """One line of 48 pixels, the same on every page; what does not fit is cut at the end of the context.

    Where even the first words of it, an agent's name, would be cut, the program's own name gives way to them.
    """

    asked = Signal(str)
    """What was pressed: ``lock``, ``turn``, ``help``, ``auto-lock``, ``passphrase``, ``recovery``, ``practice``."""

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
        self._row, self.brand = row, label("Permanence", "label")
        row.addWidget(self.brand)
        self.context = label(role="second")
        self.context.setMinimumWidth(1)  # the context gives way, the actions do not
        row.addWidget(self.context, 1)
        self.kept = label(role="second")
        row.addWidget(self.kept)
        self.masking = self._action(f"Tourner l’écran  {shown('turn')}", "turn")
        # Popped up by hand: a button with a menu of its own keeps a place for an arrow, and cuts its last letter.
        self.menu = self._menu()
        self.options = self._link("Options")
        self.options.clicked.connect(self._open_menu)
        self.lock = self._action(f"Verrouiller  {shown('lock')}", "lock")
        self.help = self._action(f"Aide  {shown('help')}", "help")
        for made in (self.masking, self.options, self.lock, self.help):
            row.addWidget(made)
        self.show_open(opened=False, dossier=False)

    def _link(self, text: str) -> QPushButton:
        made = button(text, "link-second", enter=True)
        made.setAccessibleName(text.partition("  ")[0])
        return made

    def _action(self, text: str, name: str) -> QPushButton:
        made = self._link(text)
        made.clicked.connect(lambda _on: self.asked.emit(name))
        return made

    def _open_menu(self) -> None:
        for action in self._themes.actions():
            action.setChecked(action.data() == self._style.chosen)
        self.menu.popup(self.options.mapToGlobal(self.options.rect().bottomLeft()))

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAccessibleName("Options")
        menu.addMenu(self._view_menu(menu))
        self._security = [
            self._item(menu, "Verrouillage automatique…", "auto-lock"),
            self._item(menu, "Changer la phrase de passe…", "passphrase"),
            self._item(menu, "Nouvelle clé de secours…", "recovery"),
        ]
        menu.addSeparator()
        self._item(menu, f"Les raccourcis clavier\t{shown('keys')}", "keys")
        self.practice = self._item(menu, PRACTISE, "practice")
        return menu

    def _item(self, menu: QMenu, text: str, name: str) -> QAction:
        action = menu.addAction(text)
        action.triggered.connect(lambda _on: self.asked.emit(name))
        return action

    def _view_menu(self, parent: QMenu) -> QMenu:
        menu = QMenu("Affichage", parent)
        for name, done in (
            ("larger", lambda: self._style.zoom_by(1)),
            ("smaller", lambda: self._style.zoom_by(-1)),
            ("normal", lambda: self._style.zoom_to(100)),
        ):
            # The keys are said, not bound here: the window's own shortcuts also take the keypad's.
            menu.addAction(f"{_ZOOM[name]}\t{shown(name)}", done)
        menu.addSeparator()
        self._themes = group = QActionGroup(menu)
        for theme, text in THEMES:
            action = QAction(text, menu, checkable=True)
            action.setData(theme)
            action.triggered.connect(lambda _on, theme=theme: self._style.choose(theme))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def show_practice(self, *, practice: bool) -> None:
        """Name the way into the practice, or out of it; there is nothing to lock or to protect in there."""
        self.practice.setText("Quitter l’entraînement" if practice else PRACTISE)
        if practice:
            self.lock.hide()
            for action in self._security:
                action.setVisible(False)

    def show_open(self, *, opened: bool, dossier: bool) -> None:
        """Show the actions of the open drafts, and those of a dossier."""
        self.lock.setVisible(opened)
        for action in self._security:
            action.setVisible(opened)
        self.masking.setVisible(opened)
        if not dossier:
            self.kept.clear()

    def show_context(self, text: str) -> None:
        """Say where one is."""
        self._context = text
        self.context.setAccessibleName(text)
        self._cut()

    def show_saved(self, when: dt.datetime | None) -> None:
        """Say when the dossier was last on the disk; ``None`` for one that has nothing to keep yet."""
        from forms.french import time_of  # noqa: PLC0415 - not for the first paint

        self.kept.setText(f"Enregistré à {time_of(when.astimezone())}" if when else "")
        set_role(self.kept, "second")

    def show_not_saved(self) -> None:
        """Say that it is not."""
        self.kept.setText("Non enregistré")
        set_role(self.kept, "error")

    def show_masked(self, *, masked: bool) -> None:
        """Name what the key does now."""
        self.masking.setText(f"{'Montrer les numéros' if masked else 'Tourner l’écran'}  {shown('turn')}")
        self.masking.setAccessibleName(self.masking.text().partition("  ")[0])

    def _cut(self) -> None:
        metrics = self.context.fontMetrics()
        first = self._context.partition(" · ")[0]
        beside = self.context.width()
        if self.brand.isHidden():
            beside -= self.brand.sizeHint().width() + self._row.spacing()
        self.brand.setVisible(not first or metrics.horizontalAdvance(f"{first}…") <= beside)
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
        announce(self, text, urgent=True)


class Specimen(QFrame):
    """The line over every page of the practice: nothing hides it but leaving."""

    left = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        set_role(self, "banner")
        set_state(self, "attention")
        row = QHBoxLayout(self)
        space(row, 12, (24, 6, 24, 6))
        row.addWidget(label("SPÉCIMEN", "label"))
        row.addWidget(label("Entraînement : personnes inventées, rien n’est gardé ni transmis.", wrap=True), 1)
        self.leave = button("Quitter l’entraînement", "link", enter=True)
        self.leave.clicked.connect(self.left)
        row.addWidget(self.leave)
        self.setAccessibleName("Spécimen")
        self.hide()
