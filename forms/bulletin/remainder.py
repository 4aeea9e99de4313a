"""What a dossier says that no box of the bulletin shows: it is printed with the reasons, so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms.bulletin.layout import bulletin_layout
from forms.bulletin.words import boxed, said
from forms.dossier.fields import fields
from forms.dossier.model import PARTNERS
from forms.dossier.paths import value_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forms.convention import Convention
    from forms.dossier.model import Dossier

ELSEWHERE = frozenset({
    "format", "reference", "convention",  # on each page's foot
    "request.place", "request.signed_on",  # where the member signs
    "consents.email_marketing", "consents.sms_marketing", "consents.partners",
    "documents.*.kind", "documents.*.person", "documents.*.state", "documents.*.file",
})  # fmt: skip
"""Patterns of the facts that the print shows elsewhere than in the layout's boxes."""
_SIGNED = frozenset(path for path in ELSEWHERE if path.startswith(("request.", "consents.")))
"""Those of them that our bulletin's own blocks show, and an insurer's form only where it has a box."""


def shown_patterns(kind: str, convention: Convention | None = None) -> frozenset[str]:
    """Give the patterns of the facts that have their place on the bulletin, the insurer's own where there is one."""
    own = next((form.own for form in convention.forms if form.id == "bulletin"), None) if convention else None
    if own is not None:
        return boxed([box.key for box in own.table.boxes]) | (ELSEWHERE - _SIGNED)
    layout = bulletin_layout()
    sections = [section for section in layout.sections if not section.kinds or kind in section.kinds]
    rows = [*layout.heading, *(row for section in sections for row in section.rows)]
    keys = [box.key for row in rows for box in row]
    people = [box.key for row in layout.card for box in row]
    return boxed(keys) | boxed(people, "beneficiaries.*.") | ELSEWHERE


def remainder(dossier: Dossier, convention: Convention) -> list[tuple[str, str, str]]:
    """Give owner's path, field's title and answer of each fact said that has no place on the bulletin."""
    shown = shown_patterns(dossier.kind, convention) | {
        f"acknowledgements.{paper.key}" for paper in convention.handed_over
    }
    if convention.formula(dossier.formula) is None:
        shown -= {"formula"}  # no box of the form stands for it
    found = []
    for pattern, field in fields().items():
        if pattern in shown:
            continue
        for path in _places(dossier, pattern):
            answer = said(dossier, path)
            if _situation_on_card(dossier, path):
                continue
            if answer and value_at(dossier, path) != _silent(pattern):
                found.append((_owner(path), field.title, answer))
    order = list(dict.fromkeys(owner for owner, _, _ in found))
    return sorted(found, key=lambda row: order.index(row[0]))


def unread(dossier: Dossier) -> list[tuple[str, str]]:
    """Give path and text of what was typed and could not be read."""
    return sorted(dossier.unread.items())


def _silent(pattern: str) -> bool | None:
    """Give the value that says nothing: télétransmission is yes, the current month no, unless said."""
    return {"teletransmission": True, "current_month": False}.get(pattern.rsplit(".", 1)[-1])


def _situation_on_card(dossier: Dossier, path: str) -> bool:
    """Tell whether a card shows this category or situation: a partner's category, a child's situation."""
    owner, _, leaf = path.rpartition(".")
    if not owner.startswith("beneficiaries.") or leaf not in {"category", "situation"}:
        return False
    return (leaf == "category") == (value_at(dossier, f"{owner}.relation") in PARTNERS)


def _places(dossier: Dossier, pattern: str) -> Iterator[str]:
    """Give every path of this dossier that a pattern stands for."""
    head, star, tail = pattern.partition(".*.")
    if not star:
        yield pattern
        return
    for place in range(len(value_at(dossier, head) or ())):
        yield f"{head}.{place}.{tail}"


def _owner(path: str) -> str:
    parts = path.split(".")
    if parts[:2] == ["current", "beneficiaries"]:
        return ".".join(parts[:3])
    return ".".join(parts[:2]) if parts[0] in {"beneficiaries", "documents"} else parts[0]
