"""Scanned bulletins before the drafts: what each row of the page says and would do, worked out beside the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from desktop.desk.permanence import blank_dossier, foreign
from forms.assessment import assess
from forms.bulletin import changes
from forms.bulletin.pictures import taken_out
from forms.bulletin.scan import files_of, read_files
from forms.dossier.model import Member
from forms.drafts.ended import Ends
from forms.drafts.from_paper import Judged, Met, Read, meet
from forms.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from desktop.desk.permanence import Permanence
    from forms.bulletin import Change
    from forms.bulletin.scan import Bundle, Reading, Sorted
    from forms.convention import Convention
    from forms.dossier.model import Dossier
    from forms.drafts.store import DraftStore


@dataclass(frozen=True)
class Meeting:
    """One paper and what is here under its number; ``refusal`` says why nothing can be done with it, or is empty.

    ``changes``: from what is here to what the paper says, in words. ``rival``: another paper of these scans, as recent,
    says something else under the same number.
    """

    bundle: Bundle = field(repr=False)
    read: Read
    met: Met
    refusal: str = ""
    changes: tuple[Change, ...] = field(default=(), repr=False)
    rival: bool = False

    @property
    def whole(self) -> bool:
        """Tell whether every page of the bulletin is there; without a small code that was read it is not known."""
        return any(page.mark for page in self.bundle.pages) and not self.bundle.missing


def read_all(paths: Sequence[Path], go_on: Callable[[Reading], bool]) -> Sorted:
    """Read files, and those of folders.

    Raises:
        Fault: a folder cannot be read.
    """
    files = [file for path in paths for file in (files_of(path) if path.is_dir() else (path,))]
    return read_files(files, go_on)


def meetings(
    store: DraftStore,
    bundles: Sequence[Bundle],
    conventions: Mapping[str, Convention],
    permanence: Permanence | None,
    *,
    practice: bool,
) -> tuple[Meeting, ...]:
    """Put each paper before the draft of its number; on the drafts' thread, nothing is written."""
    meets = partial(meet, store, ends=Ends())
    return tuple(
        _meeting(meets, bundle, conventions, permanence, practice=practice, rival=_has_rival(bundle, bundles))
        for bundle in bundles
    )


def judged(dossier: Dossier, conventions: Mapping[str, Convention], today: dt.date) -> Judged:
    """Say what the convention at hand makes of a paper's dossier."""
    convention = conventions.get(dossier.convention or "")
    if convention is None:
        return Judged(complete=False)
    return Judged(assess(dossier, convention, today).printable, convention.fingerprint, convention.edition)


def scans_of(bundle: Bundle) -> tuple[bytes, ...]:
    """Give the pages of one dossier as files of their own, as they were scanned, and no one else's.

    Raises:
        Fault: a scan is not there any more, or has changed since it was read.
    """
    files: dict[tuple[Path, str], list[int]] = {}
    for page in bundle.pages:
        files.setdefault((page.path, page.digest), []).append(page.number)
    return tuple(taken_out(path, digest, numbers) for (path, digest), numbers in files.items())


def _meeting(
    meets: Callable[[Read], Met],
    bundle: Bundle,
    conventions: Mapping[str, Convention],
    permanence: Permanence | None,
    *,
    practice: bool,
    rival: bool,
) -> Meeting:
    read = _read(bundle, permanence)
    refusal = foreign(bundle.reference, practice=practice)
    if refusal:
        return Meeting(bundle, read, Met("no_dossier"), refusal)
    try:
        met = meets(read)
    except Fault as fault:
        return Meeting(bundle, read, Met("no_dossier"), fault.line)
    if met.how == "no_dossier" and met.draft is None:
        return Meeting(bundle, read, met, "Sa page 1 n’a pas été lue, et aucun dossier n’est ici sous ce numéro.")
    said: tuple[Change, ...] = ()
    convention = conventions.get((met.draft.dossier.convention if met.draft else None) or "")
    if met.changes and met.draft is not None and read.dossier is not None and convention is not None:
        said = changes(met.draft.dossier, read.dossier, convention)
    return Meeting(bundle, read, met, "", said, rival)


def _read(bundle: Bundle, permanence: Permanence | None) -> Read:
    dossier = bundle.dossier
    if dossier is not None and bundle.blank and dossier.member == Member():
        dossier = blank_dossier(permanence, bundle.reference, dossier.convention)
    elif dossier is not None and dossier.reference is None:
        dossier = dossier.model_copy(update={"reference": bundle.reference})
    return Read(bundle.reference, 0 if bundle.blank else bundle.version, dossier)


def _has_rival(bundle: Bundle, bundles: Sequence[Bundle]) -> bool:
    return bundle.dossier is not None and any(
        other is not bundle
        and other.reference == bundle.reference
        and other.dossier is not None
        and (other.version or 0) >= (bundle.version or 0)
        for other in bundles
    )
