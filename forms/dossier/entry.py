"""From what a person types to a fact, and from a fact to what is shown."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from forms.dossier import identifiers
from forms.dossier.fields import field_at
from forms.dossier.labels import label_at
from forms.dossier.model import LINES_LIMIT, OPTIONS_LIMIT, Dossier
from forms.dossier.paths import edited, value_at, with_unread
from forms.dossier.scalars import TEXT_LIMIT
from forms.french import amount, read_date, read_money, short_date

_SHOWN: dict[str, Callable[[Any], str]] = {
    "date": short_date,
    "money": amount,
    "percent": amount,
    "nir": identifiers.format_nir,
    "iban": identifiers.format_iban,
    "siret": identifiers.format_siret,
    "phone": identifiers.format_phone,
    "lines": "\n".join,
    "whole": str,
}


def typed(dossier: Dossier, path: str, text: str, today: dt.date) -> Dossier:
    """Give the dossier once a text has been typed at a path.

    A date or an amount that cannot be read is kept as typed in ``unread`` and the fact becomes unknown; an IBAN
    is kept compact; other kinds are stored as typed; the spaces, tabs and line ends that a paste brings around them
    are no one's. A blank text takes the fact away. ``KeyError`` for a path that no dossier has.
    """
    kind = field_at(path).kind
    if kind == "lines":
        return edited(dossier, path, _lines(text, OPTIONS_LIMIT if path.endswith("options") else LINES_LIMIT))
    clean = cleaned(text)[:TEXT_LIMIT].strip()
    if not clean:
        return edited(dossier, path, None)
    value: dt.date | Decimal | int | str | None = clean
    if kind == "date":
        value = read_date(clean, today, birth=path.endswith("birth_date"))
    elif kind in {"money", "percent"}:
        value = read_money(clean)
    elif kind == "whole":
        value = int(clean) if clean in set("123456789") else None
    elif kind == "iban":
        value = identifiers.kept_iban(clean)
    return with_unread(dossier, path, clean) if value is None else edited(dossier, path, value)


def cleaned(text: str) -> str:
    """Give one line as it was meant: no mark that cannot be seen, nothing around it that a paste brought."""
    # A no-break space pasted from a page is a space: « Jean Pierre » stays two words.
    return "".join(c for c in (" " if c.isspace() else c for c in text) if c.isprintable()).strip()


def _lines(text: str, most: int) -> tuple[str, ...]:
    """Give the lines that hold something; those beyond the last one allowed are put on it, so that nothing is lost."""
    lines = [line for line in map(cleaned, text.split("\n")) if line]
    lines[most - 1 :] = [", ".join(lines[most - 1 :])] if len(lines) >= most else []
    return tuple(line[:TEXT_LIMIT] for line in lines)


def shown(dossier: Dossier, path: str) -> str:
    """Give the text to show at a path: what could not be read, else the fact as French people write it."""
    if path in dossier.unread:
        return dossier.unread[path]
    value = value_at(dossier, path)
    if value is None:
        return ""
    kind = field_at(path).kind
    if kind in {"choice", "flag"}:
        return label_at(dossier, path)
    return _SHOWN.get(kind, str)(value)
