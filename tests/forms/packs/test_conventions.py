"""Conventions that a pack brings: let in, put beside the user's own, undone; cut anywhere, one edition serves."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from forms.convention import library, loading
from forms.drafts import backups, files, vault
from forms.drafts.backups import listed
from forms.drafts.files import DATABASE, LEFTOVER
from forms.drafts.keeper import Keeper
from forms.drafts.lock import AlreadyOpen, FolderLock
from forms.drafts.store import DraftStore
from forms.faults import Fault
from forms.packs import conventions, installing
from forms.resources import resource
from tests.forms.drafts.test_cuts import cut_everywhere
from tests.forms.packs.publisher import NOW, Publisher, tree

if TYPE_CHECKING:
    from pathlib import Path

    from forms.packs.place import Place


def bring(publisher: Publisher, place: Place, edition: int, version: str = "") -> installing.Plan:
    """Sign the invented convention and install it."""
    path = publisher.sign(publisher.tiny(edition), version=version or str(edition))
    plan = installing.planned(path, place, NOW)
    installing.installed(plan)
    return plan


def editions(root: Path) -> dict[str, str]:
    """Give what serves, beside the shipped ones."""
    return {one.id: one.edition for one in library(root).conventions if one.folder.is_relative_to(root)}


@pytest.fixture
def _nothing_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the user's conventions alone, where they are read a hundred times."""
    real, shipped = loading._convention_folders, resource("conventions")
    monkeypatch.setattr(loading, "_convention_folders", lambda root: [] if root == shipped else real(root))


def test_brought_replaced_and_undone(publisher: Publisher, place: Place) -> None:
    """The first is new, the second takes its place and says so, one step back brings the first again; no more."""
    first = bring(publisher, place, 1)
    assert "Convention inventée : nouvelle convention, édition 1 du 1er janvier 2026." in [*first.lines()][2]
    assert editions(place.conventions) == {"tiny": "1"}
    second = bring(publisher, place, 2)
    assert "édition 2 du 1er février 2026, à la place de 1 du 1er janvier 2026." in [*second.lines()][2]
    assert editions(place.conventions) == {"tiny": "2"}
    assert library(place.conventions).notes == ()
    assert conventions.back(place.conventions) == "2"
    assert editions(place.conventions) == {"tiny": "1"}
    with pytest.raises(Fault, match="Aucune mise à jour"):
        conventions.back(place.conventions)
    bring(publisher, place, 2)
    assert editions(place.conventions) == {"tiny": "2"}
    assert place.conventions.stat().st_mode & 0o077 == 0


def test_older_is_refused_and_the_same_changes_nothing(publisher: Publisher, place: Place) -> None:
    """An edition that is not later, or a pack that is not: nothing is written."""
    bring(publisher, place, 2)
    before = tree(place.drafts)
    for edition, version, why in ((1, "9", "n’est pas plus récente que celle d’ici"), (2, "1", "plus ancienne")):
        path = publisher.sign(publisher.tiny(edition) if edition == 1 else publisher.folder / "tiny-2", version=version)
        with pytest.raises(Fault, match=why):
            installing.planned(path, place, NOW)
    again = installing.planned(publisher.sign(publisher.folder / "tiny-2", version="2"), place, NOW)
    assert again.nothing
    installing.installed(again)
    assert tree(place.drafts) == before


def test_a_step_back_leaves_what_was_there(publisher: Publisher, place: Place) -> None:
    """What the user had put there by hand, under a name of their own, serves again; what a pack did not bring stays."""
    place.conventions.mkdir(parents=True)
    shutil.copytree(publisher.tiny(1), place.conventions / "à moi")
    shutil.copytree(publisher.tiny(3, "autre"), place.conventions / "autre")
    before = tree(place.conventions)
    both = publisher.folder / "both"
    both.mkdir()
    shutil.copytree(publisher.tiny(2), both / "un")
    shutil.copytree(place.conventions / "autre", both / "deux")
    plan = installing.planned(publisher.sign(both, version="1"), place, NOW)
    assert [(one.new.id, one.is_news) for one in plan.brought] == [("autre", False), ("tiny", True)]
    installing.installed(plan)
    assert editions(place.conventions) == {"tiny": "2", "autre": "3"}
    assert conventions.back(place.conventions) == "1"
    after = tree(place.conventions)
    del after[conventions.STATE]
    assert after == before


def test_a_shipped_convention_is_not_put_twice(publisher: Publisher, place: Place) -> None:
    """The very edition that the program ships is there already."""
    path = publisher.sign(resource("conventions", "cdg62-mnt"))
    assert installing.planned(path, place, NOW).nothing


@pytest.mark.usefixtures("_nothing_shipped")
@pytest.mark.parametrize("version", ["2", "1"])
def test_a_cut_leaves_an_edition_that_serves(publisher: Publisher, place: Place, version: str) -> None:
    """Cut before each write: the old edition or the new one serves, whole; the same pack ends it; one step back is.

    Two packs may have one version number: it is by default the day.
    """
    bring(publisher, place, 1)
    path = publisher.sign(publisher.tiny(2), version=version)
    plan = installing.planned(path, place, NOW)
    seen = []

    def work(copy: Path) -> None:
        installing.installed(replace(plan, place=replace(place, conventions=copy / "conventions")))

    for after in cut_everywhere(place.drafts, work):
        here = replace(place, drafts=after, conventions=after / "conventions")
        seen.append(editions(here.conventions)["tiny"])
        assert all(one.edition in {"1", "2"} for one in library(here.conventions).conventions if one.id == "tiny")
        installing.installed(installing.planned(path, here, NOW))
        assert editions(here.conventions) == {"tiny": "2"}
        conventions.back(here.conventions)
        assert editions(here.conventions) == {"tiny": "1"}
    assert seen == sorted(seen)
    assert set(seen) == {"1", "2"}


