"""States, versions on paper, what changed since, and editions kept to print again."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import shutil
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.convention import load
from forms.convention.loading import FOLDER_LIMIT
from forms.dossier.paths import edited
from forms.drafts import editions, journal, printed, states
from forms.faults import Fault
from forms.resources import resource
from tests.forms.drafts.invented import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore

PDF = b"%PDF-1.7 as printed"


def said(draft: Draft, formula: str, *, complete: bool = True) -> Draft:
    """Give the draft with this formula."""
    return states.changed(draft, edited(draft.dossier, "formula", formula), complete=complete, edition=draft.edition)


def test_the_way_of_a_draft(draft: Draft) -> None:
    """Draft, complete, printed, sent, confirmed; each door opens from the state before it only."""
    complete = said(draft, "confort")
    assert (complete.state, complete.version) == ("complete", 1)
    assert said(complete, "renforcee", complete=False).state == "draft"
    on_paper = states.printed(complete)
    assert states.changed(on_paper, on_paper.dossier, complete=False, edition=on_paper.edition) == on_paper
    assert states.judged(on_paper, complete=False) == on_paper
    assert states.judged(complete, complete=False).state == "draft"
    sent = states.sent(on_paper)
    assert states.printed(sent) == sent
    confirmed = states.confirmed(sent, NOON)
    assert (confirmed.state, confirmed.confirmed_at) == ("sent", NOON)
    for step in (states.printed, states.sent, lambda one: states.confirmed(one, NOON)):
        with pytest.raises(ValueError, match="not"):
            step(draft)


def test_a_change_after_printing_opens_one_new_version(draft: Draft) -> None:
    """The first change only; what was sent and confirmed is to be sent again. Another edition is a change too."""
    confirmed = states.confirmed(states.sent(states.printed(said(draft, "confort"))), NOON)
    changed = said(confirmed, "renforcee")
    assert (changed.state, changed.version, changed.confirmed_at) == ("complete", 2, None)
    assert said(changed, "confort").version == 2
    assert states.changed(confirmed, confirmed.dossier, complete=True, edition="f" * 64).version == 2


def test_what_is_on_paper_is_kept(store: DraftStore, draft: Draft) -> None:
    """Each version with its dossier, edition, hour and hash; a second copy is noted, not kept twice."""
    first = printed.record(store, said(draft, "confort"), "2026-1", NOON, PDF)
    assert store.load(draft.reference) == first
    assert first.state == "printed"
    printed.record(store, first, "2026-1", NOON, PDF + b" again")
    second = said(first, "renforcee")
    printed.record(store, second, "2026-2", NOON, PDF)
    kept = printed.versions(store, draft.reference)
    digest = hashlib.sha256(PDF).hexdigest()
    assert [(one.version, one.edition, one.fingerprint, one.pdf_sha256) for one in kept] == [
        (1, "2026-1", draft.edition, digest),
        (2, "2026-2", draft.edition, digest),
    ]
    assert kept[0].dossier == first.dossier
    assert kept[0].printed_at == NOON
    entries = [entry.detail["pdf"] for entry in journal.entries(store.database, kind="printed")]
    assert entries == [digest, hashlib.sha256(PDF + b" again").hexdigest(), digest]


def test_paper_is_never_rewritten(store: DraftStore, draft: Draft) -> None:
    """Another dossier under a printed version, or one that is not complete, is our bug: nothing is kept."""
    first = printed.record(store, said(draft, "confort"), "2026-1", NOON, PDF)
    other = replace(first, dossier=edited(first.dossier, "formula", "renforcee"))
    with pytest.raises(ValueError, match="otherwise"):
        printed.record(store, other, "2026-1", NOON, PDF)
    with pytest.raises(ValueError, match="not complete"):
        printed.record(store, replace(draft, reference="AAAA-0001"), "2026-1", NOON, PDF)
    assert store.load(draft.reference) == first
    assert store.verify_journal().entries == 2
    store.database.execute("UPDATE printed SET dossier = '{'")
    with pytest.raises(Fault, match="La version 1 imprimée du dossier 7K3M-Q2XD ne peut pas être lue"):
        printed.versions(store, draft.reference)


def test_an_edition_is_found_again_after_an_update(store: DraftStore, tmp_path: Path) -> None:
    """The folder changes; the convention kept before says what it said, from the same fingerprint."""
    folder = shutil.copytree(resource("conventions", "cdg62-mnt"), tmp_path / "cdg62-mnt")
    before = load(folder)
    assert editions.keep(store, folder, before, NOON)
    assert not editions.keep(store, folder, before, NOON)
    path = folder / "convention.toml"
    path.write_text(path.read_text().replace(f'"{before.edition}"', '"2031-1"', 1))
    with (folder / "plaquette.odt").open("wb") as beside:  # what no one reads is neither kept nor counted
        beside.truncate(FOLDER_LIMIT + 1)
    after = load(folder)
    assert after.fingerprint != before.fingerprint
    with pytest.raises(Fault, match="a changé depuis"):
        editions.keep(store, folder, replace(after, fingerprint="f" * 64), NOON)
    assert editions.keep(store, folder, after, NOON + dt.timedelta(days=1))
    again = editions.kept(store, before.fingerprint)
    assert again is not None
    assert (again.edition, again.fingerprint, again.title) == (before.edition, before.fingerprint, before.title)
    assert editions.kept(store, "0" * 64) is None
    assert editions.known(store) == (
        (before.fingerprint, before.id, before.edition),
        (after.fingerprint, before.id, "2031-1"),
    )
    assert [path.name for path in store.folder.iterdir() if path.is_dir()] == []


@pytest.mark.parametrize("name", ["../convention.toml", "/tmp/convention.toml", "a/../../b"])  # noqa: S108
def test_a_kept_edition_writes_nowhere_else(store: DraftStore, name: str, tmp_path: Path) -> None:
    """A path that leaves the folder, or what is no archive, is refused and nothing is left."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, b"")
    for content in (made.getvalue(), b"no archive"):
        store.database.execute("INSERT OR REPLACE INTO editions VALUES ('f', 'cdg62-mnt', '2026-1', '', ?)", [content])
        with pytest.raises(Fault, match="L’édition gardée de cdg62-mnt est abîmée"):
            editions.kept(store, "f")
    assert not list(tmp_path.rglob("convention.toml"))


def test_what_was_said_since_it_was_printed_stays(store: DraftStore, draft: Draft) -> None:
    """The note comes after a newer version was kept: that one stays, and the one on paper is noted all the same."""
    complete = said(draft, "confort")
    newer = said(states.printed(complete), "renforcee")
    store.save(newer)
    printed.record(store, complete, "2026-1", NOON, PDF, copies=2)
    assert store.load(draft.reference) == newer
    (version,) = printed.versions(store, draft.reference)
    assert (version.version, version.dossier) == (1, complete.dossier)
    (entry,) = store.noted(kind="printed")
    assert entry.detail["copies"] == 2
