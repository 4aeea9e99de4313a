"""An insurer's own PDF filled: our marks at the places of its fields, or at given millimetres, over its pages."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from forms.assessment import assess
from forms.bulletin.boxes import VALUE_SIZE
from forms.bulletin.code import SIDE, dossier_modules, encode
from forms.bulletin.fit import shrunk
from forms.bulletin.marks import PAGE_HEIGHT, PAGE_WIDTH, Back, Code, Line, Page, Text
from forms.bulletin.printing import Printing
from forms.bulletin.words import Words
from forms.dossier.fields import field_at
from forms.dossier.model import Dossier
from forms.dossier.paths import value_at
from forms.faults import Fault
from forms.french import plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from pypdf import PageObject

    from forms.bulletin.marks import Mark
    from forms.convention import Convention
    from forms.convention.declared.papers import OwnBoxTable
    from forms.convention.model import OwnForm

_MM = 25.4 / 72.0
_A4_WITHIN = 2.0
_PAD = 0.8
_CAP = 0.66
"""Height of a capital in parts of the size: it puts a text in the middle of its field."""
_COMB = 1 << 24  # PDF 32000-1, table 228: the field's characters are equally spaced
_PERSON = re.compile(r"beneficiaries\.(\d+)\.")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value is written: ``x`` and ``bottom`` of its room, millimetres from the top left corner."""

    page: int
    x: float
    bottom: float
    width: float
    height: float
    cell: float | None


def own_pages(form: OwnForm, words: Words, title: str) -> list[Page]:
    """Give the pages of an insurer's form with what is written on them, without their foot.

    Raises:
        Fault: the PDF cannot be read, is not A4, lacks a field; a value or a person has no room. Nothing is printed.
    """
    name = form.table.pdf
    reader = _opened(form)
    sizes = len(reader.pages)
    fields = _fields(reader, name)
    marks: list[list[Mark]] = [[] for _ in range(sizes)]
    for box in form.table.boxes:
        place = _place(box, fields, name)
        if place.page >= sizes:
            raise Fault(f"{name} n’a pas de page {place.page + 1}, où « {box.key} » doit être écrit.")
        marks[place.page] += _written(box, place, words, name)
    _room_for_all(form, words)
    if form.table.code:
        x, y = form.table.code
        found = dossier_modules(encode(words.dossier))
        if found:
            marks[0].append(Code(x, y, SIDE, *found, "dossier"))
    at = form.table.mark
    mark_at = (at[0], at[1]) if at else None
    return [
        Page(tuple(made), title if number == 0 else "", back=Back(name, number, form.data, mark_at))
        for number, made in enumerate(marks)
    ]


def own_flaws(convention: Convention, now: dt.datetime) -> list[str]:
    """Give what is wrong with the PDFs that a convention brings: an empty dossier is written on each."""
    dossier = Dossier(convention=convention.id)
    words = Words(dossier, assess(dossier, convention, now.date()), convention, Printing("", 1, now))
    flaws = []
    for form in convention.forms:
        if form.own:
            try:
                own_pages(form.own, words, form.id)
            except Fault as fault:
                flaws.append(str(fault))
    return flaws


def backed(pdf: bytes, pages: Sequence[Page]) -> bytes:
    """Put the insurer's pages behind ours; the same bytes for the same pages."""
    if not any(page.back for page in pages):
        return pdf
    writer = PdfWriter(clone_from=io.BytesIO(pdf))
    readers: dict[str, PdfReader] = {}
    for page, ours in zip(pages, writer.pages, strict=True):
        if page.back is None:
            continue
        reader = readers.setdefault(page.back.name, PdfReader(io.BytesIO(page.back.data)))
        theirs = reader.pages[page.back.page]
        # Its fields are filled by our text over them: left in place they would cover it, empty.
        theirs.pop("/Annots", None)
        ours.merge_page(theirs, over=False)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _opened(form: OwnForm) -> PdfReader:
    name = form.table.pdf
    try:
        reader = PdfReader(io.BytesIO(form.data))
        if reader.is_encrypted:
            raise Fault(f"{name} est fermé par un mot de passe.")
        for number, page in enumerate(reader.pages, 1):
            box = page.mediabox
            wrong = max(abs(float(box.width) * _MM - PAGE_WIDTH), abs(float(box.height) * _MM - PAGE_HEIGHT))
            if wrong > _A4_WITHIN or page.rotation:
                raise Fault(f"{name} : la page {number} n’est pas une page A4 droite.")
    except PyPdfError:
        raise Fault(f"{name} n’est pas un PDF lisible.") from None
    return reader