@pytest.mark.usefixtures("_nothing_shipped")
def test_a_cut_of_a_step_back(publisher: Publisher, place: Place) -> None:
    """Cut before each write, one edition or the other serves, and asking again ends it."""
    bring(publisher, place, 1)
    bring(publisher, place, 2)
    seen = []
    for after in cut_everywhere(place.drafts, lambda copy: conventions.back(copy / "conventions")):
        root = after / "conventions"
        seen.append(editions(root)["tiny"])
        if conventions.can_go_back(root):
            conventions.back(root)
        assert editions(root) == {"tiny": "1"}
    assert seen == sorted(seen, reverse=True)
    assert set(seen) == {"1", "2"}


def test_one_version_number_and_two_packs(publisher: Publisher, place: Place) -> None:
    """A step back from the second says that the first is there; what a cut kept of another takes no step back away."""
    bring(publisher, place, 1, "5")
    bring(publisher, place, 2, "5")
    state = place.conventions / conventions.STATE
    said = json.loads(state.read_bytes())
    assert (said["version"], said["before"]) == ("5", "5")
    state.write_text(json.dumps(said | {"coming": ["autre-1"]}))
    plan = installing.planned(publisher.folder / "conventions-5.pack", place, NOW)
    assert not plan.nothing
    installing.installed(plan)
    assert json.loads(state.read_bytes()) == said
    conventions.back(place.conventions)
    assert editions(place.conventions) == {"tiny": "1"}


def test_one_update_at_a_time(publisher: Publisher, place: Place) -> None:
    """While another holds the folder, neither an update nor a step back touches what it is making."""
    bring(publisher, place, 1)
    plan = installing.planned(publisher.sign(publisher.tiny(2), version="2"), place, NOW)
    (place.conventions / f"{LEFTOVER}made-by-another").mkdir()
    before = sorted(path.name for path in place.conventions.iterdir())
    lock = FolderLock(place.conventions)
    for ask in (lambda: installing.installed(plan), lambda: conventions.back(place.conventions)):
        with pytest.raises(Fault, match="Une autre mise à jour est en cours"):
            ask()
    assert sorted(path.name for path in place.conventions.iterdir()) == before
    lock.release()
    installing.installed(plan)
    assert editions(place.conventions) == {"tiny": "2"}


def test_what_cannot_be_set_aside_is_noted(publisher: Publisher, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new edition serves, a line says what stays beside it, and one step back is possible all the same."""
    bring(publisher, place, 1)
    real = files.put_in_place

    def refusing(made: Path, target: Path) -> None:
        if target.parent.name == conventions.BEFORE:
            raise Fault("Impossible d’écrire ici.")
        real(made, target)

    monkeypatch.setattr(conventions, "put_in_place", refusing)
    plan = installing.planned(publisher.sign(publisher.tiny(2), version="2"), place, NOW)
    (note,) = installing.installed(plan)
    assert note.endswith("Impossible d’écrire ici.")
    assert editions(place.conventions) == {"tiny": "2"}
    assert conventions.back(place.conventions) == "2"
    assert editions(place.conventions) == {"tiny": "1"}


def test_a_damaged_state_is_said(publisher: Publisher, place: Place) -> None:
    """What a pack noted and something else changed is one line; it names nothing outside of its folder."""
    bring(publisher, place, 1)
    for text in ("{", "[]", '{"version":"","list":"","before":"","brought":["../.."],"former":[],"coming":[]}'):
        (place.conventions / conventions.STATE).write_text(text)
        with pytest.raises(Fault, match="est abîmé"):
            conventions.back(place.conventions)


def test_drafts_are_backed_up_without_their_key(place: Place, draft_folder: Path, key: bytes) -> None:
    """The copy of closed drafts opens with their key; while a window holds them, the update waits."""
    backup = installing.backed_up(draft_folder, NOW)
    assert backup is not None
    assert [one.folder for one in listed(draft_folder)] == [backup.folder]
    assert (backup.folder / DATABASE).read_bytes() == (draft_folder / DATABASE).read_bytes()
    store = DraftStore(backup.folder, key)
    assert store.setting("said") == "kept"
    store.close()
    keeper = Keeper(draft_folder, key, clock=lambda: NOW, on_saved=lambda *_: None, on_failed=lambda *_: None)
    with pytest.raises(AlreadyOpen):
        installing.backed_up(draft_folder, NOW)
    keeper.close()
    assert installing.backed_up(place.drafts, NOW) is None
    assert not place.drafts.exists()


def test_a_log_goes_along_and_comes_back(draft_folder: Path, key: bytes) -> None:
    """After a cut the last words are in the log only: the copy takes it, and restoring finds them."""
    store = DraftStore(draft_folder, key)
    store.set_setting("said", "in the log")
    cut = shutil.copytree(draft_folder, draft_folder.with_name("cut"))
    store.close()
    assert (cut / f"{DATABASE}-wal").stat().st_size
    backup = backups.copy_closed(cut, NOW)
    assert backup is not None
    (cut / DATABASE).write_bytes(b"gone")
    backups.restore(cut, key, backup, NOW)
    store = DraftStore(cut, key)
    assert store.setting("said") == "in the log"
    store.close()


@pytest.fixture
def key() -> bytes:
    """The key of the drafts."""
    return bytes(range(32))


@pytest.fixture
def draft_folder(tmp_path: Path, key: bytes) -> Path:
    """Drafts that were closed, with a word in them."""
    store = DraftStore(tmp_path / "drafts", key)
    store.set_setting("said", "kept")
    store.close()
    assert not vault.exists(store.folder)
    return store.folder
