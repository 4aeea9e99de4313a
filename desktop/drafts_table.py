"""The list of drafts: what each row says (worked out beside the database), its model, and how its state is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.style import colour, px, tokens
from forms.assessment import assess
from forms.drafts.draft import DamagedDraft
from forms.french import long_date, money, plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from forms.assessment import Assessment
    from forms.convention import Convention
    from forms.dossier.model import Member
    from forms.drafts.draft import Draft, State

Index = QModelIndex | QPersistentModelIndex

HEADERS = ("Agent", "Matricule", "Formule", "Date d’effet", "Par mois, net", "État", "Reste à faire")
AGENT, NUMBER, FORMULA, DATE, NET, STATE, LEFT = range(7)
STATES: dict[State, str] = {"draft": "brouillon", "complete": "complet", "printed": "imprimé", "sent": "transmis"}
CHIPS = {
    "brouillon": ("field", "", "text"),
    "complet": ("accent", "", "accent"),
    "imprimé": ("accent", "chosen", "accent"),
    "transmis": ("off", "off", "second"),
}
"""How each state's chip is drawn: its line, its ground, its ink. The word says it, and the colour only after."""
NONE = "—"
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
    if isinstance(draft, DamagedDraft):
        texts = (draft.reference, NONE, NONE, NONE, NONE, "illisible", draft.fault.line)
        return DraftRow(draft.reference, texts, None, printed=False, documents=0, readable=False)
    member = draft.dossier.member
    staff = member.staff_number or (_retired(member) if member.category == "retired" else NONE)
    convention = conventions.get(draft.dossier.convention or "")
    printed = draft.state in {"printed", "sent"}
    if convention is None:
        texts = (name_in_list(member), staff, NONE, NONE, NONE, STATES[draft.state], "convention absente d’ici")
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
        name_in_list(member),
        staff,
        formula.label if formula else NONE,
        long_date(found.effective_date.date) if told and found.effective_date else NONE,
        money(found.quote.net) if told and found.quote.net is not None else NONE,
        STATES[state],
        ", ".join(part for part in (*left, left_to_do(found, state)) if part),
    )
    return DraftRow(draft.reference, texts, draft.saved_at, printed, len(found.missing_documents))


def name_in_list(member: Member) -> str:
    """Give "Delattre-Roy Maïa", the name first as a list is looked through."""
    parts = (member.used_name or member.birth_name, member.first_name)
    return " ".join(" ".join(part.split()) for part in parts if part) or "Sans nom"


def left_to_do(found: Assessment, state: State) -> str:
    """Give what is still to be done, in a few words."""
    papers = len(found.missing_documents)
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


def _retired(member: Member) -> str:
    return "retraitée" if member.title == "mme" else "retraité"


class DraftsModel(QAbstractTableModel):
    """The rows as they were last worked out."""

    def __init__(self) -> None:
        """Begin with no row."""
        super().__init__()
        self.rows: tuple[DraftRow, ...] = ()
        self.dropped: tuple[int, ...] = ()
        """Columns for which there is no room: the name's tool tip and its words for screen readers hold them."""

    def show(self, rows: Sequence[DraftRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

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
        if not index.isValid():
            return None
        column = index.column()
        row = self.rows[index.row()]
        text = row.texts[column]
        roles = Qt.ItemDataRole
        answers: dict[int, Callable[[], object]] = {
            roles.DisplayRole: lambda: text,
            roles.AccessibleTextRole: lambda: ", ".join(self._said(row, column)),
            # Qt reads a tool tip that looks like markup as such: a name is text.
            roles.ToolTipRole: lambda: self._tip(row, column),
            roles.TextAlignmentRole: lambda: _aligned(column),
            roles.FontRole: lambda: _font(column),
            roles.ForegroundRole: lambda: colour("second") if column == LEFT else None,
        }
        answer = answers.get(role)
        return answer() if answer else None

    def _said(self, row: DraftRow, column: int) -> list[str]:
        columns = (column, *self.dropped) if column == AGENT else (column,)
        return [f"{HEADERS[one]} : {row.texts[one] or 'rien'}" for one in columns]

    def _tip(self, row: DraftRow, column: int) -> str | None:
        if column not in {AGENT, LEFT} or not row.texts[column]:
            return None
        lines = [row.texts[column], *(self._said(row, column)[1:])]
        return f"<qt>{'<br>'.join(_escaped(line) for line in lines)}</qt>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == NET else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _font(column: int) -> QFont | None:
    if column not in {AGENT, STATE, LEFT}:
        return None
    sizes = tokens()["type"]
    font = QFont(sizes["family"])
    font.setPixelSize(px(sizes["text"] if column == AGENT else sizes["small"]))
    if column == AGENT:
        font.setWeight(QFont.Weight.DemiBold)
    return font


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
