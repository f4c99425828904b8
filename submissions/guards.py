"""Triggers that keep quotes verbatim, whatever writes to the database.

A check constraint sees one row; that a position's quote stands in its passage, where its offsets
say, takes two.  SQLite loses a table's triggers when a migration rebuilds the table, and refuses to
rebuild one that another trigger reads: so they are lifted before migrations and installed after.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections

_NOT_VERBATIM = "the quote is not what the passage says there"
_STANDS_IN = """substr((SELECT text FROM corpus_passage WHERE id = {row}.passage_id),
    {row}.quote_start + 1, {row}.quote_end - {row}.quote_start)"""

_TABLES = {"submissions_position", "corpus_passage"}

_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS position_quote_{event.lower()}
    BEFORE {event} ON submissions_position
    WHEN {_STANDS_IN.format(row="NEW")} IS NOT NEW.quote
    BEGIN SELECT RAISE(ABORT, '{_NOT_VERBATIM}'); END"""
    for event in ("INSERT", "UPDATE")
] + [
    f"""CREATE TRIGGER IF NOT EXISTS passage_text_update
    BEFORE UPDATE OF text ON corpus_passage
    WHEN EXISTS (SELECT 1 FROM submissions_position AS p WHERE p.passage_id = NEW.id AND
        substr(NEW.text, p.quote_start + 1, p.quote_end - p.quote_start) IS NOT p.quote)
    BEGIN SELECT RAISE(ABORT, '{_NOT_VERBATIM}'); END"""
]
_SQLITE_LIFT = [
    f"DROP TRIGGER IF EXISTS {name}"
    for name in ("position_quote_insert", "position_quote_update", "passage_text_update")
]

_POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION position_quote_verbatim() RETURNS trigger AS $guard$
    BEGIN
        IF {_STANDS_IN.format(row="NEW")} IS DISTINCT FROM NEW.quote THEN
            RAISE EXCEPTION '{_NOT_VERBATIM}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $guard$ LANGUAGE plpgsql""",
    f"""CREATE OR REPLACE FUNCTION passage_text_kept() RETURNS trigger AS $guard$
    BEGIN
        IF EXISTS (SELECT 1 FROM submissions_position AS p WHERE p.passage_id = NEW.id AND
            substr(NEW.text, p.quote_start + 1, p.quote_end - p.quote_start)
            IS DISTINCT FROM p.quote) THEN
            RAISE EXCEPTION '{_NOT_VERBATIM}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    END $guard$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE TRIGGER position_quote
    BEFORE INSERT OR UPDATE ON submissions_position
    FOR EACH ROW EXECUTE FUNCTION position_quote_verbatim()""",
    """CREATE OR REPLACE TRIGGER passage_text_update
    BEFORE UPDATE OF text ON corpus_passage
    FOR EACH ROW EXECUTE FUNCTION passage_text_kept()""",
]
_POSTGRESQL_LIFT = [
    "DROP TRIGGER IF EXISTS position_quote ON submissions_position",
    "DROP TRIGGER IF EXISTS passage_text_update ON corpus_passage",
]


def install(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Create the triggers on the database `using`, once its tables are there."""
    _run(using, _SQLITE, _POSTGRESQL)


def lift(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Drop the triggers on the database `using` for as long as migrations run."""
    _run(using, _SQLITE_LIFT, _POSTGRESQL_LIFT)


def _run(using: str, sqlite: list[str], postgresql: list[str]) -> None:
    connection = connections[using]
    if not set(connection.introspection.table_names()) >= _TABLES:
        return
    with connection.cursor() as cursor:
        for statement in postgresql if connection.vendor == "postgresql" else sqlite:
            cursor.execute(statement)
