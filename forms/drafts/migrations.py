"""What the database looked like at each version: a migration is added, never changed."""

from __future__ import annotations

from forms.drafts.cipher import Database, Migrations

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


def newer(database: Database) -> bool:
    """Say whether the file has a migration that this program does not know."""
    known = {migration.name for migration in MIGRATIONS._migrations}  # noqa: SLF001 - it has no public list
    return any(migration.name not in known for migration in MIGRATIONS.applied(database))
