"""Views as every screen has them: an area that scrolls down only, a table chosen by its rows, the bar under a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QScrollArea, QTableView, QWidget

from desktop.widgets.style import set_role, space


def scrolling(inside: QWidget) -> QScrollArea:
    """Give an area around ``inside``: as wide as it may be, and scrolled where it is too tall."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    return area


def bar_below(side: int = 48) -> tuple[QFrame, QHBoxLayout]:
    """Give the bar under a page and the row of its buttons, ``side`` logical pixels from each side."""
    bar = QFrame()
    set_role(bar, "bar")
    bar.setProperty("side", "bottom")
    row = QHBoxLayout(bar)
    space(row, 12, (side, 12, side, 12))
    return bar, row


def by_rows(view: QTableView) -> QHeaderView:
    """Make a table one that is read and chosen by rows, its columns shared by whoever fills it; give its heads."""
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    heads = view.horizontalHeader()
    heads.setHighlightSections(False)
    heads.setSectionsClickable(False)
    heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    heads.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return heads
