"""References as they are drawn, printed and typed: ``7K3M-Q2XD``, eight letters of Crockford's base 32."""

from __future__ import annotations

import re

from forms.dossier.model import SPECIMEN

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U to misread on paper."""

_HALF = 4
_PRINTED = re.compile(rf"[{LETTERS}]{{{_HALF}}}-[{LETTERS}]{{{_HALF}}}")
_BEFORE = re.compile(r"\s*(?:dossier|bulletin(?:\s+vierge)?)?\s*(?:n\s*[°ºo]\s*[.:]?|#)?\s*", re.IGNORECASE)
_PARTS = re.compile(r"[\s\-‐‑‒–—_.·/]+")
# Crockford's own reading of the letters that he left out; a U is read as nothing.
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHOWN = 20


def reference_from(digest: bytes) -> str:
    """Give the reference that eight bytes or more make; never one of the practice."""
    made = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[: 2 * _HALF])
    reference = f"{made[:_HALF]}-{made[_HALF:]}"
    # One in a million: the next bytes are as good.
    return reference_from(digest[1:] + digest[:1]) if reference.startswith(SPECIMEN) else reference


def typed_reference(text: str) -> str | None:
    """Read a reference as people type it: ``7k3m q2xd``, ``n° 7K3MQ2XD``, an O for a 0; None for what is none."""
    bare = _PARTS.sub("", _BEFORE.sub("", text.strip(), count=1)).upper()
    specimen = SPECIMEN.rstrip("-")
    head = specimen if bare.startswith(specimen) else ""
    letters = head + bare.removeprefix(head).translate(_MISREAD)
    reference = f"{letters[:_HALF]}-{letters[_HALF:]}"
    return reference if _PRINTED.fullmatch(reference) else None


def reference_flaw(text: str) -> str:
    """Say in French why a text is no reference; empty where it is one."""
    if typed_reference(text) is not None:
        return ""
    bare = _PARTS.sub("", _BEFORE.sub("", text.strip(), count=1)).upper()
    wrong = "".join(dict.fromkeys(letter for letter in bare.translate(_MISREAD) if letter not in LETTERS))
    if wrong and len(bare) == 2 * _HALF:
        return f"« {wrong} » ne s’emploie pas dans un numéro : relisez-le sur le papier."
    if not text.strip():
        return "Tapez le numéro qui est sous le grand code : quatre caractères, un tiret, quatre caractères."
    shown = text.strip() if len(text.strip()) <= _SHOWN else f"{text.strip()[: _SHOWN - 1]}…"
    return f"« {shown} » n’est pas un numéro de bulletin : quatre caractères, un tiret, quatre caractères, 7K3M-Q2XD."


def looks_printed(text: str) -> bool:
    """Tell whether a text is a reference as it stands on paper: Jean-Marc is a name, 7k3m-q2xd is not."""
    typed = text.strip()
    as_printed = typed == typed.upper() or any(letter.isdigit() for letter in typed)
    return as_printed and _PRINTED.fullmatch(typed.upper()) is not None
