"""A certificate on paper: its lines, then the references that it is about, in rows, with numbered pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from forms.bulletin.flow import Flow
from forms.bulletin.frame import RIGHT
from forms.bulletin.ink import ink
from forms.bulletin.marks import Paper, Text
from forms.french import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

_ACROSS = 8
_FOOT = 286.0


def certificate(title: str, lines: Sequence[str], references: Sequence[str]) -> bytes:
    """Give the PDF: the same lines, the same bytes. One page for up to some 300 references.

    Raises:
        Fault: a font of the program's own is missing.
    """
    flow = Flow(title, "")
    flow.begin()
    for line in lines:
        flow.text(line, 10.5, after=1.6)
    if references:
        flow.heading(f"Références ({len(references)})")
        for start in range(0, len(references), _ACROSS):
            flow.text("    ".join(references[start : start + _ACROSS]), 9.0, after=0.4)
    pages = flow.done()
    numbered = [
        replace(
            page,
            marks=(
                *page.marks,
                Text(RIGHT, _FOOT, typeset(f"Page {number} sur {len(pages)}"), 7.0, tint="second", align="right"),
            ),
        )
        for number, page in enumerate(pages, 1)
    ]
    return ink(Paper(title, "", tuple(numbered)))
