"""The edition of a convention that last judged a draft, against the one in force: kept, and met when it is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.drafts import editions

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from desktop.desk.keeping import Keeping
    from forms.convention import Convention
    from forms.drafts.draft import Draft


@dataclass(frozen=True)
class EditionChange:
    """A draft that was last judged by another edition than the one in force; ``old`` is None when it is not kept."""

    draft: Draft
    old: Convention | None
    new: Convention


def find_change(
    keeping: Keeping,
    draft: Draft,
    convention: Convention | None,
    same: Callable[[Draft], object],
    changed: Callable[[EditionChange], object],
) -> None:
    """Go on with a draft as ``same``, or as ``changed``, once the edition that judged it is found, or is not."""
    if convention is None or draft.edition in {"", convention.fingerprint}:
        same(draft)
        return

    def compare(old: Convention | None) -> None:
        changed(EditionChange(draft, old, convention))

    keeping.ask(lambda store: editions.kept(store, draft.edition), compare, lambda _fault: compare(None))


def keep_edition(keeping: Keeping, convention: Convention, now: dt.datetime) -> None:
    """Keep an edition as it is today, so that a later one can be compared with it. One that is not is said then."""
    keeping.ask(lambda store: editions.keep(store, convention.folder, convention, now), refused=lambda _fault: None)
