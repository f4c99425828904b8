"""The codebook: what is read from it, and what it says of a mistake."""

from pathlib import Path

import pytest

from corpus.codebook import Codebook, CodebookError, Issue, Topic, load_codebook
from corpus.notation import CuePattern, Flag, NotationError, Part, Term, parse_cue, parse_terms

SHIPPED = Path(__file__).parents[2] / "corpus" / "codebook.toml"

TOPIC = """version = "1"

[[topic]]
key = "scope"
en = "Scope"
zh = "范围"
"""
ISSUE = """
[[issue]]
key = "scope.core_only"
topic = "scope"
en = "Core only"
zh = "仅限核心"
"""


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "book.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_topics_issues_and_cues_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        TOPIC
        + 'headings.zh = ["范围"]\n'
        + ISSUE
        + 'oppose = "all crime"\nquestions = [2]\nrecommendations = [5, 6]\n'
        + 'cues.zh = ["限于 > <core> => support"]\n'
        + '\n[terms.zh]\ncore = ["核心犯罪"]\nset_phrases = ["不仅限于"]\n'
        + '\n[stance_cues.zh]\nnegate = ["不应|不得"]\n',
    )

    assert load_codebook(path) == Codebook(
        version="1",
        topics=(Topic("scope", "Scope", "范围", 0, {"zh": (Term("范围"),)}),),
        issues=(
            Issue(
                key="scope.core_only",
                topic="scope",
                en="Core only",
                zh="仅限核心",
                stances={"oppose": "all crime"},
                questions=(2,),
                recommendations=(5, 6),
                cues={
                    "zh": (
                        CuePattern(
                            "限于 > <core> => support",
                            (Part("", (Term("限于"),)), Part(">", (Term("核心犯罪"),))),
                            (),
                            "support",
                        ),
                    )
                },
                order=0,
            ),
        ),
        stance_cues={
            "zh": {"negate": (CuePattern("不应|不得", (Part("", (Term("不应"), Term("不得"))),)),)}
        },
        set_phrases={"zh": ("不仅限于",)},
    )


def test_the_shipped_codebook_has_cues_for_every_issue_in_both_languages() -> None:
    book = load_codebook(SHIPPED)

    assert (len(book.topics), len(book.issues)) == (13, 106)
    assert [
        (issue.key, language)
        for issue in book.issues
        for language in ("zh", "en")
        if not issue.cues.get(language)
    ] == []


def test_an_issue_is_found_by_its_key() -> None:
    book = load_codebook(SHIPPED)

    assert book.issue("final.reservations").topic == "final"
    with pytest.raises(KeyError):
        book.issue("final.nothing")


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        (
            TOPIC + ISSUE.replace('topic = "scope"', 'topic = "scop"'),
            10,
            "issue 'scope.core_only' is under topic 'scop', which does not exist; "
            "write one of scope, or add the topic",
        ),
        (
            TOPIC + ISSUE + ISSUE,
            15,
            "issue 'scope.core_only' is there twice; rename or remove one",
        ),
        (
            TOPIC + TOPIC.partition("\n")[2],
            9,
            "topic 'scope' is there twice; rename or remove one",
        ),
        (
            TOPIC + ISSUE + 'cues.zh = [\n  "限于",\n  "限于 > <core>",\n]\n',
            15,
            "cue '限于 > <core>': no term list <core>; add it under [terms]",
        ),
        (
            TOPIC + ISSUE + 'cues.zh = ["限于 => maybe"]\n',
            13,
            "cue '限于 => maybe': unknown stance 'maybe'; "
            "write one of support, oppose, qualified, open",
        ),
        (
            TOPIC + ISSUE + 'cues.zh = ["限于 @under(scop)"]\n',
            13,
            "cue '限于 @under(scop)' names topic 'scop', which does not exist",
        ),
        (
            TOPIC + ISSUE + 'maybe = "perhaps"\n',
            13,
            "unknown field 'maybe' in an issue; the fields are cues, en, key, open, oppose, "
            "qualified, questions, recommendations, support, topic, zh",
        ),
        (
            TOPIC + ISSUE.replace('en = "Core only"\n', ""),
            8,
            'an issue needs en = "…", a text that is not empty',
        ),
        (
            TOPIC + ISSUE + 'questions = ["2"]\n',
            13,
            "questions must be a list of numbers: [1, 2]",
        ),
        (
            TOPIC + ISSUE + 'cues = ["限于"]\n',
            13,
            "cues are given per language: cues.zh = […]",
        ),
        (
            TOPIC + ISSUE + "cues.zh = [1]\n",
            13,
            'cues must be a list of texts: ["…", "…"]',
        ),
        (
            TOPIC + "\n[stance_cues.zh]\nrefuse = []\n",
            9,
            "unknown field 'refuse' in stance cues; the fields are condition, contrast, courtesy, "
            "demand, harm, limit, negate, outline, raise, reject, report, resume",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_and_cure(
    tmp_path: Path, text: str, line: int, complaint: str
) -> None:
    path = write(tmp_path, text)

    with pytest.raises(CodebookError) as raised:
        load_codebook(path)

    assert str(raised.value) == f"{path}:{line}: {complaint}"


def test_a_file_that_is_not_toml_is_named_with_the_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'version = "1"\n[[topic\n')

    with pytest.raises(CodebookError, match=r"book\.toml: not valid TOML: .*line 2"):
        load_codebook(path)


def test_a_cue_is_read_into_parts_conditions_and_stance() -> None:
    lists = {"ict": ("计算机", "网络")}

    assert parse_cue("利用 > <ict> + ^犯罪 - =保留 @under(scope, none) => oppose", lists) == (
        CuePattern(
            "利用 > <ict> + ^犯罪 - =保留 @under(scope, none) => oppose",
            (
                Part("", (Term("利用"),)),
                Part(">", (Term("计算机"), Term("网络"))),
                Part("+", (Term("犯罪", at_start=True),)),
                Part("-", (Term("保留", whole_word=True),)),
            ),
            (Flag("under", topics=("scope", "none")),),
            "oppose",
        )
    )


def test_terms_carry_their_marks() -> None:
    assert parse_terms("criminali*|^定义$|24/7") == (
        Term("criminali", open_end=True),
        Term("定义", at_start=True, at_end=True),
        Term("24/7"),
    )


@pytest.mark.parametrize(
    "notation",
    ["", " @list", "a||b", "a > ", "> a", "a @nowhere", "a @list(b)", "a @under", "a @", "a<b"],
)
def test_a_cue_that_cannot_be_read_is_refused(notation: str) -> None:
    with pytest.raises(NotationError):
        parse_cue(notation)
