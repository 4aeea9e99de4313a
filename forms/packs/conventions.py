"""Conventions brought by a pack: read and their examples run, put beside those of the user, one step back.

An edition has a folder of its own: the former one serves until the new one is whole under its name, then is set aside
in ``.before``. ``pack.json`` says what the last pack brought.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from forms.assessment.examples import failures
from forms.convention import Convention, library, load
from forms.convention.loading import checked
from forms.drafts.files import added, erase, making_in, private_folder, put_in_place, write_whole
from forms.exchange.manifest import plain_name
from forms.faults import Fault
from forms.french import long_date
from forms.packs.manifest import number, refused
from forms.packs.place import alone

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from forms.packs.archive import Pack

STATE = "pack.json"
BEFORE = ".before"
_NOTHING: dict[str, Any] = {"version": "", "list": "", "before": "", "brought": [], "former": [], "coming": []}
"""What is said of the last pack: its version, the SHA-256 of its list, the version of the pack before it, the folders
that it brought, those that it set aside, and, while another is put in place, those that come."""


@dataclass(frozen=True)
class Brought:
    """One convention of a pack, and the edition that is in use here until then."""

    new: Convention
    old: Convention | None

    @property
    def is_news(self) -> bool:
        """Tell whether it changes anything."""
        return self.old is None or self.old.fingerprint != self.new.fingerprint


def checked_folders(folders: Iterable[Path], now: dt.datetime) -> tuple[Convention, ...]:
    """Read conventions and run their examples.

    Raises:
        Fault: one cannot be read, one of its examples does not hold, or two have one id.
    """
    found: dict[str, Convention] = {}
    for folder in folders:
        _, convention = checked(folder)
        wrong = failures(convention)
        if any(form.own for form in convention.forms):
            from forms.bulletin.own import own_flaws  # noqa: PLC0415 - reportlab, for the few that have such a form

            wrong += own_flaws(convention, now)
        if wrong:
            raise Fault(f"Convention refusée, {wrong[0]}")
        if convention.id in found:
            raise Fault(f"La convention {convention.id} est deux fois dans ces dossiers.")
        found[convention.id] = convention
    return tuple(found.values())


def compared(pack: Pack, root: Path, now: dt.datetime) -> tuple[Brought, ...]:
    """Read what a pack brings, beside what is in use here; nothing is written in ``root``.

    Raises:
        Fault: a convention or an example of it is wrong; or the pack, or one of its editions, is older than what is
            here.
    """
    with TemporaryDirectory(prefix="permanence-") as name:
        folders = _unpacked(pack, Path(name))
        try:
            conventions = checked_folders(folders, now)
        except Fault as fault:
            raise refused(fault.line.removesuffix(".")) from fault
        if {folder.name for folder in folders} != {convention.id for convention in conventions}:
            raise refused("un dossier n’y a pas le nom de sa convention")
    here = {convention.id: convention for convention in library(root).conventions}
    brought = tuple(Brought(convention, here.get(convention.id)) for convention in conventions)
    for one in brought:
        if one.is_news and one.old is not None and one.new.edited_on <= one.old.edited_on:
            raise refused(
                f"{one.new.id}, édition {one.new.edition} du {long_date(one.new.edited_on)}, n’est pas plus récente "
                f"que celle d’ici ({one.old.edition} du {long_date(one.old.edited_on)})"
            )
    last = _state(root)["version"]
    if last and number(pack.manifest.version) < number(last):
        raise refused(f"elle est plus ancienne ({pack.manifest.version}) que celle qui est installée ({last})")
    return brought


def install(pack: Pack, root: Path, brought: Sequence[Brought]) -> tuple[str, ...]:
    """Put the conventions of a checked pack among those of ``root``. A cut leaves each whole, old or new.

    Gives what is to be noted, one French line each: an edition of before that could not be set aside does no harm.

    Raises:
        Fault: the disk refuses, or another update is under way; what served before serves still, and the same pack
            can be installed again.
    """
    private_folder(root)
    with alone(root):
        return _installed(pack, root, brought)


def _installed(pack: Pack, root: Path, brought: Sequence[Brought]) -> tuple[str, ...]:
    state = _state(root)
    same = bool(state["list"] == pack.digest)
    # What a cut left of this very pack is there already, under the names that it had said.
    there = {one.old.folder.name: one.new.id for one in brought if not one.is_news and one.old is not None}
    names = {name: there[name] for name in state["coming"] if name in there}
    making = making_in(root)
    try:
        unpacked = {folder.name: folder for folder in _unpacked(pack, making)}
        coming = {_free_name(root, one.new): one.new.id for one in brought if one.is_news}
        _write_state(root, state | {"coming": [*names, *coming]})
        for name, convention_id in coming.items():
            put_in_place(unpacked[convention_id], root / name)
    finally:
        erase(making)
    names |= coming
    if same and not names:  # all that was left of it is what a cut kept of another: its own step back stays
        _write_state(root, state | {"coming": []})
        return ()
    former = [name for name, convention_id in _readable(root) if name not in names and convention_id in names.values()]
    before = "" if same else state["version"]
    _write_state(root, _NOTHING | {
        "version": pack.manifest.version, "list": pack.digest, "before": before, "brought": [*names], "former": former,
    })  # fmt: skip
    return tuple(_set_aside(root, former))


def is_installed(root: Path, brought: Sequence[Brought]) -> bool:
    """Tell whether there is nothing left to do of a pack."""
    return not any(one.is_news for one in brought) and not _state(root)["coming"]


def can_go_back(root: Path) -> bool:
    """Tell whether there is a pack to undo."""
    return bool(_state(root)["brought"])


def back(root: Path) -> str:
    """Undo the last pack: the editions of before serve again. Give its version.

    Raises:
        Fault: there is none to undo, the disk refuses, or another update is under way; the same can then be asked
            again.
    """
    _undoable(root)
    with alone(root):
        state = _undoable(root)  # another may have undone it meanwhile
        for name in state["former"]:
            if (root / BEFORE / name).exists() and not (root / name).exists():
                put_in_place(root / BEFORE / name, root / name)
        for name in state["brought"]:
            erase(root / name)
        _write_state(root, _NOTHING | {"version": state["before"]})
    return str(state["version"])


def _undoable(root: Path) -> dict[str, Any]:
    state = _state(root)
    if not state["brought"]:
        raise Fault("Aucune mise à jour de conventions n’est à défaire : une seule l’est, la dernière.")
    return state


def _unpacked(pack: Pack, folder: Path) -> list[Path]:
    for file, data in pack.files():
        added(folder / file.path, data)
    return sorted({folder / file.path.split("/", 1)[0] for file in pack.manifest.files})


def _free_name(root: Path, convention: Convention) -> str:
    wanted = f"{convention.id}-{re.sub(r'[^A-Za-z0-9.-]+', '-', convention.edition)[:40].strip('.-')}"
    name, count = wanted, 1
    while (root / name).exists():
        count += 1
        name = f"{wanted}-{count}"
    return name


def _readable(root: Path) -> list[tuple[str, str]]:
    """Give the folders of ``root`` that hold a convention, and its id."""
    found = []
    for path in sorted(root.glob("*/convention.toml")):
        try:
            found.append((path.parent.name, load(path.parent).id))
        except Fault:
            continue  # the list of conventions says it
    return found


def _set_aside(root: Path, former: Sequence[str]) -> Iterator[str]:
    """Keep the editions of before, out of sight, for one step back; those of the step before that go.

    The new ones serve already: what resists stays where it is, and is said.
    """
    try:
        private_folder(root / BEFORE)
        for path in sorted((root / BEFORE).iterdir()):
            erase(path)
    except Fault as fault:
        yield fault.line
    for name in former:
        try:
            put_in_place(root / name, root / BEFORE / name)
        except Fault as fault:
            yield f"L’édition d’avant reste à côté de la nouvelle, qui sert. {fault.line}"


def _state(root: Path) -> dict[str, Any]:
    try:
        said = json.loads((root / STATE).read_bytes())
    except FileNotFoundError:
        return _NOTHING
    except (OSError, ValueError) as error:
        raise _damaged(root) from error
    if not isinstance(said, dict) or said.keys() != _NOTHING.keys():
        raise _damaged(root)
    if any(type(value) is not type(_NOTHING[key]) for key, value in said.items()):
        raise _damaged(root)
    names = [*said["brought"], *said["former"], *said["coming"]]
    if not all(isinstance(name, str) and plain_name(name) for name in names):
        raise _damaged(root)
    return said


def _damaged(root: Path) -> Fault:
    return Fault(f"« {STATE} » dans {root} est abîmé : supprimez-le, puis recommencez.")


def _write_state(root: Path, state: dict[str, Any]) -> None:
    write_whole(root / STATE, json.dumps(state, ensure_ascii=False).encode())
