"""What one row of a list says: cells to facts of a member, and what cannot be believed of them, in French."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from forms.dossier.fields import field_at
from forms.dossier.identifiers import compact_nir, nir_birth, nir_disagreements, nir_flaw, nir_sex
from forms.exchange.bounds import CELL_LIMIT
from forms.exchange.headings import coded, columns, words
from forms.french import fold, is_no_day, ordinal, read_date, read_money, short_date

Fact = str | dt.date | Decimal

EXCEL_ZERO = dt.date(1899, 12, 30)
"""Day zero of Excel's dates, so that the days after its false 29 February 1900 are right."""

_NIR_LENGTHS = {13, 15}
_SERIAL = re.compile(r"([0-9]{4,5})(?:\.[0-9]+)?")
_FIRST_SERIAL, _LAST_SERIAL = 3_654, 73_051  # 1910 to 2100
_HOUR = re.compile(r"[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$", re.ASCII)
_SCIENTIFIC = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]+")
_YOUNGEST, _OLDEST = 14, 100


@dataclass
class Said:
    """What a row says: facts by path, dates and amounts that cannot be read, why it is refused or to be seen.

    ``someone_else`` tells that the NIR is another person's; ``None`` where it cannot be compared. ``moved`` tells that
    the cells are not what their columns announce.
    """

    facts: dict[str, Fact] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    someone_else: bool | None = None
    moved: bool = False

    def refuse_moved(self, reason: str) -> None:
        """Refuse a row whose cells are not in their columns."""
        self.refusals.append(reason)
        self.moved = True

    def text(self, path: str) -> str:
        """Give the text said at a path, empty where none is."""
        value = self.facts.get(path)
        return value if isinstance(value, str) else ""

    @property
    def birth(self) -> dt.date | None:
        """Give the birth date that could be read."""
        value = self.facts.get("member.birth_date")
        return value if isinstance(value, dt.date) else None


def said_by(cells: Mapping[str, str], today: dt.date, zero: dt.date = EXCEL_ZERO) -> Said:
    """Read the cells of one row, by target; ``zero`` is day zero of dates written as numbers."""
    said = Said()
    for target, text in cells.items():
        if len(text) > CELL_LIMIT:
            said.refusals.append(f"{title_of(target)} : plus de {CELL_LIMIT} caractères dans la case.")
        elif text and target.startswith(("member.", "employer.")):
            _put(said, target, text, today, zero)
    if cells.get("name"):
        _split_name(said, cells["name"])
    lines = tuple(text for n in (1, 2, 3) if (text := cells.get(f"address_{n}", "")) and len(text) <= CELL_LIMIT)
    if lines:
        said.facts["address"] = "\n".join(lines)
    _join_key(said, cells.get("nir_key", ""))
    _judge_names(said)
    _judge_birth(said, today)
    _judge_nir(said, cells)
    _judge_place(said, cells, today)
    return said


def title_of(target: str) -> str:
    """Give the French title of what a column can be."""
    return next((column.title for column in columns() if column.target == target), target)


def _put(said: Said, path: str, text: str, today: dt.date, zero: dt.date) -> None:
    kind = field_at(path).kind
    value: Fact | None = text
    if kind == "date":
        value = date_of(text, today, zero, birth=path == "member.birth_date")
    elif kind == "money":
        value = read_money(text)
    elif kind == "choice":
        value = coded(path).get(words(text))
        if value is None:
            said.warnings.append(f"{title_of(path)} : « {_short(text)} » n’est pas connu, à choisir.")
        else:
            said.facts[path] = value
        return
    elif path == "member.nir" and _SCIENTIFIC.fullmatch(text):
        said.warnings.append(
            "N° de Sécurité sociale : le tableur l’a arrondi, ses derniers chiffres sont perdus ; à saisir."
        )
        return
    if value is None:
        said.unread[path] = text
        why = "n’existe pas" if kind == "date" and is_no_day(text) else "ne se lit pas"
        said.warnings.append(f"{title_of(path)} : « {_short(text)} » {why}, à corriger.")
    else:
        said.facts[path] = _mended(path, value)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"  # noqa: PLR2004 - a message stays on one line


def _mended(path: str, value: Fact) -> Fact:
    """Give back what a spreadsheet takes away (zeros ahead), and the case of names in capitals."""
    if not isinstance(value, str):
        return value
    if path == "member.address.postal_code" and value.isdigit():
        return value.zfill(5)
    if path == "member.phone" and value.isdigit() and len(value) == 9:  # noqa: PLR2004 - ten, less the zero
        return f"0{value}"
    if path in {"member.birth_name", "member.used_name", "member.first_name"}:
        return recased(value)
    return value


def recased(name: str) -> str:
    """Give ``Jean-Pierre`` for ``JEAN-PIERRE``; a name that is not all capitals stays as written."""
    if not name.isupper():
        return name
    return _LETTERS.sub(lambda word: word[0][0] + word[0][1:].lower(), name)


def date_of(text: str, today: dt.date, zero: dt.date = EXCEL_ZERO, *, birth: bool) -> dt.date | None:
    """Read a date as typed, with an hour after it, or as the number of days that Excel shows for one."""
    bare = _HOUR.sub("", text)
    if len(bare) == 7 and bare.isdigit():  # noqa: PLR2004 - « 01031984 », less the zero that a spreadsheet drops
        bare = f"0{bare}"
    if match := _SERIAL.fullmatch(bare):
        days = int(match[1])
        return zero + dt.timedelta(days) if _FIRST_SERIAL <= days <= _LAST_SERIAL else None
    return read_date(bare, today, birth=birth)


