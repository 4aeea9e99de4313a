"""Help: a page of plain French for what is on screen, the list of all pages, and the sheet of the keyboard."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFont, QPalette, QTextBlock, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from desktop.widgets.dialogs import Dialog, outermost
from desktop.widgets.keys import PLACES, TABLE, shown
from desktop.widgets.style import colour, px, tokens
from forms.french import typeset
from forms.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QTextFragment

    from desktop.widgets.keys import Place

TOPICS = (
    "gate", "home", "before", "formula", "contract", "beneficiaries", "summary", "papers", "quotes",
    "preview", "security", "editions", "conventions", "roster", "prefilled", "scans", "blanks", "duplicates",
    "versions", "purge", "closing", "receive", "files", "updates", "practice",
)  # fmt: skip
"""The pages of resources/help, in the order of the list of contents; a page is named as the screen it explains."""
_CONTENTS = "contents"


@cache
def page(topic: str) -> str:
    """Give the Markdown of a page."""
    return resource("help", f"{topic}.md").read_text(encoding="utf-8")


def title(topic: str) -> str:
    """Give the title of a page: its first line."""
    return page(topic).partition("\n")[0].removeprefix("# ")


def body(topic: str) -> str:
    """Give a page without its title; for the contents, a link to each page."""
    if topic == _CONTENTS:
        return "\n".join(f"- [{title(one)}]({one})" for one in TOPICS)
    return page(topic).partition("\n")[2]


class Reading(QTextBrowser):
    """A text to read in the look of the program; what its links name comes out as ``anchorClicked``."""

    def __init__(self, name: str) -> None:
        """Begin empty."""
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(px(4))
        font = QFont(tokens()["type"]["family"])
        font.setPixelSize(px(tokens()["type"]["text"]))
        self.document().setDefaultFont(font)
        look = self.palette()
        look.setColor(QPalette.ColorRole.Base, colour("surface"))
        self.setPalette(look)

    def show_markdown(self, text: str) -> None:
        """Show a page from its top."""
        document = self.document()
        document.setMarkdown(typeset(text))
        document.setIndentWidth(px(20))
        block = document.begin()
        while block.isValid():
            self._dress(block)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def show_html(self, text: str) -> None:
        """Show a table from its top."""
        self.document().setHtml(text)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _dress(self, block: QTextBlock) -> None:
        """Give a paragraph its air, what is bold the one heavier weight that there is, and links their line."""
        cursor = QTextCursor(block)
        layout = block.blockFormat()
        heading = layout.headingLevel() > 0
        layout.setTopMargin(px(12 if heading else 0))
        layout.setBottomMargin(px(4 if heading or block.textList() else 8))
        cursor.setBlockFormat(layout)
        spans = [(one.position(), one.length(), one.charFormat()) for one in _fragments(block)]
        for start, length, look in spans:
            if look.fontWeight() > QFont.Weight.Normal or look.isAnchor():
                look.setFontWeight(QFont.Weight.Normal if look.isAnchor() else QFont.Weight.DemiBold)
                look.setFontUnderline(look.isAnchor())
                look.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
                cursor.setPosition(start)
                cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(look)


def _fragments(block: QTextBlock) -> Iterator[QTextFragment]:
    found = block.begin()
    while not found.atEnd():
        yield found.fragment()
        found += 1


class _Sheet(Dialog):
    """A dialogue with something to read in it, as tall as its window allows."""

    def __init__(self, parent: QWidget, title: str) -> None:
        """Lay out."""
        super().__init__(parent, title, width=640)
        self.text = Reading(title)
        self.text.setMinimumHeight(max(px(120), min(px(440), outermost(parent).height() - px(190))))
        self.body.addWidget(self.text)

    def give_help(self) -> None:
        """Be the help."""


class HelpDialog(_Sheet):
    """One page of help, with ways to the others."""

    def __init__(self, parent: QWidget, topic: str) -> None:
        """Show a page."""
        super().__init__(parent, title(topic))
        self.topic = ""
        self.text.anchorClicked.connect(self._follow)
        self.contents = self.add_button("Sommaire", "secondary", lambda: self.show_topic(_CONTENTS))
        self.add_button(f"Raccourcis  {shown('keys')}", "secondary", self._keys).setAccessibleName("Raccourcis")
        self.add_button("Fermer", "primary", self.accept)
        self.show_topic(topic)

    def show_topic(self, topic: str) -> None:
        """Show another page."""
        self.topic = topic
        self.rename("Sommaire de l’aide" if topic == _CONTENTS else title(topic))
        self.text.setAccessibleName(self.windowTitle())
        self.text.show_markdown(body(topic))
        self.contents.setEnabled(topic != _CONTENTS)
        self.text.setFocus()

    def _follow(self, link: QUrl) -> None:
        self.show_topic(link.toString())

    def _keys(self) -> None:
        above = self.parentWidget()
        self.accept()
        if above is not None:
            KeysDialog(above).open()


class KeysDialog(_Sheet):
    """Every shortcut, as the one table of the program has them."""

    def __init__(self, parent: QWidget) -> None:
        """Make the sheet."""
        super().__init__(parent, "Raccourcis clavier")
        rows = "".join(_section(place) for place in PLACES)
        self.text.show_html(f'<table width="100%" cellspacing="0">{rows}</table>')
        self.add_button("Fermer", "primary", self.accept)
        self.text.setFocus()


def _section(place: Place) -> str:
    """Give the rows of a place under its heading."""
    small, second = px(tokens()["type"]["small"]), colour("second").name()
    rows = "".join(
        f'<tr><td style="padding: {px(3)}px {px(24)}px {px(3)}px 0">{escape(typeset(line.does))}</td>'
        f'<td style="padding: {px(3)}px 0; font-weight: 600">{escape(shown(line.name))}</td></tr>'
        for line in TABLE
        if line.place == place
    )
    heading = f'<td colspan="2" style="padding-top: {px(12)}px; color: {second}; font-size: {small}px">'
    return f"<tr>{heading}{escape(PLACES[place])}</td></tr>{rows}"
