"""One file into the database: whole or not at all, and twice is once."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User

from corpus.codebook import load_codebook
from corpus.delegations import Delegations
from corpus.manifest import Entry
from corpus.models import Codebook, Delegation, Document, Footnote, Passage, Submission
from submissions.intake import IntakeError, Outcome, Reader
from submissions.models import Intake, Position, Review
from submissions.reading import READER_VERSION
from tests.submissions.rows import all_rows

pytestmark = pytest.mark.django_db
SHIPPED = Path(settings.CORPUS_DIR) / "codebook.toml"
TEXT = (
    "意见汇编\n埃及\n[原文：阿拉伯文]\n[2021 年 1 月 2 日]\n一、范围1\n公约应当包括：\n"
    "(a) 应避免处理网络安全问题；\n(b) 公约应侧重于打击网络犯罪。\n______\n 1 见 A/1。\n- 2 -\n"
    "巴西\n[原文：英文]\n应加强国际合作。\n"
)


def entry(path: Path, **changes: object) -> Entry:
    fields: dict[str, object] = {
        "path": path,
        "symbol": "",
        "kind": "compilation",
        "language": "zh",
        "title": "意见汇编",
        "title_en": "Views",
        "published_on": None,
        "job_number": "V.1",
        "pages": 2,
        "delegation": "",
        "counts": {"delegations": 2},
    }
    return Entry(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "views.zh.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def reader(db: None, delegations: Delegations) -> Reader:
    return Reader(delegations, load_codebook(SHIPPED), Codebook.objects.get(current=True))


@pytest.fixture
def changed_reader(tmp_path: Path, delegations: Delegations) -> Reader:
    """A reader with the next version of the codebook; make it after the first intake."""
    path = tmp_path / "codebook.toml"
    source = SHIPPED.read_text(encoding="utf-8").replace('version = "1"', 'version = "2"', 1)
    path.write_text(source, encoding="utf-8")
    book = load_codebook(path)
    row = Codebook(version="2", sha256="2" * 64, source=source)
    row.save()
    return Reader(delegations, book, row)


def refused(reader: Reader, entry: Entry) -> str:
    """The message that a file is refused with; nothing is stored anywhere."""
    before = all_rows()
    with pytest.raises(IntakeError) as caught:
        reader.take_in(entry)
    assert all_rows() == before
    return str(caught.value)


def document(path: Path) -> Document:
    return Document.objects.get(file_name=path.name)


def test_a_file_is_stored_whole(reader: Reader, path: Path) -> None:
    outcome = reader.take_in(entry(path))

    stored = document(path)
    assert outcome == Outcome(
        reference="views",
        change="read",
        delegations=2,
        passages=5,
        positions=Position.objects.filter(passage__document=stored).count(),
    )
    assert outcome.positions > 0
    assert (stored.slug, stored.title, stored.title_en, stored.page_count, stored.length) == (
        *("views", "意见汇编", "Views", 2),
        len(stored.text),
    )
    assert [
        (
            one.heading,
            one.original_language,
            str(one.submitted_on),
            stored.text[one.start : one.end],
        )
        for one in Submission.objects.filter(document=stored)
    ] == [
        (
            *("埃及", "ar", "2021-01-02"),
            "埃及\n[原文：阿拉伯文]\n[2021 年 1 月 2 日]\n一、范围1\n公约应当包括：\n"
            "(a) 应避免处理网络安全问题；\n(b) 公约应侧重于打击网络犯罪。",
        ),
        ("巴西", "en", "None", "巴西\n[原文：英文]\n应加强国际合作。"),
    ]
    assert [
        (
            one.reference,
            one.kind,
            one.marker,
            one.depth,
            str(one.parent),
            str(one.heading),
            one.page,
        )
        for one in Passage.objects.filter(document=stored)
    ] == [
        ("P-001", "passage", "", 0, "None", "None", 1),
        ("EGY-001", "heading", "一、", 0, "None", "None", 1),
        ("EGY-002", "passage", "", 0, "EGY-001", "EGY-001", 1),
        ("EGY-003", "passage", "(a)", 1, "EGY-002", "EGY-001", 1),
        ("EGY-004", "passage", "(b)", 1, "EGY-002", "EGY-001", 1),
        ("BRA-001", "passage", "", 0, "None", "None", 2),
    ]
    [note] = Footnote.objects.filter(document=stored)
    assert (note.label, note.text, str(note.anchor), note.anchor_start, note.anchor_end) == (
        *("1", "1 见 A/1。", "EGY-001"),
        *(4, 5),
    )


def test_the_report_accounts_for_the_file(reader: Reader, path: Path) -> None:
    reader.take_in(entry(path))

    intake = Intake.objects.get(file_name=path.name)
    report = json.loads(json.dumps(intake.report))
    assert (intake.state, intake.encoding, intake.reader_version) == (
        *("accepted", "utf-8"),
        READER_VERSION,
    )
    assert report["coverage"].pop("source") == len(TEXT) == sum(report["coverage"].values())
    assert [(drop["reason"], drop["text"]) for drop in report["dropped"]] == [
        ("footnote-rule", "______"),
        ("page-furniture", "- 2 -"),
    ]
    assert (report["removed"], report["notices"]) == ({}, [])


def test_the_same_file_again_changes_nothing(reader: Reader, path: Path) -> None:
    first = reader.take_in(entry(path))
    before = all_rows()

    again = reader.take_in(entry(path))

    assert (again.change, again.passages, again.positions) == (
        *("unchanged", first.passages),
        first.positions,
    )
    assert all_rows() == before


def test_the_shipped_corpus_again_changes_nothing(reader: Reader, document_path: Path) -> None:
    intake = Intake.objects.get(file_name=document_path.name)
    Intake.objects.filter(pk=intake.pk).update(coded_with=reader.coded_with)
    before = all_rows()

    outcome = reader.take_in(entry(document_path, symbol="A/AC.291/4"))

    assert (outcome.reference, outcome.change) == ("A/AC.291/4", "unchanged")
    assert (outcome.delegations, outcome.passages) == (26, 908)
    assert all_rows() == before


def test_another_codebook_makes_untouched_suggestions_anew(
    reader: Reader, changed_reader: Reader, path: Path
) -> None:
    first = reader.take_in(entry(path))
    here = Position.objects.filter(passage__document=document(path))
    before = set(here.values_list("pk", flat=True))
    stances = sorted(here.values_list("passage", "issue", "stance", "quote"))

    outcome = changed_reader.take_in(entry(path))

    assert (outcome.change, outcome.positions) == ("recoded", first.positions)
    assert not before & set(here.values_list("pk", flat=True))
    assert sorted(here.values_list("passage", "issue", "stance", "quote")) == stances
    assert set(here.values_list("codebook__version", flat=True)) == {"2"}
    assert changed_reader.take_in(entry(path)).change == "unchanged"


@pytest.mark.parametrize("touch", ["confirmed", "rejected", "reviewed", "set by a person"])
def test_another_codebook_leaves_what_a_person_has_touched(
    reader: Reader, changed_reader: Reader, path: Path, touch: str
) -> None:
    reader.take_in(entry(path))
    here = Position.objects.filter(passage__document=document(path)).order_by("pk")
    position = here[0]
    person = User.objects.create(username="coder")
    if touch == "reviewed":
        Review.objects.create(
            position=position,
            reviewer=person,
            decision="confirm",
            stance_before=position.stance,
            stance_after=position.stance,
        )
    elif touch == "set by a person":
        here.filter(pk=position.pk).update(origin="person", status="confirmed", coder=person)
    else:
        here.filter(pk=position.pk).update(status=touch)
    kept = here.filter(pk=position.pk).values().get()

    changed_reader.take_in(entry(path))

    assert here.filter(pk=position.pk).values().get() == kept
    machine = here.filter(passage=position.passage, issue=position.issue, origin="machine")
    assert machine.count() == 1
    assert {one.codebook.version for one in here.exclude(pk=position.pk) if one.codebook} == {"2"}


def test_a_second_process_that_was_slower_finds_the_file_there(
    reader: Reader, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is not there when it looks, and is when it stores."""
    first = reader.take_in(entry(path))
    before = all_rows()
    look = Reader._known
    asked: list[Entry] = []

    def blind_at_first(self: Reader, one: Entry) -> Intake | None:
        asked.append(one)
        return None if len(asked) == 1 else look(self, one)

    monkeypatch.setattr(Reader, "_known", blind_at_first)

    outcome = reader.take_in(entry(path))

    assert outcome == Outcome("views", "unchanged", 2, first.passages, first.positions)
    assert len(asked) == 2
    assert all_rows() == before


