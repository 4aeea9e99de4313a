"""The pictures of what becomes of dossiers: pairs, the comparison, the versions on paper, the purge."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.day.compare_dialog import CompareDialog
from desktop.day.pairs_page import PairsPage
from desktop.day.purge_page import PurgePage
from desktop.day.versions_page import VersionsPage
from forms.assessment import assess
from forms.bulletin import Printing, pack
from forms.drafts import printed
from tests.pictures_people import nir

if TYPE_CHECKING:
    from forms.drafts.draft import Draft
    from forms.drafts.store import DraftStore
    from tests.pictures_studio import Studio

OLD = (
    ("3C8M-W1TA", "mme", "Dumont", "Claire", "1979-03-14", 31),
    ("5E0P-Y3VC", "m", "Hadjadj", "Samir", "1988-10-02", 35),
    ("7G2R-A5XE", "mme", "Petit", "Lucie", "1995-01-27", 40),
    ("9J4T-C7ZG", "m", "Marchand", "Paul", "1968-07-09", 26),
)
"""Whom the purge takes, or not yet: days since their last change at the end."""
PRINTED, DOUBLE = "1R9S-V2MG", "9X2B-77QA"


def kept(studio: Studio, drafts: list[Draft], now: dt.datetime) -> None:  # noqa: PLR0915 - one screen after another
    """Take them all; the list of ``drafts`` is on screen before, and after."""
    window = studio.window
    desk, home = window.desk, window.at_home
    assert desk is not None
    assert home is not None
    family, complete = drafts[4], next(one for one in drafts if one.reference == PRINTED)
    convention = desk.conventions["cdg62-mnt"]

    def fill(store: DraftStore) -> bool:
        other = family.dossier.member.model_copy(update={"used_name": None, "phone": "06 11 22 33 44"})
        dossier = family.dossier.model_copy(update={"reference": DOUBLE, "member": other})
        store.save(replace(family, reference=DOUBLE, dossier=dossier, saved_at=now - dt.timedelta(days=3)))
        for reference, title, name, first, born, days in OLD:
            said = {"title": title, "birth_name": name, "first_name": first, "nir": nir(title, born)}
            member = complete.dossier.member.model_copy(update={**said, "birth_date": dt.date.fromisoformat(born)})
            dossier = complete.dossier.model_copy(update={"reference": reference, "member": member})
            store.save(replace(complete, reference=reference, dossier=dossier, saved_at=now - dt.timedelta(days=days)))
        draft = replace(store.load(PRINTED), edition=convention.fingerprint, state="complete")
        found = assess(draft.dossier, convention, now.date())
        pdf = pack(draft.dossier, found, convention, Printing(draft.reference, draft.version, now))
        printed.record(store, draft, convention.edition, now, pdf)
        return True

    done: list[bool] = []
    desk.ask(fill, done.append)
    studio.until(lambda: done)
    home._do("pairs")
    pairs = window.stack.currentWidget()
    assert isinstance(pairs, PairsPage)
    studio.until(pairs.heading.isVisible)
    studio.take("pairs")
    pairs._compare(len(pairs.found) - 1)
    studio.until(lambda: window.findChildren(CompareDialog))
    asked = window.findChildren(CompareDialog)[-1]
    studio.take("compare", asked)
    asked.turn()
    studio.take("compare-masked", asked)
    asked.turn()
    asked.reject()
    pairs.left.emit()
    home._do("purge")
    purge = window.stack.currentWidget()
    assert isinstance(purge, PurgePage)
    studio.until(lambda: purge.plan is not None)
    studio.take("purge")
    purge.run()
    studio.until(lambda: purge.certificate is not None and purge._stop is None and not purge.table.isVisible())
    studio.take("purge-certificate")
    purge.left.emit()
    page = VersionsPage(window, desk, PRINTED, lambda: now)
    home._show_page(page)
    studio.until(lambda: page.kept is not None)
    studio.take("versions")
    page.show_print(0)
    studio.until(lambda: page.preview is not None and page.preview.drawn)
    studio.take("versions-shown")
    page.left.emit()
