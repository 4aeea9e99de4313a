"""The files of a dossier's papers: read and checked elsewhere, kept encrypted, then said in the dossier."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.widgets.dialogs import tell
from desktop.widgets.work import Answers, alive
from forms.dossier.documents import files_of, with_file, without_file
from forms.dossier.paths import value_at
from forms.drafts import attachments
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from desktop.desk.desk import Desk
    from desktop.desk.session import DossierSession
    from desktop.widgets.frame import Frame
    from desktop.wizard.papers import Key
    from forms.drafts.attachments import Attachment
    from forms.drafts.scans import Scan
    from forms.drafts.store import DraftStore

SCANNER = "scanner"
"""The key of the setting that holds the folder into which the scanner writes."""
_MOVED = "Le dossier a changé pendant la lecture du fichier : joignez-le de nouveau."


class Attaching(QObject):
    """Attaches files to the papers of the dossier on the table, and takes them out again; undo is the session's."""

    changed = Signal()
    """A file was attached or taken out."""
    failed = Signal(object)
    """The ``Fault`` that kept a file from being attached; nothing of the dossier has changed."""

    def __init__(
        self, window: Frame, desk: Desk, session: DossierSession, now: Callable[[], dt.datetime], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._desk, self._session, self._now = window, desk, session, now
        self._answers = Answers(self)
        self.scanner: Path | None = None
        desk.ask_setting(SCANNER, alive(self, self._take_scanner))

    @property
    def session(self) -> DossierSession:
        """Give the dossier that the files are of."""
        return self._session

    def _take_scanner(self, kept: object) -> None:
        self.scanner = Path(kept) if isinstance(kept, str) and kept else None

    def set_scanner(self, folder: Path) -> None:
        """Keep the folder into which the scanner writes."""
        self.scanner = folder
        self._desk.keep_setting(SCANNER, str(folder))

    # --- into the dossier ---

    def drop(self, key: Key, paths: Sequence[Path]) -> None:
        """Attach files that were dropped on a paper's row, and say in a dialogue what could not be."""
        self.attach(key, paths, lambda fault: tell(self._window, "Le fichier n’est pas joint", fault.line))

    def attach(self, key: Key, paths: Sequence[Path], refused: Callable[[Fault], object] | None = None) -> None:
        """Attach files to a paper, one after the other; ``changed`` follows for each, or ``refused``, else ``failed``.

        They are read and opened on the working thread, kept by the drafts' thread, and then only said in the dossier.
        """
        tell_fault = refused or self.failed.emit
        person = value_at(self._session.dossier, key[1])

        def read(path: Path) -> Scan:
            from forms.drafts import scans  # noqa: PLC0415 - pypdf and Pillow cost 100 ms: only a file pays for them

            return scans.read(path)

        for path in paths:
            self._answers.work(
                partial(read, path),
                partial(self._keep, key, person, refused=tell_fault),
                partial(self._refuse, path, tell_fault),
            )

    def take_last(self, key: Key) -> None:
        """Attach the file that the scanner wrote last."""
        folder = self.scanner
        if folder is None:
            return

        def find() -> Path:
            from forms.drafts import scans  # noqa: PLC0415 - as above

            return scans.newest(folder)

        self._answers.work(find, lambda path: self.attach(key, [path]), self.failed.emit)

    def _refuse(self, path: Path, refused: Callable[[Fault], object], fault: Fault) -> None:
        refused(fault if path.name in fault.line else Fault(f"« {path.name} » : {fault.line}"))

    def _keep(self, key: Key, person: Any, scan: Scan, *, refused: Callable[[Fault], object]) -> None:
        reference, now, kind = self._session.dossier.reference or "", self._now(), key[0]

        def keep(store: DraftStore) -> Attachment:
            paper = attachments.new_paper(store, reference, kind)
            return attachments.attach(store, reference, paper, scan.content, now)

        self._desk.ask(keep, alive(self, partial(self._said, key, person, refused)), alive(self, refused))

    def _said(self, key: Key, person: Any, refused: Callable[[Fault], object], kept: Attachment) -> None:
        if value_at(self._session.dossier, key[1]) != person:
            refused(Fault(_MOVED))  # the file that no paper names is swept when the dossier is left
            return
        kind, owner = key
        change = partial(with_file, kind=kind, person=owner, file=kept.paper)
        self._session.apply(change, "Fichier joint", path="documents")
        self.changed.emit()

    def take_out(self, key: Key, file: str) -> None:
        """Take a file out of a paper; undo puts it back until the dossier is left."""
        kind, owner = key
        change = partial(without_file, kind=kind, person=owner, file=file)
        self._session.apply(change, "Fichier retiré", path="documents", sort="removal")
        self.changed.emit()

    def put_back(self) -> None:
        """Undo the last thing that was done."""
        self._session.undo()
        self.changed.emit()

    # --- out of the drafts ---

    def ask_files(self, key: Key, then: Callable[[tuple[Attachment | str, ...]], object]) -> None:
        """Ask for the files of a paper, in its order; one that is not on this computer comes as its name."""
        names = files_of(self._session.dossier, *key)
        reference = self._session.dossier.reference or ""

        def found(store: DraftStore) -> tuple[Attachment | str, ...]:
            held = {one.paper: one for one in attachments.listed(store, reference)}
            return tuple(held.get(name, name) for name in names)

        self._desk.ask(found, alive(self, then))

    def look(self, attachment: Attachment, title: str, then: Callable[[bytes], object]) -> None:
        """Ask for a file as pages to look at."""

        def drawn(content: bytes) -> None:
            def make() -> bytes:
                from forms.bulletin.joined import Joined, as_pdf  # noqa: PLC0415 - as above

                return as_pdf(Joined(title, content))

            self._answers.work(make, then, self.failed.emit)

        self._desk.ask(
            lambda store: attachments.content_of(store, attachment), alive(self, drawn), alive(self, self.failed.emit)
        )
