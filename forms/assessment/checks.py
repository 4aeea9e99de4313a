"""What is checked whatever the convention: identifiers, texts that could not be read, texts the law wants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal

from pydantic import BaseModel

from forms.assessment.answer import Issue, Severity
from forms.assessment.scene import Scene
from forms.dossier import identifiers
from forms.dossier.fields import field_at
from forms.dossier.identifiers import Flaw
from forms.dossier.letters import unprintable
from forms.dossier.model import Dossier
from forms.dossier.paths import name_of, person_path, title_at
from forms.french import is_no_day, of_name, typeset

_JUDGED: dict[str, tuple[Severity, Callable[[str], Flaw | None]]] = {
    "nir": ("error", identifiers.nir_flaw),
    "siret": ("error", identifiers.siret_flaw),
    "iban": ("error", identifiers.iban_flaw),
    "bic": ("error", identifiers.bic_flaw),
    "email": ("warning", identifiers.email_flaw),
    "phone": ("warning", identifiers.phone_flaw),
    "postal_code": ("warning", identifiers.postal_code_flaw),
}
_NAMES = frozenset({"birth_name", "used_name", "first_name"})
"""What a person is called. No digit is refused there: a name is what its bearer says."""
_NIR_LAW = "répertoire national d’identification des personnes physiques (décret 82-103)"


def own_checks(scene: Scene) -> Iterator[Issue]:
    """Give the issues that no convention rules on."""
    dossier = scene.dossier
    yield from _unread(dossier)
    yield from _texts_said(dossier)
    yield from _nirs(dossier, scene)
    own = [(f"beneficiaries.{i}.refund", person.refund) for i, person in enumerate(dossier.beneficiaries)]
    for block, account in (("payment", dossier.payment), ("refund", dossier.refund), *own):
        if account is None:
            continue
        flaw = identifiers.bic_disagrees(account.iban, account.bic) if account.iban and account.bic else None
        if flaw:
            yield Issue(f"{block}.bic", "warning", flaw.code, flaw.message)
    yield from _choices(scene)
    yield from _legal_texts(scene)


def said_nowhere(scene: Scene) -> tuple[str, ...]:
    """Give what every convention needs: what a change starts from, the employer who deducts from the pay."""
    dossier = scene.dossier
    change = dossier.kind != "enrolment" and dossier.current is None
    payroll = dossier.payment.mode == "payroll" and dossier.employer.name is None and scene.convention.has_employer
    return (*(("current",) if change else ()), *(("employer.name",) if payroll else ()))


_WHOSE = {
    "previous_contract.address": "assureur précédent",
    "refund": "remboursements",
    "payment": "prélèvement",
}


def titled(dossier: Dossier, path: str) -> str:
    """Give a field's title with whose it is: « N° de Sécurité sociale (Zoé) », « IBAN (remboursements) »."""
    owner = person_path(path)
    block = path.rpartition(".")[0]
    whose = name_of(dossier, owner) if owner not in {None, "member"} else _WHOSE.get(block, "")
    return f"{title_at(path)} ({whose})" if whose and path != "payment.mode" else title_at(path)


_EXAMPLES = {"date": "14/07/2005", "whole": "2"}


def _unread(dossier: Dossier) -> Iterator[Issue]:
    for path, text in dossier.unread.items():
        kind = field_at(path).kind
        why = f"ne se lit pas ; retapez la valeur, par exemple {_EXAMPLES.get(kind, '15,00')}"
        if kind == "date" and is_no_day(text):
            why = "n’existe pas ; vérifiez le jour et le mois"
        yield Issue(path, "error", "unreadable", typeset(f"{titled(dossier, path)} : « {text} » {why}."))


def _texts_said(dossier: Dossier) -> Iterator[Issue]:
    """Judge the identifiers, and refuse a letter that the paper cannot write: what is signed says what was typed."""
    for path, name, value in _texts(dossier, "", []):
        if judged := _JUDGED.get(name):
            severity, find = judged
            if flaw := find(value):
                yield Issue(path, severity, flaw.code, flaw.message)
        elif name in _NAMES and not value.isalpha() and (digit := next((c for c in value if c.isdigit()), "")):
            message = f"Un chiffre (« {digit} ») dans un nom : relisez-le sur la pièce d’identité."
            yield Issue(path, "warning", "digit_in_name", typeset(message))
        if not value.isascii() and (letters := unprintable(value)):
            message = f"« {letters} » ne s’imprime pas : écrivez ce texte en lettres latines."
            yield Issue(path, "error", "letter_not_printed", typeset(message))


_NO_TEXT = frozenset({type(None), bool, int, dt.date, Decimal, dict})


def _texts(block: BaseModel, path: str, found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Add the texts of a dossier: the field's path, its name, a text; what could not be read is left aside.

    ``vars`` and not the model's own iteration: it is walked at each key, and pydantic's is four times slower.
    """
    for name, child in vars(block).items():
        if type(child) in _NO_TEXT:
            continue
        here = f"{path}.{name}" if path else name
        if isinstance(child, str):
            found.append((here, name, child))
        elif isinstance(child, tuple):
            for index, item in enumerate(child):
                if isinstance(item, str):
                    found.append((here, name, item))
                else:
                    _texts(item, f"{here}.{index}", found)
        else:
            _texts(child, here, found)
    return found


def _nirs(dossier: Dossier, scene: Scene) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for path, person in scene.people.items():
        if not person.nir or identifiers.nir_flaw(person.nir):
            continue
        for flaw in identifiers.nir_disagreements(person.nir, person.title, person.birth_date):
            yield Issue(f"{path}.nir", "warning", flaw.code, flaw.message, _NIR_LAW)
        other = seen.setdefault(identifiers.compact_nir(person.nir), path)
        if other != path:
            message = f"Ce numéro est aussi celui {of_name(name_of(dossier, other))} : vérifiez à qui il est."
            yield Issue(f"{path}.nir", "warning", "nir_repeated", message, _NIR_LAW)


def _choices(scene: Scene) -> Iterator[Issue]:
    """Refuse an option that the convention does not have, and a formula of one's own where there is one for all."""
    dossier, known = scene.dossier, {option.id for option in scene.convention.options}
    chosen = [("options", option) for option in dossier.options]
    chosen += [(f"{path}.options", option) for path, person in scene.people.items() for option in person.options]
    for path, option in chosen:
        if option not in known:
            yield Issue(
                path, "error", "option_unknown", f"L’option « {option} » n’est pas de la convention : retirez-la."
            )
    if scene.convention.formula_by_person:
        return
    for index, person in enumerate(dossier.beneficiaries):
        if person.formula not in {None, dossier.formula}:
            message = "Une seule formule couvre toute la famille : retirez celle de cette personne."
            yield Issue(f"beneficiaries.{index}.formula", "error", "formula_for_all", message)


def _legal_texts(scene: Scene) -> Iterator[Issue]:
    if scene.dossier.request.setting != "workplace":
        return
    for text in scene.convention.legal_texts.values():
        if text.text is None:
            message = (
                f"Le texte de l’article {text.article} n’est pas encore dans la convention : le bulletin en porte "
                "un exposé simple ; demandez le texte à l’assureur."
            )
            yield Issue("", "warning", "legal_text_missing", message, text.source)
