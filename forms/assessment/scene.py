"""The scene: one dossier under one convention, answering for every fact that a rule may name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import Any

from forms.assessment.changes import added, already_covered, formula_changed, removed
from forms.convention.dates import completed_years, notice_end
from forms.convention.facts import FactRef, Lacks, Scope
from forms.convention.model import Convention
from forms.dossier.model import CHILDREN, PARTNERS, Beneficiary, Dossier, Member
from forms.dossier.paths import cancellation_of, people, value_at

_ONE_DAY = dt.timedelta(days=1)
_NOTHING = object()


class Scene:
    """Facts of a dossier, each worked out once; the effective date is put in when it is known.

    ``on`` is the day that ages are counted on: the effective date, what it lacks, or a provisional day.
    """

    def __init__(self, dossier: Dossier, convention: Convention, today: dt.date) -> None:
        self.dossier = dossier
        self.convention = convention
        self.today = today
        self.people: dict[str, Member | Beneficiary] = dict(people(dossier))  # type: ignore[arg-type]
        self.on: dt.date | Lacks = Lacks(())
        self.ranks: dict[str, int | Lacks] = {}
        self._memo: dict[tuple[str, str], Any] = {}
        self._said_facts: dict[tuple[str, str], Any] = {}  # no day moves them
        self._received: dt.date | None = None
        self._groups = _groups(dossier)

    def if_received(self, day: dt.date) -> Scene:
        """Give the same scene, had the complete file been received on another day."""
        other = Scene.__new__(Scene)  # copy.copy takes four times longer, and this is asked six times at each key
        other.__dict__.update(self.__dict__, on=Lacks(()), _memo=dict(self._said_facts), _received=day)
        return other

    def dated(self, on: dt.date | Lacks) -> None:
        """Say on which day ages are counted."""
        self.on = on
        self._memo = dict(self._said_facts)

    def subjects(self, scope: Scope) -> tuple[str, ...]:
        """Give the paths of the people that a rule of this scope is put to; a relation not said is in no group."""
        return self._groups[scope]

    def fact(self, ref: FactRef, subject: str) -> Any:
        """Give a fact's value, ``None`` where "none" is the answer, or what is lacking."""
        owner = subject if ref.owner == "subject" else "member" if ref.owner == "member" else ""
        key = (owner, ref.name)
        found = self._memo.get(key, _NOTHING)
        if found is _NOTHING:
            found = self._memo[key] = self._find(ref, owner)
        return found

    def _find(self, ref: FactRef, owner: str) -> Any:
        if owner:
            derived = _PERSON.get(ref.name)
            if derived is not None:
                return derived(self, owner)
            return self._said(ref, owner)
        derived_fact = _DOSSIER.get(ref.name)
        if derived_fact is not None:
            return derived_fact(self)
        if ref.name.startswith("previous_contract.") and self.dossier.previous_contract is None:
            return cancellation_of(self.dossier) if ref.name.endswith(".cancellation") else None
        head = ref.name.split(".", 1)[0]
        if head in {"event", "current"} and getattr(self.dossier, head) is None:
            return None
        said = self._said(ref, "")
        # An event that is there has a kind and a day, said or not yet: ``given`` asks for the event itself.
        return Lacks((ref.name,)) if said is None and head == "event" else said

    def _said(self, ref: FactRef, owner: str) -> Any:
        block, _, last = ref.name.rpartition(".")
        parent: Any = self.people.get(owner) if owner else self.dossier
        if block and parent is not None:
            parent = value_at(parent, block)
        # A fact that only beneficiaries have is none of the member's, and the reverse: no test holds on it.
        value = getattr(parent, last, _NOTHING)
        if value is _NOTHING:
            value = None
        elif value is None:
            path = f"{owner}.{ref.name}" if owner else ref.name
            if not ref.type.none_is_answer or path in self.dossier.unread:
                value = Lacks((path,))
        self._said_facts[owner, ref.name] = value
        return value

    def birth_date(self, path: str) -> dt.date | Lacks:
        """Give a person's birth date, or that it is lacking."""
        return self.people[path].birth_date or Lacks((f"{path}.birth_date",))

    def age(self, path: str) -> int | Lacks:
        """Give a person's age in years on the day that prices, as the convention counts it."""
        born = self.birth_date(path)
        if isinstance(born, Lacks):
            return born
        if isinstance(self.on, Lacks):
            return self.on
        if self.convention.cover.age == "year_difference":
            return self.on.year - born.year
        # Cover that starts on the 1st of the month of a birth starts before it: the age is then 0.
        return max(0, completed_years(born, self.on))

    def reception(self) -> dt.date | Lacks:
        """Give the day on which the complete file is received, else signed."""
        if self._received:
            return self._received
        request = self.dossier.request
        if request.received_on is None and "request.received_on" in self.dossier.unread:
            return Lacks(("request.received_on",))
        return request.received_on or request.signed_on or Lacks(("request.signed_on",))

    def notice_end(self) -> dt.date | Lacks:
        """Give where a notice sent on reception ends the old contract."""
        received = self.reception()
        return received if isinstance(received, Lacks) else notice_end(received)

    def old_end(self) -> dt.date | Lacks | None:
        """Give the old contract's last day: as said, else as a mandate makes it; ``None`` without a contract."""
        contract = self.dossier.previous_contract
        if contract is None or contract.cancellation == "none":
            return None
        if contract.ends_on is not None:
            return contract.ends_on
        if contract.cancellation == "mandate" and "previous_contract.ends_on" not in self.dossier.unread:
            return self.mandate_eve() or self.notice_end()
        lacking = "cancellation" if contract.cancellation is None else "ends_on"
        return Lacks((f"previous_contract.{lacking}",))

    def mandate_eve(self) -> dt.date | None:
        """Give the eve of cover where a mandate ends the old contract on it: it starts on a 1st, the notice is in time.

        ``None`` while cover has no date: the old contract's end is then what the date is searched from.
        """
        if not self.convention.cover.first_of_month or isinstance(self.on, Lacks):
            return None
        eve, end = self.on - _ONE_DAY, self.notice_end()
        return eve if isinstance(end, Lacks) or end <= eve else None

    def unrelated(self) -> tuple[str, ...]:
        """Give what says who the people of no group yet are: each could be a partner, or a child."""
        people = self.people.items()
        return tuple(f"{p}.relation" for p, person in people if isinstance(person, Beneficiary) and not person.relation)

    def count(self, scope: Scope) -> int | Lacks:
        """Give how many people a group has."""
        unrelated = self.unrelated()
        return Lacks(unrelated) if unrelated else len(self.subjects(scope))

    def years_younger(self, path: str) -> int | Lacks | None:
        """Give the completed years between the birth of the older of member and partner and a child's."""
        born, (elder, lacking) = self.birth_date(path), self._elder
        if isinstance(born, Lacks):
            return Lacks((*born.paths, *lacking))
        return Lacks(lacking) if lacking or elder is None else completed_years(elder, born)

    @cached_property
    def _elder(self) -> tuple[dt.date | None, tuple[str, ...]]:
        """Give the birth date of the older of member and partner, and what is lacking to know it."""
        births = {path: self.people[path].birth_date for path in self.subjects("adult")}
        lacking = [f"{path}.birth_date" for path, born in births.items() if born is None]
        return min((born for born in births.values() if born), default=None), (*lacking, *self.unrelated())

    def already_covered(self, path: str) -> bool | Lacks | None:
        """Tell whether a beneficiary was covered before this dossier."""
        return None if path == "member" else already_covered(self.dossier, int(path.rpartition(".")[2]))

    def position(self, path: str) -> int | None:
        """Give which partner or which child this is, as listed; nothing for the others."""
        group = self.subjects("partner") if path in self.subjects("partner") else self.subjects("child")
        return group.index(path) + 1 if path in group else None