def test_other_bytes_under_the_same_symbol_are_refused(reader: Reader, path: Path) -> None:
    assert refused(reader, entry(path, symbol="A/AC.291/4")) == (
        "views.zh.txt: A/AC.291/4 is here already, from a file with other bytes. "
        "Remove the earlier document first, or give this one another symbol."
    )


def test_a_conflict_that_is_no_second_process_is_refused(
    reader: Reader, path: Path, tmp_path: Path
) -> None:
    reader.take_in(entry(path))
    second, third = tmp_path / "views.second.txt", tmp_path / "views.third.txt"
    second.write_text(TEXT + "更多。", encoding="utf-8")
    third.write_text(TEXT + "还有。", encoding="utf-8")
    reader.take_in(entry(second))

    assert refused(reader, entry(third)).startswith("views.third.txt: was not stored (")


def test_an_unknown_delegation_is_refused(reader: Reader, path: Path) -> None:
    path.write_text(TEXT.replace("巴西", "亚特兰蒂斯"), encoding="utf-8")

    assert refused(reader, entry(path)) == (
        "line 12: “亚特兰蒂斯” stands where a delegation's name does, but no delegation has that "
        "name. Add the name to corpus/data/delegations.toml, or correct the text."
    )


def test_a_delegation_that_is_not_in_the_database_is_refused(reader: Reader, path: Path) -> None:
    Position.objects.all().delete()
    Document.objects.all().delete()
    Delegation.objects.filter(code="BRA").delete()

    assert refused(reader, entry(path)) == (
        "views.zh.txt: the delegation BRA is not in the database. "
        "Run `manage.py load_corpus` first."
    )


