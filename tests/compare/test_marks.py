import itertools

from hypothesis import given
from hypothesis import strategies as st

from compare.marks import Segment, cut

TEXTS = st.text(max_size=60)
PLACES = st.integers(-5, 70)
SPANS = st.lists(st.tuples(PLACES, PLACES), max_size=6)
NOTES = st.lists(st.tuples(PLACES, PLACES, st.integers(0, 9)), max_size=4)


@given(TEXTS, SPANS, NOTES)
def test_segments_join_up_to_the_text(
    text: str, quotes: list[tuple[int, int]], notes: list[tuple[int, int, int]]
) -> None:
    assert "".join(segment.text for segment in cut(text, quotes, notes)) == text


@given(TEXTS, SPANS, NOTES)
def test_exactly_the_characters_in_spans_are_quoted(
    text: str, quotes: list[tuple[int, int]], notes: list[tuple[int, int, int]]
) -> None:
    marked = [segment.quoted for segment in cut(text, quotes, notes) for _ in segment.text]
    expected = [any(start <= place < end for start, end in quotes) for place in range(len(text))]

    assert marked == expected


@given(TEXTS, SPANS, NOTES)
def test_each_character_carries_the_first_footnote_whose_mark_it_is_in(
    text: str, quotes: list[tuple[int, int]], notes: list[tuple[int, int, int]]
) -> None:
    called = [segment.note for segment in cut(text, quotes, notes) for _ in segment.text]
    expected = [
        next((number for start, end, number in notes if start <= place < end), None)
        for place in range(len(text))
    ]

    assert called == expected


@given(TEXTS, SPANS, NOTES)
def test_no_segment_is_empty_and_no_two_alike_touch(
    text: str, quotes: list[tuple[int, int]], notes: list[tuple[int, int, int]]
) -> None:
    segments = cut(text, quotes, notes)
    kinds = [(segment.quoted, segment.note) for segment in segments]

    assert all(segment.text for segment in segments)
    assert all(one != next_ for one, next_ in itertools.pairwise(kinds))


def test_a_text_without_marks_is_one_segment() -> None:
    assert cut("非法访问") == (Segment("非法访问"),)


def test_an_empty_text_has_no_segments() -> None:
    assert cut("", [(0, 4)], [(0, 1, 1)]) == ()


def test_touching_and_overlapping_quotes_are_one() -> None:
    assert cut("abcdefgh", [(1, 3), (3, 5), (4, 6)]) == (
        Segment("a"),
        Segment("bcdef", quoted=True),
        Segment("gh"),
    )


def test_a_footnote_mark_inside_a_quote_stays_quoted() -> None:
    assert cut("成员国1对", [(0, 5)], [(3, 4, 0)]) == (
        Segment("成员国", quoted=True),
        Segment("1", quoted=True, note=0),
        Segment("对", quoted=True),
    )


def test_spans_outside_the_text_are_cut_to_it() -> None:
    assert cut("abc", [(-3, 1), (2, 99), (50, 60), (2, 1)]) == (
        Segment("a", quoted=True),
        Segment("b"),
        Segment("c", quoted=True),
    )


def test_characters_outside_the_basic_plane_count_as_one() -> None:
    assert cut("𠀀𠀁𠀂", [(1, 2)]) == (
        Segment("𠀀"),
        Segment("𠀁", quoted=True),
        Segment("𠀂"),
    )
