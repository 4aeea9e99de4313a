"""The leaves of a dossier: text, dates, amounts, and the kind of input that each one is."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from forms.french import FIRST_YEAR, LAST_YEAR

TEXT_LIMIT = 300
"""Characters in one text: longer than any name or address line, short enough to bound a file."""

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONEY = re.compile(r"\d{1,7}(\.\d{1,2})?", re.ASCII)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Kind:
    """How a leaf is typed, judged and shown: ``nir``, ``iban``, ``date``, ``money``, ``text`` and so on."""

    name: str


def _refuse(code: str, message: str) -> PydanticCustomError:
    # Braces are pydantic's own placeholders: what a person typed never goes into this message.
    return PydanticCustomError(code, message)


def _text(value: Any) -> Any:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _refuse("text", "un texte entre guillemets est attendu")
    if len(value) > TEXT_LIMIT:
        raise _refuse("text_long", f"le texte dépasse {TEXT_LIMIT} caractères")
    if any(c in _BIDI or unicodedata.category(c) in {"Cc", "Cs"} for c in value):
        raise _refuse("text_control", "le texte contient un caractère invisible qui n’est pas admis")
    return value if value.strip() else None


def _line(value: Any) -> Any:
    if value is None:
        raise _refuse("text", "un texte entre guillemets est attendu")
    return _text(value) or ""


def _date(value: Any) -> Any:
    if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
        return value
    # Even strict JSON reads "1772323200" as a date: only the written form is one here.
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        # As where it is typed; and no rule that adds months or years falls off the end of the calendar.
        if not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
            raise _refuse("date", f"une date entre {FIRST_YEAR} et {LAST_YEAR} est attendue")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise _refuse("date", "une date s’écrit AAAA-MM-JJ, par exemple 2026-03-01")


def read_money_text(value: Any) -> Any:
    """Read an amount as a file writes it (``"15.00"``), two decimals at most; ``None`` stays."""
    if value is None:
        return None
    # str() of a Decimal can be "1E+1": "f" writes every digit, and a third decimal stays to be refused.
    text = format(value, "f") if isinstance(value, Decimal) and value.is_finite() else value
    if isinstance(text, str) and _MONEY.fullmatch(text):
        return Decimal(text).quantize(Decimal("0.01"))
    raise _refuse("money", 'un montant s’écrit entre guillemets, avec deux décimales au plus, par exemple "15.00"')


def _flag(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    raise _refuse("flag", "true, false ou null est attendu")


_MONEY_OUT = PlainSerializer(lambda value: None if value is None else f"{value:.2f}", when_used="json")
_MONEY_SCHEMA = WithJsonSchema({"anyOf": [{"type": "string", "pattern": r"^\d{1,7}(\.\d{1,2})?$"}, {"type": "null"}]})
_DATE_SCHEMA = WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]})

Text = Annotated[str | None, BeforeValidator(_text), Kind("text")]
Date = Annotated[dt.date | None, BeforeValidator(_date), Kind("date"), _DATE_SCHEMA]
Money = Annotated[Decimal | None, BeforeValidator(read_money_text), Kind("money"), _MONEY_OUT, _MONEY_SCHEMA]
Percent = Annotated[Decimal | None, BeforeValidator(read_money_text), Kind("percent"), _MONEY_OUT, _MONEY_SCHEMA]
Flag = Annotated[bool | None, BeforeValidator(_flag), Kind("flag")]
Nir = Annotated[str | None, BeforeValidator(_text), Kind("nir")]
Siret = Annotated[str | None, BeforeValidator(_text), Kind("siret")]
Iban = Annotated[str | None, BeforeValidator(_text), Kind("iban")]
Bic = Annotated[str | None, BeforeValidator(_text), Kind("bic")]
Phone = Annotated[str | None, BeforeValidator(_text), Kind("phone")]
Email = Annotated[str | None, BeforeValidator(_text), Kind("email")]
PostalCode = Annotated[str | None, BeforeValidator(_text), Kind("postal_code")]
Line = Annotated[str, BeforeValidator(_line)]
FLAG = BeforeValidator(_flag)
"""Refuse "yes" and 1, which pydantic would take for true."""

T = TypeVar("T")


def never_null(default: Any) -> BeforeValidator:
    """Read ``null`` as the default: "no", or "nothing said yet" of a block that is always there."""
    return BeforeValidator(lambda value: default if value is None else value)