def _split_name(said: Said, text: str) -> None:
    """Part « DELATTRE Maïa » or « Maïa DELATTRE » by capitals; else the last word is taken for the first name."""
    if len(text) > CELL_LIMIT:
        return
    parts = text.replace(",", " ").split()
    capitals = [part.isupper() and len(part) > 1 for part in parts]
    family = [part for part, capital in zip(parts, capitals, strict=True) if capital]
    given = [part for part, capital in zip(parts, capitals, strict=True) if not capital]
    if not family or not given:
        family, given = parts[:-1], parts[-1:]
        if not family:
            family, given = given, []
        said.warnings.append("Nom et prénom dans une même case : vérifiez où finit le nom.")
    said.facts.setdefault("member.birth_name", recased(" ".join(family)))
    if given:
        said.facts.setdefault("member.first_name", recased(" ".join(given)))


def _join_key(said: Said, key: str) -> None:
    number = compact_nir(said.text("member.nir"))
    if number and len(number) < max(_NIR_LENGTHS) and key.isdigit():
        said.facts["member.nir"] = number + key.zfill(2)


def _judge_names(said: Said) -> None:
    names = ("member.birth_name", "member.used_name", "member.first_name")
    if not any(said.text(path) for path in names[:2]):
        said.refuse_moved("Pas de nom : la ligne n’est celle de personne, ou les colonnes sont décalées.")
    elif not said.text("member.first_name"):
        said.warnings.append("Pas de prénom.")
    for path in names:
        if any(character.isdigit() for character in said.text(path)):
            said.refuse_moved(f"{title_of(path)} : il contient des chiffres, les colonnes sont sans doute décalées.")


def _judge_birth(said: Said, today: dt.date) -> None:
    if said.birth is None:
        return
    age = today.year - said.birth.year
    if not _YOUNGEST <= age <= _OLDEST:
        said.warnings.append(f"Date de naissance : le {short_date(said.birth)}, à vérifier.")


def _judge_nir(said: Said, cells: Mapping[str, str]) -> None:
    number = said.text("member.nir")
    if not number:
        return
    flaw = nir_flaw(number)
    elsewhere = _holds_nir(cells) if flaw is not None else ""
    if elsewhere:
        said.refuse_moved(
            f"Un n° de Sécurité sociale est dans la colonne « {title_of(elsewhere)} » : les colonnes sont décalées."
        )
    elif flaw is not None:
        said.warnings.append(flaw.message)
    if flaw is None or flaw.code == "nir_no_key":
        _compare(said, number)


def _compare(said: Said, number: str) -> None:
    """Put a right number against sex and birth date: one difference may be a slip, two are someone else's number."""
    born, title = nir_birth(number), said.text("member.title") or None
    differs = [title is not None and nir_sex(number) != title]
    if born is not None and said.birth is not None:
        differs += [born[0] != said.birth.year % 100, born[1] not in {None, said.birth.month}]
        said.someone_else = sum(differs) > 1
    if said.someone_else:
        said.refuse_moved(
            "Le n° de Sécurité sociale est celui de quelqu’un d’autre (naissance ou sexe) : les colonnes ou les "
            "lignes sont sans doute décalées."
        )
    elif any(differs):
        said.warnings += [found.message for found in nir_disagreements(number, title, said.birth)]


def _holds_nir(cells: Mapping[str, str]) -> str:
    """Give the target of the cell, other than the NIR's own, that holds a right NIR."""
    for target, text in cells.items():
        if target != "member.nir" and len(compact_nir(text)) in _NIR_LENGTHS:
            flaw = nir_flaw(text)
            if flaw is None or (flaw.code == "nir_no_key" and target in {"member.birth_date", "member.birth_place"}):
                return target
    return ""


def _judge_place(said: Said, cells: Mapping[str, str], today: dt.date) -> None:
    """Find a row whose cells moved: no birth date can be read in its column and one stands in a neighbour's."""
    text = said.unread.get("member.birth_date")
    if text is None or said.refusals:
        return
    dates = {"member.birth_date", "member.hired_on"}
    moved = next(
        (target for target, cell in cells.items() if target not in dates and "/" in cell and _is_date(cell, today)), ""
    )
    if moved or _holds_nir(cells):
        place = title_of(moved or _holds_nir(cells))
        said.refuse_moved(f"La colonne « {place} » ne contient pas ce qu’elle annonce : les colonnes sont décalées.")


def _is_date(text: str, today: dt.date) -> bool:
    return read_date(_HOUR.sub("", text), today, birth=True) is not None


def identity(said: Said) -> tuple[str, str, str] | None:
    """Give what makes two rows one person: folded names and birth date; nothing where one is not known."""
    name = said.text("member.birth_name") or said.text("member.used_name")
    first = said.text("member.first_name")
    return (fold(name), fold(first), said.birth.isoformat()) if name and first and said.birth else None


def called(said: Said, number: int) -> str:
    """Give how a row is called in a report: its names, else its place."""
    parts = (said.text("member.first_name"), said.text("member.used_name") or said.text("member.birth_name"))
    return " ".join(part for part in parts if part) or f"{ordinal(number)} ligne"
