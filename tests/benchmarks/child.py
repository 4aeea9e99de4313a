"""What is started and timed from outside: a bare wizard of Qt, our gate, our list; each says when it is painted.

``python -m tests.benchmarks.child wizard|gate|list``: one line on standard output at the paint, then it stays until its
standard input closes, so that its memory can be read. The folder of the drafts is that of ``PERMANENCE_HOME``.
"""

from __future__ import annotations

import sys

PASSPHRASE = "carafe lundi tambour vignette"


def _said() -> None:
    """Say that it is painted, wait to be let go, and leave without tidying up."""
    import os  # noqa: PLC0415 - the floor imports nothing but Qt

    sys.stdout.write("painted\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)


def wizard() -> None:
    """Open a wizard of two pages, as small as Qt makes them."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415 - each child imports its own
    from PySide6.QtGui import QPaintEvent  # noqa: PLC0415 - likewise
    from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWizard, QWizardPage  # noqa: PLC0415

    class Bare(QWizard):
        def paintEvent(self, event: QPaintEvent) -> None:
            QTimer.singleShot(0, _said)
            super().paintEvent(event)

    app = QApplication([])
    made = Bare()
    for title in ("Un", "Deux"):
        page = QWizardPage()
        page.setTitle(title)
        layout = QVBoxLayout(page)
        layout.addWidget(QLabel("Nom"))
        layout.addWidget(QLineEdit())
        made.addPage(page)
    made.show()
    app.exec()


def ours(until: str) -> None:
    """Open the program as its door does, in the order of its imports, on the folder of the drafts."""
    from desktop.display import why_no_window  # noqa: PLC0415 - as above

    why_no_window()
    from PySide6.QtCore import QEvent, Qt, QTimer  # noqa: PLC0415 - as above
    from PySide6.QtGui import QKeyEvent, QPaintEvent  # noqa: PLC0415 - likewise
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - likewise

    import desktop.application  # noqa: PLC0415 - likewise
    from desktop.__main__ import main  # noqa: PLC0415 - likewise
    from desktop.gate.unlock import UnlockPage  # noqa: PLC0415 - likewise
    from desktop.window import MainWindow  # noqa: PLC0415 - likewise

    class Watched(MainWindow):
        is_seen = False

        def paintEvent(self, event: QPaintEvent) -> None:
            if not self.is_seen:  # before: what our window begins after its paint is not of the paint
                self.is_seen = True
                QTimer.singleShot(0, _said if until == "gate" else self.unlock)
            super().paintEvent(event)

        def unlock(self) -> None:
            page = self.gate.findChild(UnlockPage)
            assert page is not None
            page.field.setText(PASSPHRASE)
            page.go_on.click()
            self.look = QTimer(self, interval=1)
            self.look.timeout.connect(self.looked)
            self.look.start()

        def looked(self) -> None:
            """Once the rows are there: paint them, and take a key."""
            if self.home is None or not self.home.model.rows:
                return
            self.look.stop()
            self.repaint()
            table = self.home.table
            before = table.currentIndex().row()
            pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(table, pressed)
            if table.currentIndex().row() == before or table.currentIndex().siblingAtColumn(0).data() in {None, ""}:
                sys.exit("the list takes no keys")
            _said()

    setattr(desktop.application, "MainWindow", Watched)  # noqa: B010 - mypy would not have it
    sys.exit(main([]))


if __name__ == "__main__":
    wizard() if sys.argv[1] == "wizard" else ours(sys.argv[1])
