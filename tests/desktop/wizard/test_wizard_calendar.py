"""The calendar: what is drawn, and the same in words, in every case; where the date is, and where it is explained."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from desktop.widgets.style import colour, px
from desktop.wizard.calendar import CalendarView, Strip, between, lines, months
from desktop.wizard.why import WhyDialog
from forms.assessment.answer import Calendar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.widgets.style import Style
    from desktop.wizard.view import WizardView

MARCH = dt.date(2026, 3, 1)
BY = dt.date(2026, 2, 20)


def days(ends_on: dt.date | None) -> Calendar:
    """Give the days around cover that begins in March."""
    return Calendar(MARCH, MARCH, BY, ends_on, None)


@pytest.mark.parametrize(
    ("ends_on", "said", "role"),
    [
        (dt.date(2026, 2, 28), "Sans interruption avec l’ancien contrat.", "second"),
        (
            dt.date(2026, 2, 14),
            "14 jours sans couverture\u00a0: du 15 février 2026 au 28 février 2026.",
            "attention",
        ),
        (dt.date(2026, 2, 27), "1 jour sans couverture\u00a0: le 28 février 2026.", "attention"),
        (
            dt.date(2026, 4, 30),
            "61 jours de double couverture\u00a0: du 1er mars 2026 au 30 avril 2026.",
            "attention",
        ),
        (None, "", "second"),
    ],
)
def test_each_case_has_its_words(ends_on: dt.date | None, said: str, role: str) -> None:
    """Which days, and how many; colour comes after the words."""
    assert between(days(ends_on)) == (said, role)


def painted(strip: Strip, area: QRect) -> set[str]:
    """Give the colours of a part of the drawing."""
    picture = strip.grab(area).toImage()
    points = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return {picture.pixelColor(x, y).name() for x, y in points}


@pytest.mark.parametrize("zoom", [100, 200])
def test_a_gap_is_hatched_and_an_overlap_is_framed(qtbot: QtBot, style: Style, zoom: int) -> None:
    """Between the two covers lies what is neither; where both are, a frame holds them: seen without any hue."""
    style.zoom_to(zoom)
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(600, px(52))
    whole = QRect(0, px(19), 600, px(23))
    for ends_on, hatched, framed in (
        (dt.date(2026, 2, 10), True, False),
        (dt.date(2026, 2, 28), False, False),
        (dt.date(2026, 4, 10), False, True),
    ):
        strip.show_days(days(ends_on))
        found = painted(strip, whole)
        assert (colour("bar_third").name() in found) is hatched
        assert (colour("attention").name() in found) is framed
        assert colour("bar_first").name() in found
        assert colour("bar_second").name() in found
        assert all(text in strip.accessibleName() for text, _ in lines(days(ends_on)))


def test_the_line_holds_a_year_at_most() -> None:
    """An old contract that ends in years does not squeeze the days that matter."""
    assert months(BY, MARCH) == [dt.date(2026, 2, 1), MARCH, dt.date(2026, 4, 1)]
    assert len(months(BY, dt.date(2031, 1, 1))) == 13


def test_nothing_is_drawn_without_a_date(qtbot: QtBot, empty: WizardView) -> None:
    """Not known yet: neither a line nor a sentence."""
    empty.go("contract")
    assert empty.follows.strip.isHidden()
    assert empty.follows.between.isHidden()
    assert empty.follows.deadline.isHidden()
    alone = CalendarView(Calendar())
    qtbot.addWidget(alone)
    assert alone.strip.isHidden()


def test_the_calendar_stands_where_the_date_is(family: WizardView) -> None:
    """At the right with the last day for the file; whole, for eyes and ears, where the date is explained."""
    family.go("contract")
    QApplication.processEvents()
    found = family.session.assessment.calendar
    assert found.complete_by is not None
    assert family.follows.strip.isVisible()
    assert "au plus tard" in family.follows.deadline.text()
    family.follows.why_date_link.click()
    shown = family.findChild(WhyDialog)
    assert shown is not None
    view = shown.findChild(CalendarView)
    assert view is not None
    assert view.strip.accessibleName().startswith("Calendrier")
    shown.accept()
