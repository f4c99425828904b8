"""Write a long form for analysts: every position, or every passage."""

from argparse import ArgumentParser
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from compare.exports import WRITERS, Record, describe, passages_export, positions_export
from corpus.release import current_release

EXPORTS = {"positions": positions_export, "passages": passages_export}


class Command(BaseCommand):
    help = (
        "Write all positions or all passages as CSV or JSON lines. With --output, a second file "
        "beside it (NAME-metadata.json) names the release and the command that makes it again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=sorted(EXPORTS))
        parser.add_argument("--format", choices=sorted(WRITERS), default="csv")
        parser.add_argument("--output", type=Path, help="file to write; standard output if absent")

    def handle(
        self, *args: Any, what: str, format: Any, output: Path | None, **options: Any
    ) -> None:
        export = EXPORTS[what]()
        records = _Counted(export.records())
        lines = WRITERS[format](export.columns, records)
        if output is None:
            self.stdout.writelines(lines)
            return
        source = f"manage.py export {what} --format {format} --output {output.name}"
        described = output.with_name(f"{output.name}-metadata.json")
        description = describe(export, current_release(), output.name, source)
        try:
            with closing(lines), output.open("w", encoding="utf-8", newline="") as file:
                file.writelines(lines)
            described.write_text(description, encoding="utf-8")
        except OSError as error:
            records.close()
            raise CommandError(f"{output}: cannot be written ({error.strerror}).") from error
        self.stderr.write(f"{output}: {records.count} {what}. {described.name}: the release.")


class _Counted:
    """Records, counted as they pass."""

    def __init__(self, records: Generator[Record, None, None]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record

    def close(self) -> None:
        """Leave the rest of the records in the database."""
        self._records.close()
