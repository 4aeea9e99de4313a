"""The look of every widget: tokens of resources/style, made into a style sheet, a palette and lengths that zoom."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QLayout, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from forms.resources import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QStyleHints

_LENGTH = re.compile(r"\b(\d+)u\b")
_NAMED = re.compile(r"\$\{?(\w+)\}?")

DRAWN = ("-style", "Fusion")
"""How an application is started to be drawn by Qt itself, alike on every system."""

ROLES = {
    "title", "heading", "text", "label", "second", "error", "attention", "figure", "chip", "key",
    "primary", "secondary", "danger", "link", "link-second", "quiet",
    "card", "card-active", "card-error", "card-attention", "panel", "bar", "banner", "rule", "ground", "surface",
}  # fmt: skip
"""Every value of the property ``role`` that permanence.qss knows; a test compares them."""


@cache
def tokens() -> dict[str, Any]:
    """Read style.toml: ``type``, ``space``, ``radius``, ``size``, ``zoom``, ``themes``, ``stands``."""
    return tomllib.loads(resource("style", "style.toml").read_text(encoding="utf-8"))


def sheet(theme: str, zoom: int) -> str:
    """Give the application's style sheet for a theme (``light``, ``dark``, ``contrast``) at a zoom in per cent."""
    look = tokens()
    names = {
        "theme": theme,
        **look["themes"][theme],
        **{f"size_{name}": f"{size}u" for name, size in look["type"].items() if isinstance(size, int)},
        **{f"radius_{name}": f"{size}u" for name, size in look["radius"].items()},
        # Qt draws a radius above half the side as a square: half of what the scaled indicator really measures.
        "radio": f"{(scaled(16, zoom) + 2) // 2}px",
        "radio_dot": f"{scaled(16, zoom) + 2 - 2 * scaled(5, zoom)}px",
    }
    text = resource("style", "permanence.qss").read_text(encoding="utf-8")
    text = _NAMED.sub(lambda found: names[found[1]], text)
    return _LENGTH.sub(lambda found: f"{scaled(int(found[1]), zoom)}px", text)


def scaled(length: int, zoom: int) -> int:
    """Give a length at a zoom in per cent, rounded half up; never nothing where there was something."""
    return max(1, (length * zoom + 50) // 100) if length else 0


def palette(theme: str) -> QPalette:
    """Give the colours for what no style sheet reaches: Qt's own dialogues, placeholders, disabled text."""
    colours = {name: QColor(value) for name, value in tokens()["themes"][theme].items()}
    made = QPalette()
    role = QPalette.ColorRole
    for place, name in {
        role.Window: "ground", role.Base: "surface", role.AlternateBase: "surface", role.Button: "surface",
        role.WindowText: "text", role.Text: "text", role.ButtonText: "text", role.PlaceholderText: "second",
        role.Highlight: "accent", role.HighlightedText: "on_accent", role.Accent: "accent",
        role.Link: "accent", role.LinkVisited: "accent", role.ToolTipBase: "surface", role.ToolTipText: "text",
        role.Mid: "line", role.Midlight: "line", role.Dark: "field",
    }.items():  # fmt: skip
        made.setColor(place, colours[name])
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, colours["second"])
    return made


class Style(QObject):
    """The one style of the program: theme, zoom, and the signal that says that either changed."""

    changed = Signal()

    def __init__(self, app: QApplication, *, theme: str | None = None, zoom: int = 100, drawn: bool = False) -> None:
        """Dress ``app``; ``theme`` stays as given, or follows the system when it is ``None``.

        ``drawn``: it was started with ``DRAWN`` already.
        """
        super().__init__(app)
        self._app = app
        self._chosen = theme
        self._zoom = zoom
        self._lifted = False
        global _in_use  # noqa: PLW0603 - asked for at each length and colour: to search the application takes longer
        _in_use = self
        QDir.addSearchPath("style", str(resource("style")))
        for file in sorted(resource("fonts").glob("*.ttf")):
            QFontDatabase.addApplicationFont(str(file))
        if not drawn:
            app.setStyle("Fusion")  # to name QStyle, which it gives, makes its enums: 6 ms of the first paint
        hints = app.styleHints()
        # A queued call: the system's palette event comes after the signal, and would put its colours over ours.
        hints.colorSchemeChanged.connect(self._dress, Qt.ConnectionType.QueuedConnection)
        self._dress()

    @property
    def theme(self) -> str:
        """Give the theme in use: the chosen one, else the system's."""
        return self._chosen or _systems(self._app.styleHints())

    @property
    def chosen(self) -> str | None:
        """Give the theme that was chosen; ``None``: the system's is followed."""
        return self._chosen

    @property
    def zoom(self) -> int:
        """Give the zoom in use, in per cent: the chosen one, and a level more while the screen is turned."""
        return _next(self._zoom, 1) if self._lifted else self._zoom

    @property
    def chosen_zoom(self) -> int:
        """Give the zoom that was chosen."""
        return self._zoom

    def lift(self, *, lifted: bool) -> None:
        """Draw everything a level larger than was chosen, or as it was chosen again."""
        if lifted != self._lifted:
            self._lifted = lifted
            self._dress()

    def choose(self, theme: str | None) -> None:
        """Keep to a theme, or follow the system again."""
        self._chosen = theme
        self._dress()

    def zoom_to(self, zoom: int) -> None:
        """Draw everything at ``zoom`` per cent, from 100 to 200."""
        levels = tokens()["zoom"]["levels"]
        self._zoom = min(max(zoom, levels[0]), levels[-1])
        self._dress()

    def zoom_by(self, steps: int) -> None:
        """Go to a next level, up or down; nothing happens past the last."""
        self.zoom_to(_next(self._zoom, steps))

    def _dress(self) -> None:
        look = tokens()
        font = QFont(look["type"]["family"])
        font.setPixelSize(scaled(look["type"]["text"], self.zoom))
        self._app.setFont(font)
        self._app.setPalette(palette(self.theme))
        self._app.setStyleSheet(sheet(self.theme, self.zoom))
        for widget in self._app.allWidgets():
            _measure(widget)
        self.changed.emit()


