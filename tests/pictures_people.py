"""The invented people of the pictures, the day they are seen on, and the permanence that receives them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.desk.permanence import Permanence
from forms.dossier.model import Dossier, Employer, Member
from forms.dossier.paths import edited
from forms.dossier.reading import dossier_from_json
from forms.drafts.draft import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

DOSSIERS = Path(__file__).resolve().parent / "dossiers"
TODAY = dt.date(2026, 2, 3)
NOW = dt.datetime(2026, 2, 3, 14, 32, tzinfo=dt.UTC)
DAY = Permanence(
    place="Béthune", day=TODAY, said_on=TODAY, convention="cdg62-mnt",
    employer=Employer.model_validate({
        "name": "Mairie de Béthune", "siret": "21620910600014", "joined_on": dt.date(2026, 1, 1),
        "participation": "15.00",
    }),
)  # fmt: skip


def family(change: Callable[[Dossier], Dossier] = lambda dossier: dossier) -> Dossier:
    """Give the invented family of the tests."""
    text = (DOSSIERS / "cdg62-family.json").read_text(encoding="utf-8")
    return change(dossier_from_json(text))


def with_errors(dossier: Dossier) -> Dossier:
    """Give a dossier with one wrong number and one that is missing."""
    dossier = edited(dossier, "member.staff_number", None)
    return edited(dossier, "beneficiaries.1.nir", "2 05 07 62 119 042 37")


def nir(title: str, born: str) -> str:
    """Give a number whose key is right, of no one."""
    digits = f"{1 if title == 'm' else 2}{born[2:4]}{born[5:7]}62119042"
    return f"{digits}{97 - int(digits) % 97:02d}"


def drafts() -> list[Draft]:
    """Give five drafts of invented people, the newest last."""
    people = [
        ("2B7C-91XD", "transmis", "Ben Salah", "Inès", "B-0931", "1991-04-02", "essentielle"),
        ("5H3N-K0TQ", "retraitée", "Lheureux", "Josiane", None, "1958-11-20", "essentielle"),
        ("8P4W-6ZAE", "imprimé", "Wojciechowska", "Anna", "B-1102", "1974-06-30", "renforcee"),
        ("1R9S-V2MG", "complet", "Caron", "Hervé", "B-0217", "1990-08-08", "securite"),
    ]
    made = []
    for minutes, (reference, kind, name, first, number, born, formula) in enumerate(people):
        whole, title = family(), "m" if first == "Hervé" else "mme"
        member = Member.model_validate({
            **whole.member.model_dump(), "birth_name": name, "used_name": None, "first_name": first,
            "staff_number": number, "birth_date": dt.date.fromisoformat(born), "nir": nir(title, born),
            "title": title, "category": "retired" if number is None else "active",
        })  # fmt: skip
        dossier = whole.model_copy(
            update={"reference": reference, "member": member, "beneficiaries": (), "formula": formula}
        )
        state = {"transmis": "sent", "retraitée": "printed", "imprimé": "printed"}.get(kind, "complete")
        when = NOW + dt.timedelta(minutes=minutes)
        made.append(Draft(reference, dossier, "", state, "", "", 1, when, when))  # type: ignore[arg-type]
    last = NOW + dt.timedelta(minutes=9)
    errors = family(with_errors).model_copy(update={"reference": "7K3M-Q2XD"})
    return [*made, Draft("7K3M-Q2XD", errors, "", "draft", "", "", 1, last, last)]
