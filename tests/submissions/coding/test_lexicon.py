"""Terms found in one pass, and cues put together from them."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.notation import parse_cue
from submissions.coding.automaton import Automaton
from submissions.coding.lexicon import Lexicon
from submissions.coding.segments import segment


def fires(cue: str, text: str, *, body: int = 0, phrases: tuple[str, ...] = ()) -> list[str]:
    """The words on which a cue fires, as they stand in the normalised text."""
    lexicon = Lexicon()
    lexicon.shield(phrases)
    (compiled,) = lexicon.compile([parse_cue(cue)])
    scan = lexicon.scan(text, body)
    return [scan.text[match.start : match.end] for match in scan.matches(compiled)]


@given(
    st.lists(st.text("ab的", min_size=1, max_size=4), min_size=1, max_size=8, unique=True),
    st.text("ab的", max_size=40),
)
def test_the_automaton_finds_what_a_plain_search_finds(words: list[str], text: str) -> None:
    plain = sorted(
        (start, start + len(word), number)
        for number, word in enumerate(words)
        for start in range(len(text))
        if text.startswith(word, start)
    )

    assert sorted(Automaton(words).find(text)) == plain


def test_then_binds_words_that_follow_soon_in_the_clause() -> None:
    cue = "限于 > 网络犯罪"

    assert fires(cue, "公约应限于核心的网络犯罪。") == ["限于核心的网络犯罪"]
    assert fires(cue, "网络犯罪限于此。") == []
    assert fires(cue, "应限于此，网络犯罪很重要。") == []
    assert fires(cue, f"应限于{'很' * 30}网络犯罪。") == []


def test_with_binds_words_of_one_clause_in_either_order() -> None:
    cue = "提供者 + 义务"

    assert fires(cue, "义务由提供者承担") == ["义务由提供者"]
    assert fires(cue, "提供者有义务") == ["提供者有义务"]
    assert fires(cue, "提供者很多，义务也多") == []


def test_near_binds_words_of_one_sentence_and_shows_the_first() -> None:
    assert fires("机制 & 监测", "设立机制，以监测执行。") == ["机制"]
    assert fires("机制 & 监测", "设立机制。监测执行。") == []


def test_not_looks_at_the_clause_or_the_sentence() -> None:
    assert fires("隐私 - 侵犯", "保护隐私，不得侵犯人权。") == ["隐私"]
    assert fires("隐私 - 侵犯", "侵犯隐私。") == []
    assert fires("隐私 ! 侵犯", "保护隐私，不得侵犯人权。") == []
    assert fires("隐私 ! 侵犯", "保护隐私。不得侵犯人权。") == ["隐私"]


def test_start_and_end_of_the_passage_leave_out_marker_and_punctuation() -> None:
    assert fires("^定义$", "(a) 定义；", body=4) == ["定义"]
    assert fires("^定义", "(a) 术语的定义；", body=4) == []
    assert fires("定义$", "(a) 定义的术语；", body=4) == []


def test_a_whole_word_is_not_found_inside_another() -> None:
    assert fires("=主权", "尊重国家自主权") == []
    assert fires("=主权", "尊重国家的主权") == ["主权"]


def test_latin_words_are_whole_unless_left_open() -> None:
    assert fires("harm", "to harmonise laws") == []
    assert fires("harm*", "to harmonise laws") == ["harm"]
    assert fires("24/7", "建立24/7网络") == ["24/7"]
    assert fires("24/7", "第124/7号决议") == []


def test_words_inside_a_set_phrase_are_not_read() -> None:
    text = "毒品和犯罪问题办公室打击毒品贩运"

    assert fires("毒品", text, phrases=("毒品和犯罪问题办公室",)) == ["毒品"]
    assert fires("毒品", text) == ["毒品", "毒品"]


def test_sentences_parts_and_clauses_begin_where_they_should() -> None:
    found = segment("应包括:(a)引渡;(b)互助,等。no. 3 of 1,000. End")

    assert (found.sentences, found.parts, found.clauses) == (
        (0, 18, 33),
        (0, 10, 18, 33),
        (0, 4, 10, 16, 18, 33),
    )