_in_use: Style | None = None


def _next(zoom: int, steps: int) -> int:
    """Give the level so many steps from a zoom, within the levels."""
    levels: list[int] = tokens()["zoom"]["levels"]
    here = min(range(len(levels)), key=lambda index: abs(levels[index] - zoom))
    return levels[min(max(here + steps, 0), len(levels) - 1)]


def _systems(hints: QStyleHints) -> str:
    accessibility = getattr(hints, "accessibility", None)  # since Qt 6.10
    if accessibility is not None and accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def style() -> Style | None:
    """Give the style of the running program; ``None`` before it is dressed."""
    return _in_use if _in_use is not None and isValid(_in_use) else None


def px(length: int) -> int:
    """Give a length of the design at the zoom in use."""
    found = style()
    return scaled(length, found.zoom if found else 100)


def colour(name: str) -> QColor:
    """Give a colour of the theme in use by its token's name, for what is painted by hand."""
    found = style()
    return QColor(tokens()["themes"][found.theme if found else "light"][name])


def set_role(widget: QWidget, role: str) -> None:
    """Say what a widget is (see ``ROLES``); permanence.qss decides how it looks."""
    if role not in ROLES:
        raise ValueError(role)
    _polished(widget, "role", role)


def ground(widget: QWidget) -> QWidget:
    """Give a widget the window's ground."""
    set_role(widget, "ground")
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return widget


def set_state(widget: QWidget, state: str) -> None:
    """Say how a field or a chip stands: ``error``, ``attention`` or an empty text."""
    _polished(widget, "state", state)


def _polished(widget: QWidget, name: str, value: str) -> None:
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        return  # Qt does so itself before it is measured or shown; and to name QStyle here makes its enums, 6 ms
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def label(text: str = "", role: str = "text", *, wrap: bool = False) -> QLabel:
    """Make a label; what it shows is plain text unless the caller says otherwise."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def button(text: str, role: str = "secondary", *, enter: bool = False) -> QPushButton:
    """Make a button; ``enter``: the Enter key presses it too while it has the focus, as the space bar always does."""
    made = QPushButton(text)
    made.setAutoDefault(enter)
    if role.startswith("link"):
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    set_role(made, role)
    return made


def field(name: str, placeholder: str = "") -> QLineEdit:
    """Make a one-line field with the name that a screen reader says."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made


def space(
    layout: QLayout, between: int = 12, around: tuple[int, int, int, int] = (0, 0, 0, 0), *, across: int | None = None
) -> None:
    """Give a layout its spacing and margins (left, top, right, bottom) at 100 %; they follow the zoom.

    ``across``: what stands between the columns of a grid, where that is not ``between``.
    """
    layout.setProperty("design_space", [between, *around, between if across is None else across])
    _spread(layout)


def fix(widget: QWidget, *, width: int | None = None, height: int | None = None, at_most: int | None = None) -> None:
    """Give a widget a width, a height or a largest width at 100 %; they follow the zoom."""
    widget.setProperty("design_size", [width or 0, height or 0, at_most or 0])
    _measure(widget)


def _spread(layout: QLayout) -> None:
    values = layout.property("design_space")
    if values is not None:
        between, left, top, right, bottom, across = (px(int(value)) for value in values)
        layout.setSpacing(between)
        if isinstance(layout, QGridLayout):
            layout.setHorizontalSpacing(across)
        layout.setContentsMargins(left, top, right, bottom)


def _measure(widget: QWidget) -> None:
    values = widget.property("design_size")
    if values is not None:
        width, height, at_most = (px(int(value)) for value in values)
        if width:
            widget.setFixedWidth(width)
        if height:
            widget.setFixedHeight(height)
        if at_most:
            widget.setMaximumWidth(at_most)
    top = widget.layout()
    if top is not None:
        for layout in (top, *top.findChildren(QLayout)):
            _spread(layout)
