"""What a screen reader gets beside names: what is said by itself, and widgets in the order of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QGridLayout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QLayout, QWidget


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Say something where the focus does not go: after what is being read, or ``urgent``, at once."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 - 2 ms of the first paint

    if text and QAccessible.isActive():
        event = QAccessibleAnnouncementEvent(widget, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)


def read_in_order(widget: QWidget | None) -> None:
    """Make the widgets inside one be read as its layout shows them: a screen reader takes them as they were made."""
    layout = widget.layout() if widget is not None else None
    if widget is None or layout is None:
        return
    wanted = list(placed(layout))
    places = {id(child): place for place, child in enumerate(widget.children())}
    if [places[id(child)] for child in wanted] != sorted(places[id(child)] for child in wanted):
        for child in wanted:
            child.raise_()


def placed(layout: QLayout) -> Iterator[QWidget]:
    """Give the widgets of a layout and of those inside it: rows, then columns."""
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        grid = layout
        places.sort(key=lambda index: cast("tuple[int, ...]", grid.getItemPosition(index))[:2])
    for index in places:
        item = layout.itemAt(index)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if inner is not None:
            yield from placed(inner)
        elif widget is not None:
            yield widget
