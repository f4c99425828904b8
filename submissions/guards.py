"""Triggers that keep quotes and passages verbatim, whatever writes to the database.

A check constraint sees one row; that a position's quote stands in its passage, and the passage in
its document, where the offsets say, takes two.  When a passage is first stored only its range is
looked at (intake has cut it from the text); any later change is compared with the text.  SQLite
loses a table's triggers when a migration rebuilds the table, and refuses to rebuild one that
another trigger reads: so they are lifted before migrations and installed after.
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections

_NOT_VERBATIM = "the quote is not what the passage says there"
_OUT_OF_RANGE = "the passage does not stand in its document"
_TEXT_IN_USE = "the text of a document that has passages is not changed"

_TABLES = {"submissions_position", "corpus_passage", "corpus_document"}

#: For each guard: its table, when it looks, the condition that refuses, and the message.  `NEW` is
#: the row to be; the conditions read alike in both databases but for the null-safe `differs`.
_GUARDS = (
    (
        "position_quote",
        "submissions_position",
        ("INSERT", "UPDATE"),
        """substr((SELECT text FROM corpus_passage WHERE id = NEW.passage_id),
            NEW.quote_start + 1, NEW.quote_end - NEW.quote_start) {differs} NEW.quote""",
        _NOT_VERBATIM,
    ),
    (
        "passage_range",
        "corpus_passage",
        ("INSERT",),
        """NEW."end" > (SELECT length FROM corpus_document WHERE id = NEW.document_id)""",
        _OUT_OF_RANGE,
    ),
    (
        "passage_place",
        "corpus_passage",
        ('UPDATE OF text, start, "end", document_id',),
        """substr((SELECT text FROM corpus_document WHERE id = NEW.document_id),
            NEW.start + 1, NEW."end" - NEW.start) {differs} NEW.text""",
        _OUT_OF_RANGE,
    ),
    (
        "document_text",
        "corpus_document",
        ("UPDATE OF text",),
        """NEW.text {differs} OLD.text
            AND EXISTS (SELECT 1 FROM corpus_passage AS p WHERE p.document_id = NEW.id)""",
        _TEXT_IN_USE,
    ),
)


def _quoted(message: str) -> str:
    return message.replace("'", "''")


_SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {name}_{number} BEFORE {event} ON {table}
    WHEN {condition.format(differs="IS NOT")}
    BEGIN SELECT RAISE(ABORT, '{_quoted(message)}'); END"""
    for name, table, events, condition, message in _GUARDS
    for number, event in enumerate(events)
]
_SQLITE_LIFT = [
    f"DROP TRIGGER IF EXISTS {name}_{number}"
    for name, _, events, _, _ in _GUARDS
    for number in range(len(events))
]
_POSTGRESQL = [
    statement
    for name, table, events, condition, message in _GUARDS
    for statement in (
        f"""CREATE OR REPLACE FUNCTION {name}_guard() RETURNS trigger AS $guard$
        BEGIN
            IF {condition.format(differs="IS DISTINCT FROM")} THEN
                RAISE EXCEPTION '{_quoted(message)}' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $guard$ LANGUAGE plpgsql""",
        f"""CREATE OR REPLACE TRIGGER {name} BEFORE {" OR ".join(events)} ON {table}
        FOR EACH ROW EXECUTE FUNCTION {name}_guard()""",
    )
]
_POSTGRESQL_LIFT = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table, _, _, _ in _GUARDS]


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
