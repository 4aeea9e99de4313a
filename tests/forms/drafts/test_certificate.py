"""The certificate of a purge, in French and on paper: what left, and no one."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from pypdf import PdfReader

from forms.bulletin.certificate import certificate as on_paper
from forms.drafts.certificate import TITLE, lines
from forms.drafts.certified import Certificate
from forms.drafts.purge import purge
from forms.drafts.retention import preview
from tests.forms.drafts.invented import NOON
from tests.forms.drafts.test_purge import GOING, LATER, Steps, fill

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


def test_it_counts_what_was_announced(store: DraftStore, draft: Draft) -> None:
    """Deleted by hand, or taken by a purge that was stopped: one number for all, and in words which they are."""
    others = [replace(draft, reference=reference) for reference in ("AAAA-1111", "BBBB-2222", "CCCC-3333")]
    for one in (draft, *others[:2]):
        store.save(one)
    store.delete("AAAA-1111", NOON)
    first, steps = preview(store, LATER), Steps()
    steps.limit = 1  # the drafts leave, and then it is stopped
    assert len(first.leaving) == 3
    assert purge(store, first, LATER, steps) is None
    store.save(others[2])
    second = preview(store, LATER)
    assert (len(second.leaving), second.begun, second.begun_lists) == (1, 3, 0)
    made = purge(store, second, LATER + dt.timedelta(days=1))
    assert made is not None
    said = "\n".join(lines(made)).replace("\u00a0", " ")
    assert "Effacés : 4 dossiers" in said
    assert "Parmi eux, 1 dossier avait été supprimé à la main auparavant." in said
    assert "Parmi eux, 3 dossiers sont partis avec une purge du " in said
    assert len(made["references"]) == made["counts"]["dossiers"] == 4


def test_a_large_one_goes_on_over_the_pages() -> None:
    """Nothing of the references is cut."""
    references = [f"{number:04d}-ABCD" for number in range(1500)]
    made: Certificate = {
        "purged_at": "2026-02-03T11:00:00+00:00", "references": references, "earlier": {}, "journal_head": "12-0000",
        "counts": {"drafts": 1500, "dossiers": 1500, "backups": 0, "aside": 0},
    }  # fmt: skip
    said = lines(made)
    assert "Il n’y avait pas de sauvegarde." in said
    pages = PdfReader(io.BytesIO(on_paper(TITLE, said, references))).pages
    text = "".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    assert all(reference in text for reference in references)
