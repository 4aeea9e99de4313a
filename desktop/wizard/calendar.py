"""The days around a change of cover: a drawn line of time, read in grey, and the same in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.style import colour, label, px, set_role, space, tokens
from desktop.wizard.compare_cell import fill
from forms.french import MONTHS, long_date, plural, typeset

if TYPE_CHECKING:
    from forms.assessment.answer import Calendar

_ONE_DAY = dt.timedelta(days=1)
_HIGH, _MONTHS, _BAR, _GAP, _MARK = 52, 18, 10, 4, 5  # logical pixels
_MOST = 12  # months that are named on the line
_ROLES = {"": "second", "adjoining": "second", "gap": "attention", "overlap": "attention"}

Line = tuple[str, str]
"""A sentence, and the role that it is drawn in."""


def between(days: Calendar) -> Line:
    """Say how the new cover follows the old one; an empty sentence where there is nothing to say."""
    new, old, count = days.effective_on, days.old_ends_on, days.days
    if new is None or old is None or count is None:
        return "", "second"
    if days.between == "gap":
        first, last = old + _ONE_DAY, new - _ONE_DAY
        text = f"{plural(count, 'jour')} sans couverture : {_from_to(first, last)}."
    elif days.between == "overlap":
        text = f"{plural(-count, 'jour')} de double couverture : {_from_to(new, old)}."
    else:
        text = "Sans interruption avec l’ancien contrat."
    return typeset(text), _ROLES[days.between]


def _from_to(first: dt.date, last: dt.date) -> str:
    return f"le {long_date(first)}" if first == last else f"du {long_date(first)} au {long_date(last)}"


def deadline(days: Calendar) -> str:
    """Say by when the file must be in; nothing where no day moves the date."""
    return f"Dossier complet au plus tard le {long_date(days.complete_by)}." if days.complete_by else ""


def lines(days: Calendar) -> list[Line]:
    """Give all of it in the order of time."""
    found: list[Line] = []
    if days.complete_by:
        found.append((deadline(days), "text"))
    if days.notice_by:
        found.append((f"Avis de résiliation envoyé au plus tard le {long_date(days.notice_by)}.", "text"))
    if days.old_ends_on:
        found.append((f"Dernier jour de l’ancien contrat : {long_date(days.old_ends_on)}.", "text"))
    if days.effective_on:
        found.append((f"Premier jour de couverture : {long_date(days.effective_on)}.", "text"))
    if days.earliest and days.earliest != days.effective_on:
        found.append((f"Au plus tôt, elle pouvait commencer le {long_date(days.earliest)}.", "second"))
    said = between(days)
    return [(typeset(text), role) for text, role in [*found, said] if text]


class Strip(QWidget):
    """The line of time: the old cover above, the new one below, what lies between them hatched, a mark at the last day.

    It says in words, to a screen reader, all that it draws.
    """

    def __init__(self) -> None:
        super().__init__()
        self._days: Calendar | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Calendar) -> None:
        """Draw these days; nothing while the effective date is not known."""
        self._days = days
        self.setVisible(days.effective_on is not None)
        said = "Calendrier : " + " ".join(text for text, _ in lines(days))
        self.setAccessibleName(typeset(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Give its height, at the zoom in use."""
        return QSize(px(120), px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Take any width."""
        return QSize(px(60), px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the months, both covers, what is between them, and the last day for the file."""
        del event
        days = self._days
        if days is None or days.effective_on is None:
            return
        known = [day for day in (days.effective_on, days.old_ends_on, days.complete_by) if day]
        scale = _Scale(months(min(known), max(known)), self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _draw_months(painter, scale, self.height())
        _draw_covers(painter, scale, days.effective_on, days.old_ends_on)
        if days.complete_by is not None:
            _draw_mark(painter, scale.x(days.complete_by))
        painter.end()


@dataclass(frozen=True)
class _Scale:
    """Where days stand across a width: the months shown, by their 1sts, and the pixels that they share."""

    starts: list[dt.date]
    width: int

    def x(self, day: dt.date) -> float:
        """Give the pixel at which a day begins, within the width."""
        whole = (self.starts[-1] - self.starts[0]).days
        return min(1.0, max(0.0, (day - self.starts[0]).days / whole)) * self.width


def _draw_months(painter: QPainter, scale: _Scale, height: int) -> None:
    font = QFont(tokens()["type"]["family"])
    font.setPixelSize(px(tokens()["type"]["small"]))
    painter.setFont(font)
    for start, end in pairwise(scale.starts):
        left, right = scale.x(start), scale.x(end)
        painter.setPen(QPen(colour("line"), 1))
        painter.drawLine(QPointF(left, 0), QPointF(left, height))
        name = MONTHS[start.month - 1]
        text = next((one for one in (name, name[:4], name[:1]) if _wide(painter, one) <= right - left - px(6)), "")
        painter.setPen(colour("second"))
        painter.drawText(QPointF(left + px(4), px(13)), text)


def _draw_covers(painter: QPainter, scale: _Scale, new: dt.date, old: dt.date | None) -> None:
    top, bar, both = px(_MONTHS), px(_BAR), 2 * px(_BAR) + px(_GAP)
    start = scale.x(new)
    painter.fillRect(QRectF(start, top + both - bar, scale.width - start, bar), colour("bar_first"))
    if old is None:
        return
    end = scale.x(old + _ONE_DAY)
    painter.fillRect(QRectF(0, top, end, bar), colour("bar_second"))
    if end < start:
        fill(painter, QRectF(end, top, start - end, both), "bar_third")
    elif end > start:
        painter.setPen(QPen(colour("attention"), px(2)))
        painter.drawRect(QRectF(start, top, end - start, both).adjusted(-1, -1, 1, 1))


def _wide(painter: QPainter, text: str) -> int:
    return painter.fontMetrics().horizontalAdvance(text)


def _draw_mark(painter: QPainter, x: float) -> None:
    """Draw the last day: a line through both covers, on a triangle."""
    top, half = px(_MONTHS), px(_MARK)
    bottom = top + 2 * px(_BAR) + px(_GAP)
    painter.setPen(QPen(colour("text"), px(2)))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("text"))
    foot = bottom + px(_MARK) + px(3)
    painter.drawPolygon(QPolygonF([QPointF(x, bottom), QPointF(x - half, foot), QPointF(x + half, foot)]))


def months(first: dt.date, last: dt.date) -> list[dt.date]:
    """Give the 1sts of the months that hold both days, and the 1st after them: a year of them at most."""
    found = [first.replace(day=1)]
    while found[-1] <= last and len(found) <= _MOST:
        found.append((found[-1] + dt.timedelta(days=31)).replace(day=1))
    return found


class CalendarView(QWidget):
    """The line of time and all of its words."""

    def __init__(self, days: Calendar) -> None:
        super().__init__()
        set_role(self, "surface")
        column = QVBoxLayout(self)
        space(column, 4)
        self.strip = Strip()
        self.strip.show_days(days)
        self.setAccessibleName(self.strip.accessibleName())
        column.addWidget(self.strip)
        column.addWidget(label(LEGEND, "second", wrap=True))
        for text, role in lines(days):
            column.addWidget(label(text, role, wrap=True))


LEGEND = typeset(
    "En haut l’ancien contrat, en bas le nouveau ; le trait sur sa pointe : le dernier jour pour le dossier complet."
)
