"""What every table that a folder declares shares: amounts between quotes, sources, no unknown key."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic_core import PydanticCustomError

from forms.dossier.scalars import read_money_text

Step = Literal["before", "formula", "contract", "beneficiaries", "summary"]
Need = Literal["required", "may_wait", "optional"]


def _euros(value: Any) -> Any:
    if not isinstance(value, str):
        raise PydanticCustomError("money", 'un montant s’écrit entre guillemets, par exemple "19.58"')
    return read_money_text(value)


@dataclass(frozen=True, slots=True)
class Share:
    """An amount said as a percentage of the monthly social-security ceiling (PMSS) of the year."""

    percent: Decimal


def _price(value: Any) -> Any:
    percent = _PERCENT.fullmatch(value) if isinstance(value, str) else None
    return Share(Decimal(percent[1])) if percent else _euros(value)


_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?) ?%", re.ASCII)
Euros = Annotated[Decimal, BeforeValidator(_euros)]
Price = Annotated[Decimal | Share, BeforeValidator(_price)]


class Declared(BaseModel):
    """A table of the folder; an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Sourced(Declared):
    """A table that says where it comes from; what no document says is ``assumed`` and says what is assumed."""

    source: str
    certainty: Literal["stated", "assumed"] = "stated"
    assumption: str | None = None


class Source(Declared):
    """A document: who published it, when someone last checked the folder against it."""

    title: str
    publisher: str
    checked_on: dt.date
    note: str = ""