def _fields(reader: PdfReader, name: str) -> dict[str, _Place]:
    """Give the place of each field by its whole name; one that stands twice is placed where it stands first."""
    found: dict[str, _Place] = {}
    try:
        for number, page in enumerate(reader.pages):
            for reference in page.get("/Annots") or ():
                widget = reference.get_object()
                if widget.get("/Subtype") == "/Widget":
                    found.setdefault(_field_name(widget), _widget_place(widget, number, page))
    except (PyPdfError, AttributeError, TypeError, ValueError, KeyError):
        raise Fault(f"{name} : ses champs ne peuvent pas être lus.") from None
    return found


def _field_name(widget: Any) -> str:
    parts: list[str] = []
    while widget is not None:
        if "/T" in widget:
            parts.append(str(widget["/T"]))
        parent = widget.get("/Parent")
        widget = parent.get_object() if parent is not None else None
    return ".".join(reversed(parts))


def _inherited(widget: Any, key: str) -> Any:
    while widget is not None:
        if key in widget:
            return widget[key]
        parent = widget.get("/Parent")
        widget = parent.get_object() if parent is not None else None
    return None


def _widget_place(widget: Any, number: int, page: PageObject) -> _Place:
    left, bottom, right, top = (float(side) for side in widget["/Rect"])
    base_x, top_y = float(page.mediabox.left), float(page.mediabox.top)
    longest = _inherited(widget, "/MaxLen")
    comb = bool(int(_inherited(widget, "/Ff") or 0) & _COMB) and longest
    width = (right - left) * _MM
    cell = width / int(longest) if comb else None
    return _Place(number, (left - base_x) * _MM, (top_y - bottom) * _MM, width, (top - bottom) * _MM, cell)


def _place(box: OwnBoxTable, fields: dict[str, _Place], name: str) -> _Place:
    if box.field is not None:
        found = fields.get(box.field)
        if found is None:
            raise Fault(f"{name} n’a pas de champ « {box.field} ».")
        return found
    x, y = box.x or 0.0, box.y or 0.0
    return _Place(box.page - 1, x, y, box.width or PAGE_WIDTH - x, 0.0, box.cell)


def _written(box: OwnBoxTable, place: _Place, words: Words, name: str) -> list[Mark]:
    if box.equals is not None:
        return _cross(place) if _answer(box.key, words) == box.equals else []
    if place.cell is not None:
        return _in_cells(box, place, place.cell, words, name)
    text = words.text(box.key)
    if not text:
        return []
    size = shrunk(text, place.width - 2 * _PAD, _size(place))
    if size is None:
        raise Fault(f"{name} : une réponse ne tient pas dans « {box.field or box.key} ».")
    return [Text(place.x + _PAD, _base(place, size), text, size)]


def _size(place: _Place) -> float:
    """Give the size in points of a text in its field: as in our boxes, smaller where the field is low."""
    return VALUE_SIZE if not place.height else max(6.5, min(VALUE_SIZE, place.height / 0.3528 * 0.8))


def _base(place: _Place, size: float) -> float:
    rise = (place.height - size * 0.3528 * _CAP) / 2 if place.height else 0.0
    return place.bottom - rise


def _in_cells(box: OwnBoxTable, place: _Place, cell: float, words: Words, name: str) -> list[Mark]:
    text = words.cells(box.key)
    if len(text) * cell > place.width + 0.1:
        raise Fault(f"{name} : une réponse a trop de caractères pour « {box.field or box.key} ».")
    size = min(_size(place), cell / 0.3528 * 1.2)
    y = _base(place, size)
    return [Text(place.x + (n + 0.5) * cell, y, letter, size, align="centre") for n, letter in enumerate(text)]


def _cross(place: _Place) -> list[Mark]:
    """Cross a box: its field's, or 3 mm above a given point."""
    side = min(place.width, place.height) if place.height else 3.0
    x, y, gap = place.x, place.bottom, side * 0.2
    return [
        Line(x + gap, y - gap, x + side - gap, y - side + gap, 1.3, "ink"),
        Line(x + gap, y - side + gap, x + side - gap, y - gap, 1.3, "ink"),
    ]


def _answer(key: str, words: Words) -> object:
    if key.startswith("="):
        return words.text(key)
    field_at(key)
    return None if key in words.dossier.unread else value_at(words.dossier, key)


def _room_for_all(form: OwnForm, words: Words) -> None:
    """Refuse a family that the form has no lines for: nobody may be left out of what is signed."""
    places = [int(found[1]) for box in form.table.boxes if (found := _PERSON.match(box.key))]
    count = len(words.dossier.beneficiaries)
    if places and count > max(places) + 1:
        room = plural(max(places) + 1, "bénéficiaire")
        raise Fault(f"{form.table.pdf} n’a de place que pour {room} : ce dossier en a {count}.")