def test_a_wrong_path_is_refused(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "nowhere.txt"

    assert refused(reader, entry(path)) == f"{path}: there is no such file. Check the path."


def test_an_empty_file_is_refused(reader: Reader, path: Path) -> None:
    path.write_bytes(b"")

    assert refused(reader, entry(path)) == (
        "views.zh.txt: is empty. Check that the right file was chosen."
    )


def test_a_kind_that_cannot_be_read_is_refused(reader: Reader, path: Path) -> None:
    assert refused(reader, entry(path, kind="atlas")).startswith(
        "views.zh.txt: documents of the kind “atlas” cannot be read. Use one of: compilation"
    )


def test_a_count_that_the_manifest_does_not_state_is_refused(reader: Reader, path: Path) -> None:
    assert refused(reader, entry(path, counts={"delegations": 26})) == (
        "views.zh.txt: 2 delegations were recognised, the manifest says 26. "
        "Correct the manifest or the text."
    )


def test_the_stored_corpus_is_verbatim() -> None:
    """Passages stand in their documents, after their parents, under their markers."""
    seen = 0
    for stored in Document.objects.all():
        places: dict[int, int] = {}
        for passage in stored.passages.in_reading_order():
            assert stored.text[passage.start : passage.end] == passage.text
            assert passage.text.startswith(passage.marker)
            for above in (passage.parent_id, passage.heading_id):
                assert above is None or places[above] < passage.order
            places[passage.pk] = passage.order
            seen += 1
        for note in stored.footnotes.select_related("anchor"):
            assert stored.text[note.start : note.end] == note.text
            assert note.anchor is not None
            assert note.anchor.text[note.anchor_start : note.anchor_end] == note.label
    assert seen >= 918
