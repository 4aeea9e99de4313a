"""The options that several verbs share, and how their values are read."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import re
from decimal import Decimal

from forms.french import read_money

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day(text: str) -> dt.date:
    """Read ``AAAA-MM-JJ``."""
    # fromisoformat alone also takes weeks: 2026-W05-2
    with contextlib.suppress(ValueError):
        if _ISO_DAY.fullmatch(text):
            return dt.date.fromisoformat(text)
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date AAAA-MM-JJ")


def euros(text: str) -> Decimal:
    """Read a positive amount with two decimals at most."""
    amount = read_money(text)
    if amount is None:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre positif à deux décimales au plus")
    return amount


def moment(text: str) -> dt.datetime:
    """Read an ISO instant."""
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un instant AAAA-MM-JJTHH:MM") from None


def whole(text: str) -> int:
    """Read a whole number of at most three digits."""
    if not text.isdecimal() or not 0 < int(text) < 1000:  # noqa: PLR2004 - three digits fit the page's foot
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre entier entre 1 et 999")
    return int(text)


def copies(text: str) -> int:
    """Read 1 or 2."""
    if text not in {"1", "2"}:
        raise argparse.ArgumentTypeError(f"« {text} » n’est ni 1 ni 2")
    return int(text)


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help="répondre en JSON")


def add_today(parser: argparse.ArgumentParser) -> None:
    """Add ``--today``."""
    parser.add_argument("--today", type=day, metavar="DATE", help="le jour à prendre pour aujourd’hui")


def add_output(parser: argparse.ArgumentParser) -> None:
    """Add ``-o`` and ``--now``."""
    parser.add_argument("-o", dest="output", metavar="OUT.pdf", required=True, help="le fichier à écrire")
    parser.add_argument("--now", type=moment, metavar="INSTANT", help="l’instant d’impression à écrire")
