"""The two doors of a dossier file: JSON text to a dossier, and back; a refusal is one French line."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from forms.dossier.fields import fields, pattern_of
from forms.dossier.model import FORMAT, PEOPLE_LIMIT, Dossier
from forms.dossier.references import reference_from
from forms.faults import Fault

SIZE_LIMIT = 1_000_000
"""Characters of one dossier file: a hundred times a family of ten."""

_LONG_INDEX = re.compile(r"\d{3}|[^\x00-\x7f]")
"""No list has a hundred items, and \\d takes the digits of other scripts."""

_WORDS = {
    "missing": "il manque",
    "string_type": "un texte entre guillemets est attendu",
    "int_type": "un nombre entier est attendu",
    "bool_type": "true ou false est attendu",
    "tuple_type": "une liste est attendue",
    "dict_type": "un bloc { … } est attendu",
    "model_type": "un bloc { … } est attendu",
    "string_too_long": "le texte est trop long",
    "string_pattern_mismatch": "l’écriture n’est pas celle attendue",
}


def dossier_from_json(text: str) -> Dossier:
    """Read one dossier.

    Raises:
        Fault: the text is no JSON, no dossier, of another format version, or has a key or a shape unknown here.
    """
    if len(text) > SIZE_LIMIT:
        raise Fault(f"Ce dossier est trop long pour en être un (plus de {SIZE_LIMIT} caractères).")
    try:
        data = json.loads(text, object_pairs_hook=_no_duplicates)
    except _DuplicateKeyError as error:
        raise Fault(f"Dossier refusé : la clé « {_short(error.key)} » est écrite deux fois.") from None
    except json.JSONDecodeError as error:
        raise Fault(
            f"Ce n’est pas un dossier : le texte n’est pas du JSON (ligne {error.lineno}, colonne {error.colno})."
        ) from None
    except (RecursionError, ValueError):
        raise Fault("Ce n’est pas un dossier : le JSON est imbriqué trop profondément.") from None
    if not isinstance(data, dict):
        raise Fault("Ce n’est pas un dossier : un bloc { … } est attendu.")
    if data.get("format") != FORMAT:
        raise Fault(_wrong_format(data.get("format")))
    try:
        dossier = Dossier.model_validate_json(text)
    except ValidationError as error:
        raise Fault(_first_line(error.errors(include_url=False)[0])) from None
    unknown = next((path for path in dossier.unread if not _known(path)), None)
    if unknown is not None:
        raise Fault(f"Dossier refusé : unread nomme un champ inconnu, ou ni date ni montant : « {_short(unknown)} ».")
    return dossier


def _known(path: str) -> bool:
    if "*" in path or _LONG_INDEX.search(path):
        return False
    field = fields().get(pattern_of(path))
    return field is not None and field.kind in {"date", "money", "percent", "whole"}


def dossier_to_json(dossier: Dossier) -> str:
    """Write one dossier on one line: what is not said is left out, keys in the model's order."""
    # Its format is a default, so it is put back in front; by pydantic alone: a third of json.dumps' time.
    said = dossier.model_dump_json(exclude_defaults=True)[1:]
    return f'{{"format":"{FORMAT}"{"," if len(said) > 1 else ""}{said}'


def dossier_schema() -> dict[str, Any]:
    """Give the JSON Schema of a dossier file, made from the models."""
    schema = Dossier.model_json_schema()
    for block in (schema, *schema["$defs"].values()):
        block["properties"] = {name: _or_null(leaf) for name, leaf in block["properties"].items()}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "required": ["format"]}


def _or_null(leaf: dict[str, Any]) -> dict[str, Any]:
    """Say of a field with a value of its own that ``null`` stands for it: ``never_null`` is unknown to pydantic."""
    if leaf.get("default") is None or "const" in leaf:
        return leaf
    said: dict[str, Any] = {key: part for key, part in leaf.items() if key in {"default", "title"}}
    bare = {key: part for key, part in leaf.items() if key not in said}
    return {"anyOf": [bare, {"type": "null"}], **said}


def reference_of(dossier: Dossier) -> str:
    """Give the dossier's reference, or the one that its content makes: same content, same reference."""
    if dossier.reference:
        return dossier.reference
    return reference_from(hashlib.sha256(dossier_to_json(dossier).encode()).digest())


class _DuplicateKeyError(Exception):
    def __init__(self, key: str) -> None:
        self.key = key


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _DuplicateKeyError(key)
        found[key] = value
    return found


def _wrong_format(found: object) -> str:
    if found is None:
        return f"Ce n’est pas un dossier : la clé « format » manque ; {FORMAT} est attendu."
    if isinstance(found, str) and found.startswith("permanence.dossier/"):
        return f"Ce dossier est au format {_short(found)} ; ce programme lit {FORMAT} : mettez le programme à jour."
    return f"Ce n’est pas un dossier : format « {_short(str(found))} », {FORMAT} est attendu."


def _first_line(error: ErrorDetails) -> str:
    where = ".".join(_short(str(part)) for part in error["loc"]) or "dossier"
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"Dossier refusé : clé inconnue « {where} »."
    if kind == "literal_error":
        return f"Dossier refusé : {where} n’accepte que {context['expected'].replace(' or ', ' ou ')}."
    if kind == "too_long":
        return f"Dossier refusé : {where} a trop d’éléments (au plus {context.get('max_length', PEOPLE_LIMIT)})."
    words = _WORDS.get(kind)
    if words is None:
        words = (
            error["msg"]
            if kind in {"text", "text_long", "text_control", "date", "money", "flag"}
            else ("la valeur n’est pas de la forme attendue")
        )
    return f"Dossier refusé : {where} : {words}."


def _short(text: str) -> str:
    """Give a text fit for one line of a message: bounded, with no control character."""
    clean = "".join(c if c.isprintable() else "�" for c in text)
    return clean if len(clean) <= 60 else f"{clean[:59]}…"  # noqa: PLR2004 - a message stays on one line
