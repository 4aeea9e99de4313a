"""The certificate of a purge, in French and on paper: what left, and no one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader

from forms.bulletin.certificate import certificate as on_paper
from forms.drafts.certificate import TITLE, lines
from forms.drafts.purge import Certificate, purge
from forms.drafts.retention import preview
from tests.forms.drafts.test_purge import GOING, LATER, fill

if TYPE_CHECKING:
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore


def test_it_says_what_left_and_names_no_one(store: DraftStore, draft: Draft) -> None:
    """Counts, backups, the head of the journal, the references; the PDF says the same, the same bytes twice."""
    fill(store, draft)
    made = purge(store, preview(store, LATER), LATER)
    assert made is not None
    said = "\n".join(lines(made))
    assert "Effacés\u00a0: 1 dossier, 1 version imprimée, 1 pièce jointe et 1 choix sur un doublon." in said
    assert "2 sauvegardes" in said
    assert "1 base mise de côté" in said
    assert made["journal_head"] in said
    pdf = on_paper(TITLE, lines(made), made["references"])
    assert pdf == on_paper(TITLE, lines(made), made["references"])
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    text = page.extract_text()
    assert draft.reference in text
    assert "Page 1 sur 1" in text.replace("\u00a0", " ")
    assert [word for word in GOING if word in (said + text).encode()] == []


def test_a_large_one_goes_on_over_the_pages() -> None:
    """Nothing of the references is cut."""
    references = [f"{number:04d}-ABCD" for number in range(1500)]
    made: Certificate = {
        "purged_at": "2026-02-03T11:00:00+00:00", "references": references,
        "counts": {"drafts": 1500, "backups": 0, "aside": 0}, "journal_head": "12-0000",
    }  # fmt: skip
    said = lines(made)
    assert "Il n’y avait pas de sauvegarde." in said
    pages = PdfReader(io.BytesIO(on_paper(TITLE, said, references))).pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    assert all(reference in text for reference in references)
