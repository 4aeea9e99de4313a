"""One scanned bulletin of the page: whose it is, how it meets what is here, and what the person chooses to do of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QLabel, QRadioButton, QVBoxLayout

from desktop.desk.draft_rows import name_in_list
from desktop.widgets.style import label, set_role, space
from forms.bulletin.scan import ranges
from forms.dossier.fields import field_at
from forms.dossier.states import STATES
from forms.french import plural, short_date, typeset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.desk.scan_meeting import Meeting
    from forms.convention import Convention

_TOLD = 8  # differences that are told one by one
_NOTHING = "rien"


class ScanRow(QFrame):
    """``taking``: its dossier is to be made, or put in place of the one here; ``signing``: its pages are to be kept."""

    changed = Signal()

    def __init__(self, meeting: Meeting, conventions: Mapping[str, Convention]) -> None:
        """Say all of it; what is here already is kept unless the person says otherwise."""
        super().__init__()
        set_role(self, "card-attention" if meeting.refusal else "card")
        self.meeting = meeting
        self._conventions = conventions
        self._secrets: list[tuple[QLabel, str, str]] = []
        self._column = QVBoxLayout(self)
        space(self._column, 6, (16, 12, 16, 12))
        self.title = _title(meeting)
        self.setAccessibleName(self.title)
        self._say(self.title, "label")
        self._say(_where(meeting), "second")
        if _twice(meeting):
            self._say(_twice(meeting), "attention")
        self.making: QCheckBox | None = None
        self.replace: QRadioButton | None = None
        self.signed: QCheckBox | None = None
        self._keep: QRadioButton | None = None
        self.said = meeting.refusal or self._how()
        self._say(self.said, "text")
        if not meeting.refusal:
            self._tell_changes()
            self._offer()
        self.result = label("", "label", wrap=True)
        self.result.hide()
        self._column.addWidget(self.result)

    @property
    def taking(self) -> bool:
        """Tell whether what the paper says is to be kept."""
        chosen = self.making or self.replace
        return chosen is not None and chosen.isChecked()

    @property
    def signing(self) -> bool:
        """Tell whether its pages are to be kept as the signed bulletin."""
        return self.signed is not None and self.signed.isEnabled() and self.signed.isChecked()

    def tell(self, text: str, *, failed: bool = False) -> None:
        """Say what came of it; nothing of it can be chosen any more once it is done."""
        set_role(self.result, "error" if failed else "label")
        self.result.setText(typeset(text))
        self.result.show()
        for choice in (self.making, self.replace, self.signed, self._keep):
            if choice is not None:
                choice.setEnabled(failed)
                choice.setVisible(failed)

    def set_masked(self, *, masked: bool) -> None:
        """Hide the numbers of Sécurité sociale and of accounts that differ, or show them again."""
        for said, text, hidden in self._secrets:
            said.setText(hidden if masked else text)

    def _say(self, text: str, role: str) -> QLabel:
        said = label(typeset(text), role, wrap=True)
        self._column.addWidget(said)
        return said

    def _how(self) -> str:
        meeting = self.meeting
        met, version = meeting.met, meeting.read.version
        draft = met.draft
        here = f"{STATES[draft.state]}, version {draft.version}" if draft else ""
        if met.how == "unknown":
            convention = self._conventions.get((meeting.read.dossier and meeting.read.dossier.convention) or "")
            of = f" Convention : {convention.title}." if convention else " Sa convention n’est pas installée ici."
            what = "Un dossier sera ouvert sous ce numéro, à saisir." if version == 0 else "Il sera créé."
            rival = " Un autre bulletin de ces scans porte le même numéro : choisissez." if meeting.rival else ""
            if met.purged_at is not None:
                day = short_date(met.purged_at.astimezone().date())
                return f"Purgé ici le {day} : rien n’en revient si vous ne le cochez pas.{of}{rival}"
            return f"Inconnu ici. {what}{of}{rival}"
        return {
            "same": f"Le même dossier est ici ({here}).",
            "typed": f"Déjà saisi ici sous ce numéro ({here}).",
            "newer_here": f"Le papier est plus ancien que le dossier d’ici ({here}).",
            "different": f"Le dossier d’ici ({here}) ne dit pas la même chose que le papier :",
            "no_dossier": f"Sa page 1 n’a pas été lue. Le dossier est ici ({here}) : rien n’en change.",
        }[met.how]

    def _tell_changes(self) -> None:
        found = self.meeting.changes
        secret = {field_at(path).title for path in ("member.nir", "payment.iban", "refund.iban")}
        for change in found[:_TOLD]:
            here, paper = change.old or _NOTHING, change.new or _NOTHING
            said = self._say(f"{change.title} : {here} ici, {paper} sur le papier", "second")
            if change.title.partition(" (")[0] in secret:
                self._secrets.append((said, said.text(), typeset(f"{change.title} : •••• ici, •••• sur le papier")))
        if len(found) > _TOLD:
            self._say(f"et {plural(len(found) - _TOLD, 'autre différence', 'autres différences')}.", "second")

    def _offer(self) -> None:
        meeting = self.meeting
        if meeting.met.how == "unknown":
            blank = meeting.read.version == 0
            self.making = QCheckBox("Ouvrir un dossier sous ce numéro" if blank else "Créer ce dossier")
            self.making.setChecked(not meeting.rival and meeting.met.purged_at is None)
            self.making.toggled.connect(self._turned)
            self._column.addWidget(self.making)
        elif meeting.met.changes:
            self._keep = QRadioButton("Garder le dossier d’ici")
            self.replace = QRadioButton("Prendre ce que dit le papier")
            self._keep.setChecked(True)
            choices = QButtonGroup(self)
            for choice in (self._keep, self.replace):
                choices.addButton(choice)
                self._column.addWidget(choice)
            self.replace.toggled.connect(self._turned)
        count = plural(len(meeting.bundle.pages), "page")
        these = "cette page" if len(meeting.bundle.pages) == 1 else f"ces {count}"
        self.signed = QCheckBox(f"Garder {these} avec le dossier : {_kind(meeting)}")
        self.signed.setChecked(meeting.whole and meeting.met.how != "newer_here")
        self.signed.toggled.connect(self._turned)
        self._column.addWidget(self.signed)
        self._turned()

    def _turned(self) -> None:
        if self.signed is not None:
            # Pages are kept with a dossier: without one there is nowhere to.
            self.signed.setEnabled(self.making is None or self.making.isChecked())
        self.changed.emit()


def _kind(meeting: Meeting) -> str:
    return "bulletin signé" if meeting.whole else "bulletin incomplet"


def _title(meeting: Meeting) -> str:
    read, bundle = meeting.read, meeting.bundle
    parts = [bundle.reference]
    if bundle.dossier is not None and not bundle.blank:
        parts.append(name_in_list(bundle.dossier.member))
    if bundle.blank:
        filled = bundle.dossier is not None and bundle.dossier.member.birth_name
        parts.append(
            f"bulletin prérempli, {name_in_list(bundle.dossier.member)}"
            if filled and bundle.dossier
            else "bulletin vierge rempli à la main"
        )
    else:
        parts.append("version inconnue" if read.version is None else f"version {read.version}")
    return " · ".join(parts)


def _where(meeting: Meeting) -> str:
    files: dict[str, list[int]] = {}
    for page in meeting.bundle.pages:
        files.setdefault(page.file, []).append(page.mark.page if page.mark else 1)
    here = ", ".join(f"{ranges(numbers)} dans {file}" for file, numbers in files.items())
    missing = meeting.bundle.missing
    return f"{here[:1].upper()}{here[1:]}." + (f" Il manque : {ranges(missing)}." if missing else "")


def _twice(meeting: Meeting) -> str:
    """Say of an empty bulletin that a page is there twice: photocopied, it may be two people's."""
    seen = [page.mark.page for page in meeting.bundle.pages if page.mark]
    twice = sorted({number for number in seen if seen.count(number) > 1})
    if not twice or not meeting.bundle.blank:
        return ""
    return (
        f"La {ranges(twice)} est là plusieurs fois : un bulletin vierge photocopié peut être celui de deux personnes."
    )
