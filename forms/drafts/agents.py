"""The employer's agents, kept beside the drafts from the list that was imported: found by three letters, purged whole.

Each agent has the reference of the dossier that will be opened for them, drawn once: a prefilled bulletin carries it,
and the dossier that is opened later is that bulletin's.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from forms.dossier.fields import field_at
from forms.dossier.identifiers import compact_siret
from forms.drafts import journal
from forms.drafts.cipher import faults_of
from forms.drafts.draft import written
from forms.faults import Fault
from forms.french import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from forms.dossier.model import Employer
    from forms.drafts.store import DraftStore

Fact = str | dt.date | Decimal

SEARCH_FROM = 3
"""Letters from which a search answers."""
SEARCHED = ("member.birth_name", "member.used_name", "member.first_name", "member.staff_number")

_COLUMNS = """reference, place, said, EXISTS (SELECT 1 FROM drafts WHERE drafts.reference = agents.reference)"""


@dataclass(frozen=True)
class KeptRoster:
    """The list of one employer: ``id`` names it in a purge, ``imported_at`` when it last changed, in UTC, if it did."""

    id: str
    employer: str
    siret: str
    imported_at: dt.datetime | None = None
    count: int = 0


@dataclass(frozen=True)
class Agent:
    """One agent: what the list says by path of a dossier, and what of it could not be read.

    ``place`` is the order of the list, ``begun`` tells that a dossier of this reference is among the drafts.
    """

    reference: str
    facts: tuple[tuple[str, Fact], ...] = dataclasses.field(repr=False)
    unread: tuple[tuple[str, str], ...] = dataclasses.field(default=(), repr=False)
    place: int = 0
    begun: bool = False

    def said(self, path: str) -> Fact | None:
        """Give what the list says at a path."""
        return next((value for known, value in self.facts if known == path), None)

    def text(self, path: str) -> str:
        """Give the text that the list says at a path, empty where there is none."""
        value = self.said(path)
        return value if isinstance(value, str) else ""

    @property
    def name(self) -> str:
        """Give "Roy-Delattre Maïa", the name first as a list is looked through."""
        last = self.text("member.used_name") or self.text("member.birth_name")
        return " ".join(part for part in (last, self.text("member.first_name")) if part)


def roster_of(store: DraftStore, employer: Employer) -> KeptRoster | None:
    """Give the list of an employer, the newest: by its SIRET, or by its name where one of both has no SIRET.

    Raises:
        Fault: the database cannot be read.
    """
    siret, name = compact_siret(employer.siret or ""), fold(employer.name or "")
    if not siret and not name:
        return None
    query = """SELECT roster, employer, siret, imported_at,
               (SELECT count(*) FROM agents WHERE agents.roster = rosters.roster) FROM rosters
               ORDER BY imported_at DESC"""
    with faults_of(store.path):
        rows = store.database.execute(query).fetchall()
    for row in rows:
        same = row[2] == siret if row[2] and siret else bool(name) and fold(row[1]) == name
        if same:
            return KeptRoster(row[0], row[1], row[2], dt.datetime.fromisoformat(row[3]), row[4])
    return None


def employer_of(store: DraftStore, roster: str) -> str | None:
    """Give the name of the employer of a list, or None where there is no such list.

    Raises:
        Fault: the database cannot be read.
    """
    with faults_of(store.path):
        found = store.database.execute("SELECT employer FROM rosters WHERE roster = ?", [roster]).fetchone()
    return str(found[0]) if found else None


def listed(store: DraftStore, roster: str) -> tuple[Agent, ...]:
    """Give the agents of a list in its order.

    Raises:
        Fault: the database cannot be read, or an agent in it is damaged.
    """
    query = f"SELECT {_COLUMNS} FROM agents WHERE roster = ? ORDER BY place"  # noqa: S608 - no value is in it
    with faults_of(store.path):
        return tuple(map(_read, store.database.execute(query, [roster]).fetchall()))


def search(store: DraftStore, roster: str, text: str, limit: int = 8) -> tuple[Agent, ...]:
    """Find agents by any part of a name or staff number, accents and case aside, from three letters on.

    Every word typed must be there; those that begin a name come first, then the order of the list.

    Raises:
        Fault: the database cannot be read, or an agent found is damaged.
    """
    words = [word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for word in fold(text).split()]
    if sum(map(len, words)) < SEARCH_FROM:
        return ()
    like = " AND ".join(["folded LIKE ? ESCAPE '\\'"] * len(words))
    # The index alone gives which rows: it covers the search.
    query = f"""SELECT {_COLUMNS} FROM agents WHERE rowid IN (
                SELECT rowid FROM agents INDEXED BY agents_search WHERE roster = ? AND {like}
                ORDER BY ({like}) DESC, place LIMIT ?) ORDER BY ({like}) DESC, place"""  # noqa: S608 - as above
    begun, found = [f"% {word}%" for word in words], [f"%{word}%" for word in words]
    with faults_of(store.path):
        rows = store.database.execute(query, [roster, *found, *begun, limit, *begun]).fetchall()
    return tuple(map(_read, rows))


def keep(
    store: DraftStore,
    roster: KeptRoster,
    agents: Sequence[Agent],
    now: dt.datetime,
    draw: Callable[[], str],
    *,
    removed: Sequence[str] = (),
    detail: journal.Detail | None = None,
) -> bool:
    """Keep agents of a list, new and updated, and take away those ``removed``; False where there is nothing to do.

    One with no reference is new: they get one that ``draw`` gives and that nobody has, and the place after the last.
    ``detail`` is what the journal notes of it: counts, no one.

    Raises:
        Fault: nothing was kept.
    """
    if not agents and not removed:
        return False
    with store.transaction() as database:
        values = [roster.id, roster.employer, roster.siret, written(now)]
        database.execute("INSERT OR REPLACE INTO rosters VALUES (?, ?, ?, ?)", values)
        known = {row[0] for row in database.execute("SELECT reference FROM agents UNION SELECT reference FROM drafts")}
        last = database.execute("SELECT max(place) FROM agents WHERE roster = ?", [roster.id]).fetchone()[0] or 0
        placed = list(_placed(agents, known, last, draw))
        rows = [(agent.reference, roster.id, agent.place, folded(agent), _said(agent)) for agent in placed]
        database.conn.executemany("INSERT OR REPLACE INTO agents VALUES (?, ?, ?, ?, ?)", rows)
        database.conn.executemany("DELETE FROM agents WHERE reference = ?", [(one,) for one in removed])
        journal.append(database, now, "imported", roster.id, detail)
    return True


def _placed(agents: Iterable[Agent], known: set[str], last: int, draw: Callable[[], str]) -> Iterator[Agent]:
    for agent in agents:
        if agent.reference:
            yield agent
            continue
        reference = next(reference for reference in iter(draw, "") if reference not in known)
        known.add(reference)
        last += 1
        yield dataclasses.replace(agent, reference=reference, place=last)


def forget(store: DraftStore, roster: str, now: dt.datetime) -> None:
    """Take a whole list away; the next purge takes it out of the backups too. One that is not there is no fault.

    Raises:
        Fault: it could not be taken away.
    """
    with store.transaction() as database:
        if not database.execute("DELETE FROM rosters WHERE roster = ?", [roster]).rowcount:
            return
        database.execute("DELETE FROM agents WHERE roster = ?", [roster])
        database.execute("INSERT OR REPLACE INTO leaving VALUES (?, ?, 0)", [roster, written(now)])
        journal.append(database, now, "deleted", roster)


def taken(store: DraftStore, agent: Agent, fresh: str) -> str:
    """Give the reference under which a dossier of this agent begins: theirs, or ``fresh`` where that one has served.

    A dossier of their reference that was deleted or purged may be on paper, or at the insurer's: it is another one.

    Raises:
        Fault: the database cannot be read or written.
    """
    with store.transaction() as database:
        query = "SELECT 1 FROM journal WHERE reference = ? LIMIT 1"
        if database.execute(query, [agent.reference]).fetchone() is None:
            return agent.reference
        database.execute("UPDATE agents SET reference = ? WHERE reference = ?", [fresh, agent.reference])
    return fresh


def folded(agent: Agent) -> str:
    """Give what is searched of an agent, each word after a space: a prefilled bulletin is found by its number too."""
    return f" {fold(' '.join(filter(None, (*map(agent.text, SEARCHED), agent.reference))))}"


def _said(agent: Agent) -> str:
    facts = {path: value if isinstance(value, str) else str(value) for path, value in agent.facts}
    return json.dumps({"facts": facts, "unread": dict(agent.unread)}, ensure_ascii=False, separators=(",", ":"))


def _read(row: Iterable[Any]) -> Agent:
    reference, place, said, begun = row
    try:
        data = json.loads(said)
        facts = tuple((str(path), _fact(path, text)) for path, text in data["facts"].items())
        unread = tuple((str(path), str(text)) for path, text in data["unread"].items())
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise Fault(f"L’agent {reference} de la liste ne peut pas être lu : il est abîmé.") from error
    return Agent(str(reference), facts, unread, place, bool(begun))


def _fact(path: str, text: str) -> Fact:
    kind = "text" if path == "address" else field_at(path).kind
    if kind == "date":
        return dt.date.fromisoformat(text)
    return Decimal(text) if kind == "money" else str(text)
