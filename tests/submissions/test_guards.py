"""The database itself keeps quotes verbatim, whatever writes to it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from corpus.models import Document, Passage
from submissions import guards
from submissions.models import Position

pytestmark = pytest.mark.django_db
NOT_VERBATIM = "the quote is not what the passage says there"


@pytest.fixture
def position() -> Position:
    """A position whose quote is two different characters or more, with words after it."""
    return next(
        one
        for one in Position.objects.select_related("passage").order_by("pk")
        if one.quote_end < len(one.passage.text)
        and one.passage.text[one.quote_start + 1 : one.quote_end + 1] != one.quote
    )


def sql(statement: str, *parameters: int | str) -> Callable[[], None]:
    def execute() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)

    return execute


def is_refused(write: Callable[[], object], why: str = NOT_VERBATIM) -> None:
    with pytest.raises(IntegrityError, match=why), transaction.atomic():
        write()


def another_passage(position: Position) -> Passage:
    """One that does not say the quote where it stands now, nor has a position on the issue."""
    return next(
        passage
        for passage in Passage.objects.order_by("pk")
        if passage.text[position.quote_start : position.quote_end] != position.quote
        and not passage.positions.filter(issue=position.issue).exists()
    )


def test_every_stored_quote_stands_where_its_offsets_say() -> None:
    positions = list(Position.objects.select_related("passage"))

    assert len(positions) > 500
    assert [
        one.pk
        for one in positions
        if one.passage.text[one.quote_start : one.quote_end] != one.quote or not one.quote
    ] == []


def test_an_insert_with_other_words_is_refused(position: Position) -> None:
    position.pk = None
    position.quote = "字" * len(position.quote)
    is_refused(lambda: position.save(force_insert=True))


def test_a_raw_insert_with_other_words_is_refused(position: Position) -> None:
    other = another_passage(position)
    columns = [
        field.column
        for field in Position._meta.local_concrete_fields
        if field.column and field.column not in ("id", "passage_id")
    ]
    names = ", ".join(columns)
    is_refused(
        sql(
            f"INSERT INTO submissions_position (passage_id, {names}) "
            f"SELECT %s, {names} FROM submissions_position WHERE id = %s",
            other.pk,
            position.pk,
        )
    )


def test_a_changed_quote_is_refused(position: Position) -> None:
    other = "字" * len(position.quote)
    is_refused(lambda: Position.objects.filter(pk=position.pk).update(quote=other))
    is_refused(sql("UPDATE submissions_position SET quote = %s WHERE id = %s", other, position.pk))


def test_changed_offsets_are_refused(position: Position) -> None:
    is_refused(
        sql(
            "UPDATE submissions_position SET quote_start = quote_start + 1, "
            "quote_end = quote_end + 1 WHERE id = %s",
            position.pk,
        )
    )


def test_a_move_to_another_passage_is_refused(position: Position) -> None:
    other = another_passage(position)
    is_refused(lambda: Position.objects.filter(pk=position.pk).update(passage=other))
    is_refused(
        sql("UPDATE submissions_position SET passage_id = %s WHERE id = %s", other.pk, position.pk)
    )


OUT_OF_PLACE = "the passage does not stand in its document"


def test_words_that_are_not_the_documents_are_refused(position: Position) -> None:
    passage = position.passage
    text = "字" * len(passage.text)
    is_refused(lambda: Passage.objects.filter(pk=passage.pk).update(text=text), OUT_OF_PLACE)
    change = sql("UPDATE corpus_passage SET text = %s WHERE id = %s", text, passage.pk)
    is_refused(change, OUT_OF_PLACE)


def test_a_passage_moved_in_its_document_is_refused(position: Position) -> None:
    passage = Passage.objects.filter(pk=position.passage_id)
    start, end = position.passage.start, position.passage.end
    is_refused(lambda: passage.update(start=start + 1, end=end + 1), OUT_OF_PLACE)


def test_a_passage_beyond_its_document_is_refused(position: Position) -> None:
    document = position.passage.document
    beyond = Passage(
        document=document,
        reference="X-001",
        order=100_000,
        kind="passage",
        text="字",
        start=document.length,
        end=document.length + 1,
    )
    is_refused(beyond.save, OUT_OF_PLACE)


def test_the_text_of_a_document_with_passages_is_not_changed(position: Position) -> None:
    document = Document.objects.filter(pk=position.passage.document_id)
    text = "字" * document.get().length
    is_refused(
        lambda: document.update(text=text),
        "the text of a document that has passages is not changed",
    )


def test_what_leaves_words_and_places_is_accepted(position: Position) -> None:
    Position.objects.filter(pk=position.pk).update(status="confirmed", version=2)
    passage = Passage.objects.filter(pk=position.passage_id)
    passage.update(depth=3, text=position.passage.text)

    position.refresh_from_db()
    assert (position.status, position.passage.depth) == ("confirmed", 3)


def test_a_passage_goes_with_its_positions(position: Position) -> None:
    position.passage.delete()

    assert not Position.objects.filter(pk=position.pk).exists()


def test_guards_are_lifted_and_installed_again(position: Position) -> None:
    config = apps.get_app_config("submissions")
    text = "字" * len(position.quote)
    change = sql("UPDATE submissions_position SET quote = %s WHERE id = %s", text, position.pk)
    back = sql(
        "UPDATE submissions_position SET quote = %s WHERE id = %s", position.quote, position.pk
    )

    guards.lift(config, using="default")
    change()
    back()
    guards.install(config, using="default")
    is_refused(change)
    guards.install(config, using="default")
    is_refused(change)


def test_migrating_brings_the_guards_back(position: Position) -> None:
    guards.lift(apps.get_app_config("submissions"), using="default")
    call_command("migrate", verbosity=0)

    is_refused(
        sql("UPDATE submissions_position SET quote_start = 0, quote_end = 1, quote = '\u2603'")
    )


REBUILD = """
import django
django.setup()
from django.core.management import call_command
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, models
from submissions.models import Position

def triggers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        print(*(row[0] for row in cursor.fetchall()))

call_command("migrate", verbosity=0)
triggers()
emit_pre_migrate_signal(0, False, "default")
triggers()
wider = models.CharField(max_length=20)
wider.set_attributes_from_name("stance")
wider.model = Position
with connection.schema_editor() as editor:
    editor.alter_field(Position, Position._meta.get_field("stance"), wider)
emit_post_migrate_signal(0, False, "default")
triggers()
"""


def test_a_rebuilt_table_has_its_guards_again(tmp_path: Path) -> None:
    """In a SQLite file of its own, since there a change of a column makes the table anew."""
    done = subprocess.run(
        [sys.executable, "-c", REBUILD],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{tmp_path}/own.sqlite3",
            "DATA_DIR": str(tmp_path),
        },
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    names = "document_text_0 passage_place_0 passage_range_0 position_quote_0 position_quote_1"
    assert (done.stdout.splitlines(), done.stderr) == ([names, "", names], "")
