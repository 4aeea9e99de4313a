"""The frame of the wizard: steps, page, buttons and what follows, in three columns or, with little room, in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.widgets.keys import FullPage
from desktop.widgets.reading import announce, read_in_order
from desktop.widgets.remarks import Remarks
from desktop.widgets.style import button, fix, label, px, set_role, space
from desktop.wizard.before import BeforePage
from desktop.wizard.beneficiaries import BeneficiariesPage
from desktop.wizard.contract import ContractPage
from desktop.wizard.follows import Follows
from desktop.wizard.foot import Foot
from desktop.wizard.formula import FormulaPage
from desktop.wizard.links import Pressing
from desktop.wizard.page import chain, reading_order
from desktop.wizard.stepper import Stepper
from desktop.wizard.summary import SummaryPage

if TYPE_CHECKING:
    import datetime as dt

    from desktop.widgets.remarks import Link
    from desktop.wizard.page import Page

_NARROW = 1100
"""Logical pixels under which the steps lie on top and the column of what follows is a bar at the foot."""
_NO_LIMIT = 16_777_215  # Qt's own largest width


class Frame(FullPage):
    """Where everything stands; it knows nothing of the dossier."""

    is_narrow: bool | None = None
    _is_ordered = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: dict[str, Page] = {
            "before": BeforePage(),
            "formula": FormulaPage(),
            "contract": ContractPage(),
            "beneficiaries": BeneficiariesPage(),
            "summary": SummaryPage(),
        }

        self._build()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        # The width decides what is shown, never the reverse: a wide layout must not keep the window wide.
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        space(whole, 0)
        self.banner = QFrame()
        set_role(self.banner, "banner")
        banner = QHBoxLayout(self.banner)
        space(banner, 12, (24, 10, 24, 10))
        self.banner_words = label("", "text", wrap=True)
        banner.addWidget(self.banner_words)
        self.banner.hide()
        whole.addWidget(self.banner)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        space(self._columns, 0)
        whole.addLayout(self._columns, 1)
        self.stepper = Stepper()
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.foot = Foot()
        self.follows = Follows()
        self.panel = QFrame()
        set_role(self.panel, "panel")
        self.panel.setProperty("side", "right")
        panel = QVBoxLayout(self.panel)
        space(panel, 0, (1, 0, 0, 0))
        panel.addWidget(self.follows)
        self.bar = QFrame()
        set_role(self.bar, "bar")
        self.bar.setProperty("side", "bottom")
        bar = QHBoxLayout(self.bar)
        space(bar, 12, (16, 6, 16, 6))
        self.bar_words = label("", "text", wrap=True)
        self.bar_button = button("Détails", "link")
        Pressing(self.bar_button)
        bar.addWidget(self.bar_words, 1)
        bar.addWidget(self.bar_button)
        self._middle = QVBoxLayout()
        space(self._middle, 0)
        self._middle.addWidget(self.stack, 1)
        self.remarks = Remarks()
        set_role(self.remarks, "ground")
        space(self.remarks.column, 4, (32, 6, 32, 6))
        self._middle.addWidget(self.remarks)
        self._middle.addWidget(self.bar)
        self._middle.addWidget(self.foot)
        self._columns.addWidget(self.stepper)
        self._columns.addLayout(self._middle, 1)
        self._columns.addWidget(self.panel)
        self._spread(narrow=False)

    def show_saved(self, when: dt.datetime) -> None:
        """Take the red banner away: the dossier is kept as of ``when``, which the bar on top says."""
        del when
        self.banner.hide()

    def show_not_saved(self, message: str) -> None:
        """Say in red, until it is saved, that what is on screen is not kept."""
        self.banner_words.setText(message)
        self.banner.setAccessibleName(message)
        self.banner.show()
        announce(self.banner, message, urgent=True)

    def focusNextPrevChild(self, following: bool) -> bool:  # noqa: FBT001 - Qt's own signature
        """Make Tab follow the screen first, where it has changed: at each key this would cost more than the rules."""
        if not self._is_ordered:
            self._is_ordered = True
            self._order()
        return super().focusNextPrevChild(following)

    def reorder(self) -> None:
        """Take note that widgets came or went."""
        self._is_ordered = False

    def _order(self) -> None:
        """Make Tab follow the screen: steps, page, what follows, buttons."""
        page = self.stack.currentWidget()
        regions = (self.stepper, page, self.remarks, self.bar, self.panel, self.foot)
        chain([widget for region in regions if region is not None for widget in reading_order(region)])

    def remark(self, name: str, text: str, *links: Link) -> None:
        """Say something to be known of this dossier, under the page, until ``unremark``."""
        self.remarks.say(name, text, *links)
        self.reorder()

    def unremark(self, name: str) -> None:
        """Take a remark away."""
        self.remarks.drop(name)
        self.reorder()

    @property
    def formulas(self) -> FormulaPage:
        """Give the page of the formulas."""
        page = self.pages["formula"]
        if not isinstance(page, FormulaPage):
            raise TypeError
        return page

    def minimumSizeHint(self) -> QSize:
        """Give a small size: what has no room scrolls."""
        return QSize(px(320), px(240))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lie the columns down where there is little room."""
        super().resizeEvent(event)
        self._spread(narrow=event.size().width() < px(_NARROW))

    def changeEvent(self, event: QEvent) -> None:
        """Do the same when the zoom changes and the window does not."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.is_narrow is not None:
            self._spread(narrow=self.width() < px(_NARROW))

    def _spread(self, *, narrow: bool) -> None:
        if narrow == self.is_narrow:
            return
        self.is_narrow = narrow
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        self.stepper.flatten(flat=narrow)
        self.bar.setVisible(narrow)
        self.foot.flatten(flat=narrow)
        self._columns.removeWidget(self.panel)
        self._middle.removeWidget(self.panel)
        if narrow:
            self._middle.insertWidget(1, self.panel, 1)
        else:
            self._columns.addWidget(self.panel)
        self.panel.setVisible(not narrow)
        self.stack.show()
        self.bar_button.setText("Détails")
        for widget, width in ((self.stepper, 216), (self.panel, 316)):
            widget.setMaximumWidth(_NO_LIMIT)
            widget.setMinimumWidth(0)
            fix(widget, width=0 if narrow else width)
        read_in_order(self)

    def turn_panel(self) -> None:
        """Open or close what follows, where it is behind its bar."""
        if self.panel.isHidden():
            self.panel.show()
            self.stack.hide()
            self.bar_button.setText("Fermer")
            self.bar_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_panel()
        self.reorder()

    def close_panel(self) -> None:
        """Show the page again, where what follows had taken its place."""
        if self.is_narrow and not self.panel.isHidden():
            self.panel.hide()
            self.stack.show()
            self.bar_button.setText("Détails")
