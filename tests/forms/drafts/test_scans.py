"""Scans before they are kept: opened by what they hold, bounded; the newest of a scanner's folder; what is swept."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.dossier.documents import with_file
from forms.drafts import attachments, printed, scans
from forms.drafts.states import judged
from forms.faults import Fault
from tests.forms.drafts.invented import NOON
from tests.forms.drafts.scanned import odd_pdf, pdf, picture

if TYPE_CHECKING:
    from pathlib import Path

    from forms.dossier.model import Dossier
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore


def written(folder: Path, name: str, content: bytes, seconds: int = 0) -> Path:
    """Write a file as a scanner does, at a time."""
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (1_770_000_000 + seconds,) * 2)
    return path


def test_each_kind_is_opened_whatever_its_name_says(tmp_path: Path) -> None:
    """A PDF with its pages, both pictures; the name is only remembered."""
    for content, media, pages in (
        (pdf(3), "application/pdf", 3),
        (picture(), "image/jpeg", 1),
        (picture(kind="PNG"), "image/png", 1),
    ):
        scan = scans.read(written(tmp_path, "scan.txt", content))
        assert (scan.media, scan.pages, scan.name, scan.content) == (media, pages, "scan.txt", content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04 archive", "ni un PDF, ni une image"),
        (b"%PDF-1.7 but nothing of one", "abîmé, ou pas encore écrit"),
        (odd_pdf("Odd"), "abîmé, ou pas encore écrit"),
        (odd_pdf("JBIG2Decode"), "abîmé, ou pas encore écrit"),
        (pdf(2)[:300], "abîmé, ou pas encore écrit|aucune page"),
        (pdf(1, password="carafe"), "mot de passe"),
        (pdf(0), "aucune page"),
        (pdf(scans.PAGE_LIMIT + 1), f"{scans.PAGE_LIMIT + 1} pages : {scans.PAGE_LIMIT} au plus"),
        (picture()[:200], "abîmée, ou pas encore écrite"),
        (picture(kind="PNG")[:60], "abîmée, ou pas encore écrite"),
    ],
)
def test_what_could_not_be_printed_is_refused(content: bytes, said: str) -> None:
    """Damaged, half written, locked, empty, too long: one French line, before anything is kept."""
    with pytest.raises(Fault, match=said):
        scans.checked(content)


def test_a_picture_made_to_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """By its size in points, before it is read."""
    monkeypatch.setattr(scans, "PIXEL_LIMIT", 9_000)
    with pytest.raises(Fault, match="120 × 80 points"):
        scans.checked(picture())


def test_the_newest_scan_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last one written that is a scan by its content; nothing but scans, not too many, a folder that is there."""
    first = written(tmp_path, "b.pdf", pdf(), 1)
    last = written(tmp_path, "a.bin", picture(), 2)
    written(tmp_path, "notes.pdf", b"text", 3)
    written(tmp_path, ".hidden.pdf", pdf(), 4)
    (tmp_path / "folder.pdf").mkdir()
    assert scans.newest(tmp_path) == last
    last.unlink()
    assert scans.newest(tmp_path) == first
    first.unlink()
    with pytest.raises(Fault, match="ne contient ni PDF"):
        scans.newest(tmp_path)
    with pytest.raises(Fault, match="le dossier n’existe pas"):
        scans.newest(tmp_path / "gone")
    monkeypatch.setattr(scans, "_LOOKED_AT", 2)
    with pytest.raises(Fault, match="plus de 2 fichiers"):
        scans.newest(tmp_path)


def test_files_that_no_dossier_names_are_swept(store: DraftStore, draft: Draft) -> None:
    """What was taken out leaves when it cannot be undone; the draft's, its printed versions' and the window's stay."""
    reference = draft.reference
    names = []
    for kind in ("bank_details", "payslip", "rights_certificate", "other"):
        name = attachments.new_paper(store, reference, kind)
        attachments.attach(store, reference, name, pdf(), NOON)
        names.append(name)
    rib, payslip, rights, other = names
    on_paper = with_file(draft.dossier, "bank_details", "member", rib)
    first = judged(_said(draft, on_paper), complete=True)
    store.save(first)
    printed.record(store, first, "2026-1", NOON, pdf())
    store.save(_said(draft, with_file(draft.dossier, "payslip", "member", payslip)))
    assert attachments.sweep(store, reference, {rights}, NOON) == 1
    assert [one.paper for one in attachments.listed(store, reference)] == [rib, payslip, rights]
    assert attachments.sweep(store, reference, {rights}, NOON) == 0
    assert store.noted(reference, "detached")[0].detail["paper"] == other


def _said(draft: Draft, dossier: Dossier) -> Draft:
    """Give the draft of another dossier."""
    return replace(draft, dossier=dossier)
