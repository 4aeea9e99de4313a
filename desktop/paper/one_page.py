"""What is printed beside a dossier, a slip or a quote: shown, printed and saved as it is; no version is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.paper.preview import PreviewView
from desktop.paper.printing import print_pdf, save_pdf

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget


class OnePage(QObject):
    """Shows one file at a time over the page on screen, and goes back to it."""

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        self.view: PreviewView | None = None

    def show(self, pdf: bytes, title: str, file_name: str) -> None:
        """Show a file; ``file_name`` is offered for it, and carries no one's name."""
        self.close()
        window, below, focused = self._stack.window(), self._stack.currentWidget(), QApplication.focusWidget()
        self.view = view = PreviewView()
        view.stand_alone(title, "Revenir au dossier")
        view.show_pdf(pdf, allowed=True, note="")
        view.fit(self._stack.width())

        def leave() -> None:
            self.close()
            if below is not None:
                self._stack.setCurrentWidget(below)
            if focused is not None and focused.isVisible():
                focused.setFocus()

        view.left.connect(leave)
        view.print_asked.connect(lambda: print_pdf(window, pdf, title, lambda: None))
        view.save_asked.connect(lambda: save_pdf(window, pdf, file_name, lambda: None))
        self._stack.addWidget(view)
        self._stack.setCurrentWidget(view)
        view.start()

    def close(self) -> None:
        """Put the file away."""
        if self.view is not None:
            self._stack.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None
