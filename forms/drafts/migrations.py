"""What the database looked like at each version: a migration is added, never changed."""

from __future__ import annotations

import contextlib

from forms.dossier.reading import dossier_from_json
from forms.drafts import people
from forms.drafts.cipher import Database, Migrations
from forms.faults import Fault

# sqlite-utils notes when each was applied, by its own clock: nothing reads it.
MIGRATIONS = Migrations("permanence.drafts")
SEARCH_INDEX = "drafts_search"
_SAID = {"edition", "state", "step", "field", "version", "created_at", "saved_at", "folded", "dossier"}


@MIGRATIONS(name="1")
def first(database: Database) -> None:
    """Drafts, and the settings of the permanence."""
    database.table("drafts").create(
        {
            "reference": str,
            "convention": str,
            "edition": str,
            "state": str,
            "step": str,
            "field": str,
            "version": int,
            "created_at": str,
            "saved_at": str,
            "folded": str,
            "dossier": str,
        },
        pk="reference",
        not_null=_SAID,
    )
    # Covering: a search reads this index alone, newest first, and stops at its limit.
    database.table("drafts").create_index(["saved_at", "reference", "folded"], SEARCH_INDEX)
    database.table("settings").create({"key": str, "value": str}, pk="key", not_null={"value"})


_SECOND = (
    "ALTER TABLE drafts ADD COLUMN confirmed_at TEXT",
    # What was done, bound by hashes: forms/drafts/journal.py.
    """CREATE TABLE journal (number INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, reference TEXT NOT NULL,
       detail TEXT NOT NULL, digest TEXT NOT NULL)""",
    # What is on paper, to print it again; the dossier is its JSON text, printed_at keeps its own zone.
    """CREATE TABLE printed (reference TEXT NOT NULL, version INTEGER NOT NULL, fingerprint TEXT NOT NULL,
       edition TEXT NOT NULL, printed_at TEXT NOT NULL, pdf_sha256 TEXT NOT NULL, dossier TEXT NOT NULL,
       PRIMARY KEY (reference, version)) WITHOUT ROWID""",
    # The folders of conventions that drafts were judged with, zipped.
    """CREATE TABLE editions (fingerprint TEXT PRIMARY KEY, convention TEXT NOT NULL, edition TEXT NOT NULL,
       kept_at TEXT NOT NULL, content BLOB NOT NULL)""",
    # Who is in which draft, as hashes: forms/drafts/people.py.
    """CREATE TABLE people (reference TEXT NOT NULL, path TEXT NOT NULL, child INTEGER NOT NULL, nir INTEGER,
       named INTEGER, PRIMARY KEY (reference, path)) WITHOUT ROWID""",
    "CREATE INDEX people_nir ON people (nir) WHERE nir IS NOT NULL",
    "CREATE INDEX people_named ON people (named) WHERE named IS NOT NULL",
    # What was decided of two drafts that share a person; first < second.
    """CREATE TABLE decisions (first TEXT NOT NULL, second TEXT NOT NULL, key INTEGER NOT NULL, choice TEXT NOT NULL,
       reason TEXT NOT NULL, decided_at TEXT NOT NULL, PRIMARY KEY (first, second, key)) WITHOUT ROWID""",
    "CREATE INDEX decisions_second ON decisions (second)",
    # The content stands last: a list does not read it.
    """CREATE TABLE attachments (number INTEGER PRIMARY KEY AUTOINCREMENT, reference TEXT NOT NULL,
       paper TEXT NOT NULL, media TEXT NOT NULL, size INTEGER NOT NULL, digest TEXT NOT NULL, added_at TEXT NOT NULL,
       content BLOB NOT NULL)""",
    "CREATE INDEX attachments_reference ON attachments (reference)",
    # Drafts taken away (gone = 0) or purged (1) that backups still hold: forms/drafts/purge.py.
    """CREATE TABLE leaving (reference TEXT PRIMARY KEY, since TEXT NOT NULL, gone INTEGER NOT NULL) WITHOUT ROWID""",
)

# A later migration that calls table.transform("journal") would drop these without a word: it makes them again.
_JOURNAL_GUARDS = (
    """CREATE TRIGGER journal_never_changed BEFORE UPDATE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_never_shortened BEFORE DELETE ON journal
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    # INSERT OR REPLACE deletes without firing the one above.
    """CREATE TRIGGER journal_only_longer BEFORE INSERT ON journal
       WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM journal), 0)
       BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
)


@MIGRATIONS(name="2")
def second(database: Database) -> None:
    """The journal, printed versions, editions, who is in which draft, attachments, what is leaving."""
    for statement in (*_SECOND, *_JOURNAL_GUARDS):
        database.execute(statement)
    for reference, text in database.execute("SELECT reference, dossier FROM drafts").fetchall():
        with contextlib.suppress(Fault, TypeError):  # a damaged draft stays in the list, as such
            people.index(database, reference, dossier_from_json(text))


_THIRD = (
    # The employers' lists and their agents: forms/drafts/agents.py. A list leaves whole, by its own name.
    """CREATE TABLE rosters (roster TEXT PRIMARY KEY, employer TEXT NOT NULL, siret TEXT NOT NULL,
       imported_at TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE agents (reference TEXT PRIMARY KEY, roster TEXT NOT NULL, place INTEGER NOT NULL,
       folded TEXT NOT NULL, said TEXT NOT NULL)""",
    # Covering: a search reads this index alone.
    "CREATE INDEX agents_search ON agents (roster, place, folded)",
)


@MIGRATIONS(name="3")
def third(database: Database) -> None:
    """The employers' lists of agents."""
    for statement in _THIRD:
        database.execute(statement)


def newer(database: Database) -> bool:
    """Say whether the file has a migration that this program does not know."""
    known = {migration.name for migration in MIGRATIONS._migrations}  # noqa: SLF001 - it has no public list
    return any(migration.name not in known for migration in MIGRATIONS.applied(database))
