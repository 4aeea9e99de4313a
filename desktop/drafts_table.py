"""The list of drafts: what each row says (worked out beside the database), its model, and how its state is drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.style import colour, px, tokens
from forms.dossier.states import ON_PAPER, STATES
from forms.french import long_date, money, plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from types import SimpleNamespace

    from forms.assessment import Assessment
    from forms.convention import Convention
    from forms.dossier.model import Member
    from forms.dossier.states import State
    from forms.drafts.draft import DamagedDraft, Draft

Index = QModelIndex | QPersistentModelIndex

HEADERS = ("Agent", "Matricule", "Formule", "Date d’effet", "Par mois, net", "État", "Reste à faire")
AGENT, NUMBER, FORMULA, DATE, NET, STATE, LEFT = range(7)
CHIPS = {
    "brouillon": ("field", "", "text"),
    "complet": ("accent", "", "accent"),
    "imprimé": ("accent", "chosen", "accent"),
    "transmis": ("off", "off", "second"),
}
"""How each state's chip is drawn: its line, its ground, its ink. The word says it, and the colour only after."""
NONE = "—"
HIDDEN = "•••"
"""Stands for a staff number while the screen is turned to the agent."""
NAMELESS = "Sans nom"
OTHER_EDITION = "convention changée"


@dataclass(frozen=True)
class DraftRow:
    """One row; ``texts`` are its cells in the order of ``HEADERS``."""

    reference: str
    texts: tuple[str, ...]
    saved_at: dt.datetime | None
    printed: bool
    documents: int
    readable: bool = True


def row_of(draft: Draft | DamagedDraft, conventions: Mapping[str, Convention], today: dt.date) -> DraftRow:
    """Give the row of a draft, as it is assessed today; a damaged one says so and cannot be opened."""
    from forms.assessment import assess  # noqa: PLC0415 - the first list is shown before the trade is imported
    from forms.drafts.draft import DamagedDraft  # noqa: PLC0415 - likewise

    if isinstance(draft, DamagedDraft):
        texts = (draft.reference, NONE, NONE, NONE, NONE, "illisible", draft.fault.line)
        return DraftRow(draft.reference, texts, None, printed=False, documents=0, readable=False)
    member = draft.dossier.member
    name, staff = whose(member, draft.reference)
    convention = conventions.get(draft.dossier.convention or "")
    printed = draft.state in ON_PAPER
    if convention is None:
        texts = (name, staff, NONE, NONE, NONE, STATES[draft.state], "convention absente d’ici")
        return DraftRow(draft.reference, texts, draft.saved_at, printed, documents=0, readable=False)
    found = assess(draft.dossier, convention, today)
    formula = convention.formula(draft.dossier.formula)
    state: State = draft.state
    if not printed:
        state = "complete" if found.printable else "draft"
    other = draft.edition not in {"", convention.fingerprint}
    # What another edition printed is not worked out by this one.
    told = not (other and printed)
    left = [OTHER_EDITION] if other and state != "sent" else []
    texts = (
        name,
        staff,
        formula.label if formula else NONE,
        long_date(found.effective_date.date) if told and found.effective_date else NONE,
        money(found.quote.net) if told and found.quote.net is not None else NONE,
        STATES[state],
        ", ".join(part for part in (*left, left_to_do(found, state)) if part),
    )
    return DraftRow(draft.reference, texts, draft.saved_at, printed, found.papers_missing)


def whose(member: Member | SimpleNamespace, reference: str) -> tuple[str, str]:
    """Give the name and the staff number that a row says."""
    name = name_in_list(member)
    if name == NAMELESS:  # a bulletin whose number was typed, and nothing else yet
        name = f"{NAMELESS}, n° {reference}"
    return name, member.staff_number or (_retired(member) if member.category == "retired" else NONE)


def nameless(row: DraftRow) -> DraftRow:
    """Give a row that says nothing of whose dossier it is: only its reference."""
    texts = (f"Dossier {row.reference}", HIDDEN, *row.texts[NUMBER + 1 :])
    return replace(row, texts=texts)


def name_in_list(member: Member | SimpleNamespace) -> str:
    """Give "Delattre-Roy Maïa", the name first as a list is looked through."""
    parts = (member.used_name or member.birth_name, member.first_name)
    return " ".join(" ".join(part.split()) for part in parts if part) or NAMELESS


