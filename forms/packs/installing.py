"""What a pack would do on this machine, said before it is done; then done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.drafts import backups
from forms.drafts.lock import FolderLock
from forms.french import long_date, plural
from forms.packs import archive, conventions, program
from forms.packs.keys import public_keys
from forms.packs.manifest import number, refused

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from forms.drafts.backups import Backup
    from forms.packs.archive import Pack
    from forms.packs.conventions import Brought
    from forms.packs.keys import PublicKey
    from forms.packs.place import Place


@dataclass(frozen=True)
class Plan:
    """A pack that was checked whole and fits this machine; ``nothing``: all of it is here already."""

    pack: Pack
    place: Place
    brought: tuple[Brought, ...] = ()
    nothing: bool = False

    @property
    def is_program(self) -> bool:
        """Tell whether it brings a program, and not conventions."""
        return self.pack.manifest.kind == "program"

    def lines(self) -> Iterator[str]:
        """Say in French who signed it, what it is, and what it changes here."""
        said = self.pack.manifest
        yield f"Signée par « {self.pack.signer.name} » (empreinte {self.pack.signer.fingerprint})."
        if self.is_program:
            yield f"Programme {said.version}, fait le {long_date(said.day)}, à la place de {self.place.version}."
            return
        yield f"Conventions, version {said.version}, du {long_date(said.day)} :"
        for one in self.brought:
            new, old = one.new, one.old
            edition = f"édition {new.edition} du {long_date(new.edited_on)}"
            if not one.is_news:
                yield f"{new.title} : {edition}, déjà là."
            elif old is None:
                yield f"{new.title} : nouvelle convention, {edition}."
            else:
                yield f"{new.title} : {edition}, à la place de {old.edition} du {long_date(old.edited_on)}."

    def next_step(self, way_back: str) -> str:
        """Say what is to be done once it is installed; ``way_back`` is how one goes back, there where it is read."""
        if self.is_program:
            return (
                f"Fermez Permanence, puis rouvrez-le : la version {self.pack.manifest.version} démarrera. "
                f"L’ancienne reste là, pour un retour ({way_back})."
            )
        return (
            "Fermez Permanence, puis rouvrez-le : les nouvelles éditions serviront. Un dossier fait avec une "
            f"ancienne édition le dira à son ouverture. L’ancienne reste là, pour un retour ({way_back})."
        )


def planned(path: Path, place: Place, now: dt.datetime, keys: Sequence[PublicKey] | None = None) -> Plan:
    """Check a pack whole, then against this machine; nothing is written.

    Raises:
        Fault: it is altered, not signed by one of ``keys`` (those of the program), older, for another system…
    """
    pack = archive.verified(path, public_keys(place.keys) if keys is None else keys)
    said = pack.manifest
    if number(said.needs) > number(place.version):
        raise refused(f"elle demande Permanence {said.needs} ou plus récent, et celui-ci est {place.version}")
    if said.kind == "program":
        program.must_fit(pack, place)
        return Plan(pack, place)
    brought = conventions.compared(pack, place.conventions, now)
    return Plan(pack, place, brought, conventions.is_installed(place.conventions, brought))


def installed(plan: Plan) -> tuple[str, ...]:
    """Install what was planned, the drafts being backed up; give what is to be noted, one French line each.

    Raises:
        Fault: what was there serves still.
    """
    if plan.nothing:
        return ()
    if plan.is_program:
        program.install(plan.pack, program.must_fit(plan.pack, plan.place))
        return ()
    return conventions.install(plan.pack, plan.place.conventions, plan.brought)


def backed_up(folder: Path, now: dt.datetime) -> Backup | None:
    """Back up drafts that no window has open, without their passphrase; None where there are none.

    Raises:
        AlreadyOpen: a window has them open.
        Fault: the backup cannot be made.
    """
    if not folder.is_dir():
        return None
    lock = FolderLock(folder)
    try:
        return backups.copy_closed(folder, now)
    finally:
        lock.release()


def weight(pack: Pack) -> str:
    """Say how many files a pack holds, and how large they are."""
    return f"{plural(len(pack.manifest.files), 'fichier')}, {max(1, round(pack.manifest.size / 1e6))} Mo"
