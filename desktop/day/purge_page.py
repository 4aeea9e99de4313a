"""The purge: what has had its time, how long each is kept, nothing before it is confirmed, then the certificate."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.day.over_list import OverList, Running
from desktop.desk.purge_plan import HEADERS, SHARES, button_words, heading, plan, summary
from desktop.widgets.dialogs import confirm
from desktop.widgets.rows import Choice, Row
from desktop.widgets.style import button, label, set_role, space
from desktop.widgets.text_table import TextTable
from desktop.widgets.work import Answers
from forms.drafts import purge as purging
from forms.drafts import retention
from forms.drafts.certificate import TITLE, lines
from forms.french import plural, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from desktop.day.actions import Day
    from desktop.desk.purge_plan import Plan
    from forms.drafts.certified import Certificate
    from forms.drafts.purge import Progress
    from forms.faults import Fault

DAYS = (7, 15, 30, 45, 60, 90)
STOPPED = "La purge est arrêtée. Ce qui était commencé se finira la prochaine fois."
_STAGES = {
    "drafts": "Dossiers effacés : {done} sur {total}",
    "backups": "Sauvegardes nettoyées : {done} sur {total}",
    "pages": "Les pages de la base sont récrites…",
}
_FILE = "Certificat de purge"


def show(day: Day) -> None:
    """Open the page."""
    day.show_page(PurgePage(day))


class PurgePage(OverList):
    """What leaves, when and why; ``stop`` ends a purge that runs at its next step."""

    topic = "purge"

    def __init__(self, day: Day) -> None:
        """Lay out; what leaves is read from the drafts a moment later."""
        super().__init__(
            "Purger les dossiers",
            "Ce qui a fini son temps de garde est effacé de cet ordinateur et de ses sauvegardes, sans retour. "
            "Un certificat dit ce qui est parti, sans nommer personne.",
        )
        self._day, self._answers = day, Answers(self)
        self._stop: threading.Event | None = None
        self.plan: Plan | None = None
        self.certificate: Certificate | None = None
        self.unfinished, self.printed = Choice(), Choice()
        self.running = Running("Avancement de la purge", self.stop)
        self.heading = label(role="heading", wrap=True)
        self.said = label(wrap=True)
        self.table = TextTable("Dossiers à purger", HEADERS, SHARES)
        self.more = label(role="second")
        self.go_on = self.add_button("Purger", "danger", self._ask)
        self._lay_out()
        for choice, names in ((self.unfinished, ("draft", "complete")), (self.printed, ("printed",))):
            choice.activated.connect(lambda _index, choice=choice, names=names: self._keep_for(choice, names))
        self.go_on.setEnabled(False)
        self._read()

    def _lay_out(self) -> None:
        times = QHBoxLayout()
        space(times, 24)
        for title, choice in (
            ("Garder un dossier non fini", self.unfinished),
            ("Garder un dossier imprimé, pas encore transmis", self.printed),
        ):
            times.addWidget(Row(title, choice, "Depuis le dernier changement."))
        times.addStretch(1)
        self.body.addLayout(times)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.said)
        self.body.addWidget(self.table)
        self.body.addWidget(self.more)
        self.body.addWidget(self.running)
        self.body.addWidget(self._paper())
        for widget in (self.table, self.more, self.running, self.paper):
            widget.hide()

    def _paper(self) -> QWidget:
        self.paper = QFrame()
        set_role(self.paper, "card")
        column = QVBoxLayout(self.paper)
        space(column, 10, (16, 14, 16, 14))
        self.paper_title = label(TITLE, "heading", wrap=True)
        self.paper_lines = label(wrap=True)
        self.save = button("Enregistrer le certificat…", enter=True)
        self.print = button("Imprimer le certificat…", enter=True)
        self.save.clicked.connect(lambda _on: self._make(self._save))
        self.print.clicked.connect(lambda _on: self._make(self._print))
        grid = QGridLayout()
        space(grid, 12)
        grid.addWidget(self.save, 0, 0)
        grid.addWidget(self.print, 0, 1)
        grid.setColumnStretch(2, 1)
        for widget in (self.paper_title, self.paper_lines):
            column.addWidget(widget)
        column.addLayout(grid)
        return self.paper

    def start(self) -> None:
        """Begin with the way back: nothing is done by a key that was meant for the list."""
        self.back.setFocus()

    def stop(self) -> None:
        """Stop the purge that runs, at its next step."""
        if self._stop is not None:
            self._stop.set()
            self.running.cancel.setEnabled(False)
            self.running.progress.setText("La purge s’arrête…")

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what runs when the page is left; the window that is only put aside stops nothing."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.stop()

    # What leaves

    def _read(self) -> None:
        if not self._day.desk.is_open:
            return
        now = self._day.now()
        self._day.desk.ask(
            lambda store: plan(store, now),
            lambda found: self._answers.hand(lambda: self.show_plan(found)),
            self._refused,
        )

    def show_plan(self, found: Plan) -> None:
        """Show what leaves; a page that is left meanwhile shows nothing."""
        self.plan = found
        for choice, days in ((self.unfinished, found.kept_for.draft), (self.printed, found.kept_for.printed)):
            choice.clear()
            for offered in sorted({*DAYS, days}):
                choice.addItem(plural(offered, "jour"), offered)
            choice.setCurrentIndex(choice.findData(days))
        self.heading.setText(heading(found))
        self.said.setText(summary(found))
        self.said.setVisible(bool(self.said.text()))
        self.table.show_rows(found.rows, at_most=8)
        self.table.setVisible(bool(found.rows))
        rest = found.count - len(found.rows)
        self.more.setText(f"et {whole(rest)} de plus.")
        self.more.setVisible(rest > 0)
        self.go_on.setText(button_words(found))
        self.go_on.setEnabled(found.is_due and self._stop is None)
        if self.certificate is None and found.last is not None:
            self._show_certificate(found.last, "Certificat de la dernière purge")

    def _keep_for(self, choice: Choice, names: tuple[str, ...]) -> None:
        if self.plan is None:
            return
        chosen = replace(self.plan.kept_for, **dict.fromkeys(names, choice.currentData()))
        self._day.desk.ask(
            lambda store: retention.set_retention(store, chosen),
            lambda _none: self._answers.hand(self._read),
            self._refused,
        )

    # The purge

    def _ask(self) -> None:
        found = self.plan
        if found is None or not found.is_due or self._stop is not None:
            return
        words = button_words(found)
        confirm(
            self._day.window, f"{words} ?",
            "Ils sont effacés de cet ordinateur et de ses sauvegardes. Rien ne les fera revenir.",
            words, self.run, danger=True,
        )  # fmt: skip

    def run(self) -> None:
        """Purge what was shown, on the drafts' thread."""
        found = self.plan
        if found is None or self._stop is not None:
            return
        stop = self._stop = threading.Event()
        now = self._day.now()

        def told(progress: Progress) -> bool:
            self._answers.hand(lambda: self._show_progress(progress))
            return not stop.is_set()

        self.go_on.setEnabled(False)
        for choice in (self.unfinished, self.printed):
            choice.setEnabled(False)
        self.running.cancel.setEnabled(True)
        self.running.bar.setValue(0)
        self.paper.hide()
        for line in ("stopped", "left"):
            self.remarks.drop(line)
        self.running.show()
        self.running.cancel.setFocus()
        self._day.desk.ask(
            lambda store: purging.purge(store, found.preview, now, told),
            lambda certificate: self._answers.hand(lambda: self._done(certificate)),
            lambda fault: self._answers.hand(lambda: self._stopped(fault.line)),
        )

    def _show_progress(self, progress: Progress) -> None:
        if self._stop is None or self._stop.is_set():
            return
        done, total = whole(progress.done), whole(progress.total)
        self.running.bar.setMaximum(max(1, progress.total))
        self.running.bar.setValue(progress.done)
        self.running.progress.setText(_STAGES[progress.stage].format(done=done, total=total))
        # To write the pages anew is one piece: it is not stopped halfway.
        self.running.cancel.setEnabled(progress.stage != "pages")

    def _done(self, certificate: Certificate | None) -> None:
        if certificate is None:
            self._stopped(STOPPED)
            return
        announced = {one.reference for one in self.plan.preview.leaving} if self.plan else set()
        self._rest()
        self._show_certificate(certificate, TITLE)
        left = len(announced - set(certificate["references"]))
        if left:
            stayed = "changé entre-temps, est resté" if left == 1 else "changés entre-temps, sont restés"
            self.remarks.say("left", f"{plural(left, 'dossier')}, {stayed}.")
        self.save.setFocus()

    def _stopped(self, why: str) -> None:
        self._rest()
        self.remarks.say("stopped", why)
        self.back.setFocus()

    def _rest(self) -> None:
        self._stop = None
        self.running.hide()
        self.remarks.drop("stopped")
        for choice in (self.unfinished, self.printed):
            choice.setEnabled(True)
        self._read()

    def _refused(self, fault: Fault) -> None:
        self._answers.hand(lambda: self.remarks.say("refused", fault.line))

    # The certificate

    def _show_certificate(self, certificate: Certificate, title: str) -> None:
        self.certificate = certificate
        self.paper_title.setText(title)
        self.paper_lines.setText("\n".join(lines(certificate)))
        self.paper.show()

    def _make(self, then: Callable[[bytes], object]) -> None:
        from forms.bulletin.certificate import certificate as on_paper  # noqa: PLC0415 - reportlab is not for every day

        found = self.certificate
        if found is not None:
            self._answers.work(lambda: on_paper(TITLE, lines(found), found["references"]), then, self._refused)

    def _save(self, pdf: bytes) -> None:
        from desktop.paper.printing import save_pdf  # noqa: PLC0415 - QtPrintSupport is not for every day

        save_pdf(
            self._day.window, pdf, f"{_FILE}.pdf", lambda: self.remarks.say("kept", "Le certificat est enregistré.")
        )

    def _print(self, pdf: bytes) -> None:
        from desktop.paper.printing import print_pdf  # noqa: PLC0415 - likewise

        print_pdf(self._day.window, pdf, _FILE, lambda: None)