def left_to_do(found: Assessment, state: State) -> str:
    """Give what is still to be done, in a few words."""
    papers = found.papers_missing
    if state == "sent":
        return ""
    missing = sum(issue.severity == "error" and issue.code == "missing" for issue in found.issues)
    errors = sum(issue.severity == "error" for issue in found.issues) - missing
    parts = [
        *([plural(errors, "erreur")] if errors else []),
        *([f"{missing} à compléter"] if missing else []),
        *([plural(papers, "pièce")] if papers else []),
    ]
    if state == "complete":
        return ", ".join(["à imprimer", *parts])
    return ", ".join(parts) or "à faire signer et transmettre"


def _retired(member: Member | SimpleNamespace) -> str:
    return "retraitée" if member.title == "mme" else "retraité"


class DraftsModel(QAbstractTableModel):
    """The rows as they were last worked out."""

    def __init__(self) -> None:
        """Begin with no row."""
        super().__init__()
        self.rows: tuple[DraftRow, ...] = ()
        self._whole: tuple[DraftRow, ...] = ()
        self._masked = False
        self.dropped: tuple[int, ...] = ()
        """Columns for which there is no room: the name's tool tip and its words for screen readers hold them."""

    def show(self, rows: Sequence[DraftRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._whole = tuple(rows)
        self.rows = tuple(nameless(row) for row in rows) if self._masked else self._whole
        self.endResetModel()

    def set_masked(self, *, masked: bool) -> None:
        """Hide who the dossiers are of, or show it again."""
        if masked != self._masked:
            self._masked = masked
            self.show(self._whole)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of drafts."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Give the number of columns."""
        return 0 if parent.isValid() else len(HEADERS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give the titles of the columns."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADERS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Give a cell."""
        answer = _ANSWERS.get(role)
        if answer is None or not index.isValid():  # to be measured alone, a cell is asked for eight roles
            return None
        return answer(self, self.rows[index.row()], index.column())

    def said(self, row: DraftRow, column: int) -> str:
        """Give what a screen reader says of a cell."""
        return ", ".join(self._said(row, column))

    def _said(self, row: DraftRow, column: int) -> list[str]:
        columns = (column, *self.dropped) if column == AGENT else (column,)
        return [f"{HEADERS[one]} : {row.texts[one] or 'rien'}" for one in columns]

    def tip(self, row: DraftRow, column: int) -> str | None:
        """Give a cell's tool tip: what its column may have cut."""
        if column not in {AGENT, LEFT} or not row.texts[column]:
            return None
        lines = [row.texts[column], *(self._said(row, column)[1:])]
        return f"<qt>{'<br>'.join(_escaped(line) for line in lines)}</qt>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@cache
def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == NET else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _font(column: int) -> QFont | None:
    if column not in {AGENT, STATE, LEFT}:
        return None
    return _sized(column, px(100))


@cache
def _sized(column: int, _zoom: int) -> QFont:
    sizes = tokens()["type"]
    font = QFont(sizes["family"])
    font.setPixelSize(px(sizes["text"] if column == AGENT else sizes["small"]))
    if column == AGENT:
        font.setWeight(QFont.Weight.DemiBold)
    return font


_ANSWERS: dict[int, Callable[[DraftsModel, DraftRow, int], object]] = {
    Qt.ItemDataRole.DisplayRole: lambda _model, row, column: row.texts[column],
    Qt.ItemDataRole.AccessibleTextRole: DraftsModel.said,
    # Qt reads a tool tip that looks like markup as such: a name is text.
    Qt.ItemDataRole.ToolTipRole: DraftsModel.tip,
    Qt.ItemDataRole.TextAlignmentRole: lambda _model, _row, column: _aligned(column),
    Qt.ItemDataRole.FontRole: lambda _model, _row, column: _font(column),
    Qt.ItemDataRole.ForegroundRole: lambda _model, _row, column: colour("second") if column == LEFT else None,
}


class StateDelegate(QStyledItemDelegate):
    """Draws a state as a chip: the word, in a thin round frame."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell without its text, then the chip."""
        text = str(index.data())
        empty = QStyleOptionViewItem(option)
        super().paint(painter, empty, index)
        if not text:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(_font(STATE) or painter.font())
        metrics = painter.fontMetrics()
        tall = metrics.height() + px(4)
        cell: QRect = option.rect
        chip = QRectF(
            cell.left() + px(10), cell.center().y() - tall / 2, metrics.horizontalAdvance(text) + px(18), tall
        )
        model = index.model()
        readable = not isinstance(model, DraftsModel) or model.rows[index.row()].readable
        line, ground, ink = CHIPS.get(text if readable else "", ("error", "", "error"))
        painter.setPen(QPen(QColor(colour(line)), 1))
        painter.setBrush(colour(ground) if ground else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(chip, tall / 2, tall / 2)
        painter.setPen(colour(ink))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave the text out: the chip carries it."""
        super().initStyleOption(option, index)
        option.text = ""
