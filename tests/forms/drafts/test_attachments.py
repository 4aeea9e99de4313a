"""Papers attached: kept as they were, by paper; what is no scan, or too much, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms.drafts import attachments, journal
from forms.faults import Fault
from tests.forms.drafts.invented import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from forms.drafts.store import DraftStore

SCAN = b"%PDF-1.7 certificate of Zoe"
PHOTO = b"\xff\xd8\xff\xe0 photo"
PICTURE = b"\x89PNG\r\n\x1a\n picture"


def test_papers_of_a_draft(store: DraftStore) -> None:
    """Each kind kept, listed by draft and paper without its content, read back, taken away; the journal says so."""
    certificate = attachments.new_paper(store, "AAAA-0001", "school_certificate")
    front = attachments.attach(store, "AAAA-0001", certificate, PHOTO, NOON)
    back = attachments.attach(store, "AAAA-0001", certificate, PICTURE, NOON)
    other = attachments.new_paper(store, "AAAA-0001", "school_certificate")
    scan = attachments.attach(store, "AAAA-0001", other, SCAN, NOON)
    attachments.attach(store, "BBBB-0002", "payslip-1", SCAN, NOON)
    assert (certificate, other) == ("school_certificate-1", "school_certificate-2")
    assert [one.media for one in (front, back, scan)] == ["image/jpeg", "image/png", "application/pdf"]
    assert attachments.listed(store, "AAAA-0001") == (front, back, scan)
    assert attachments.listed(store, "AAAA-0001", certificate) == (front, back)
    assert attachments.content_of(store, scan) == SCAN
    attachments.detach(store, front, NOON)
    attachments.detach(store, front, NOON)
    assert attachments.listed(store, "AAAA-0001", certificate) == (back,)
    with pytest.raises(Fault, match="n’est plus là, ou il est abîmé"):
        attachments.content_of(store, front)
    kinds = [entry.kind for entry in journal.entries(store.database)]
    assert kinds == ["attached"] * 4 + ["detached"]
    assert store.verify_journal().flaw is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 archive", b"MZ program", b"<svg/>", b" %PDF-1.7", b"GIF89a"])
def test_what_is_no_scan_is_refused(store: DraftStore, tmp_path: Path, content: bytes) -> None:
    """By its first bytes, whatever its name says."""
    (tmp_path / "certificate.pdf").write_bytes(content)
    with pytest.raises(Fault, match="ni un PDF, ni une image"):
        attachments.read(tmp_path / "certificate.pdf")
    with pytest.raises(Fault, match="ni un PDF, ni une image"):
        attachments.attach(store, "AAAA-0001", "payslip-1", content, NOON)
    assert attachments.listed(store, "AAAA-0001") == ()


def test_what_is_too_much_is_refused(store: DraftStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file too large is not read whole; a draft takes so many; a name that could say someone is our bug."""
    with (tmp_path / "large.pdf").open("wb") as file:
        file.truncate(40 * attachments.SIZE_LIMIT)
    with pytest.raises(Fault, match="trop gros : 10 Mo au plus"):
        attachments.read(tmp_path / "large.pdf")
    with pytest.raises(Fault, match=r"« none\.pdf » n’est plus là"):
        attachments.read(tmp_path / "none.pdf")
    monkeypatch.setattr(attachments, "COUNT_LIMIT", 1)
    attachments.attach(store, "AAAA-0001", "payslip-1", attachments.read(_written(tmp_path)), NOON)
    with pytest.raises(Fault, match="a déjà 1 fichiers joints"):
        attachments.attach(store, "AAAA-0001", "payslip-1", SCAN, NOON)
    with pytest.raises(ValueError, match="new_paper"):
        attachments.attach(store, "AAAA-0001", "Bulletin de Zoé", SCAN, NOON)


def _written(folder: Path) -> Path:
    path = folder / "scan.pdf"
    path.write_bytes(SCAN)
    return path