_PERSON: dict[str, Callable[[Scene, str], Any]] = {
    "age": Scene.age,
    "rank": lambda scene, path: scene.ranks.get(path),
    "position": Scene.position,
    "years_younger": Scene.years_younger,
    "already_covered": Scene.already_covered,
}
_DOSSIER: dict[str, Callable[[Scene], Any]] = {
    "today": lambda scene: scene.today,
    "effective_date": lambda scene: scene.on,
    "convention.starts_on": lambda scene: scene.convention.starts_on,
    "convention.ends_on": lambda scene: scene.convention.ends_on,
    "request.reception": Scene.reception,
    "previous_contract.notice_end": Scene.notice_end,
    "previous_contract.end": Scene.old_end,
    "formula_changed": lambda scene: formula_changed(scene.dossier),
    "people": lambda scene: len(scene.people),
    "partners": lambda scene: scene.count("partner"),
    "children": lambda scene: scene.count("child"),
    "added": lambda scene: added(scene.dossier),
    "removed": lambda scene: removed(scene.dossier),
}


def _groups(dossier: Dossier) -> dict[Scope, tuple[str, ...]]:
    relations = [(f"beneficiaries.{i}", person.relation) for i, person in enumerate(dossier.beneficiaries)]
    everyone = tuple(path for path, _ in relations)
    partners = tuple(path for path, relation in relations if relation in PARTNERS)
    return {
        "dossier": ("",),
        "member": ("member",),
        "partner": partners,
        "child": tuple(path for path, relation in relations if relation in CHILDREN),
        "adult": ("member", *partners),
        "beneficiary": everyone,
        "person": ("member", *everyone),
    }
