"""What a web page becomes: lines, markers, marks, and what of it is left out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.extraction import Caution, Extract
from submissions.extraction.html import extract_html
from tests.submissions.extraction.formats import check_whole, code_of, marked, texts


def read(page: str | bytes) -> Extract:
    extract = extract_html(page.encode() if isinstance(page, str) else page, "x.html")
    check_whole(extract)
    return extract


def test_a_block_is_a_line_and_headings_have_levels() -> None:
    extract = read(
        "<h1>One <b>title</b></h1>bare<div>outer<p>inner</p>after</div><h3><div>Deep</div></h3>"
        "<blockquote><p>quoted</blockquote><dl><dt>term<dd>words</dl>"
    )
    assert [(line.text, line.opens, line.level) for line in extract.lines] == [
        ("One title", True, 1),
        ("bare", True, 0),
        ("outer", True, 0),
        ("inner", True, 0),
        ("after", True, 0),
        ("Deep", True, 3),
        ("quoted", True, 0),
        ("term", True, 0),
        ("words", True, 0),
    ]


def test_a_break_goes_on_with_the_paragraph_and_an_empty_line_ends_it() -> None:
    extract = read("<p>a<br>b<br><br>c<br>&nbsp;<br>d</p><p><br>e")
    assert [(line.text, line.opens) for line in extract.lines] == [
        ("a", True),
        ("b", False),
        ("c", True),
        ("d", True),
        ("e", True),
    ]


def test_space_collapses_as_on_the_page() -> None:
    extract = read("<p> a \n <i> b</i>  c </p><p>国家\n应当 采取\n<b>措施</b></p><p>x&nbsp; y")
    assert texts(extract) == ["a b c", "国家应当 采取措施", "x\xa0 y"]


def test_lines_of_preformatted_text_stay() -> None:
    extract = read("<pre>\n  a\n b\n\nc</pre>")
    assert [(line.text, line.opens) for line in extract.lines] == [
        ("  a", True),
        (" b", False),
        ("c", True),
    ]


def test_items_get_the_markers_that_the_page_shows() -> None:
    extract = read(
        "<ol start=3><li>a<li value=7>b<li><p>c</p><p>more</ol><ol type=a><li>a<li>b</ol>"
        "<ol type=I><li>a<li>b</ol><ol reversed><li>x<li>y</ol><ul><li>dot<ul><li>inner</ul></ul>"
        "<ul style='list-style: none'><li>plain</ul><ol><li><ol type=i><li>both</ol></ol>"
        "<ol type=A start=27><li>z</ol><ol start=-1><li>m</ol><li>stray"
    )
    assert texts(extract) == [
        "3. a", "7. b", "8. c", "more", "a. a", "b. b", "I. a", "II. b", "2. x", "1. y", "• dot",
        "• inner", "plain", "1. i. both", "AA. z", "-1. m", "• stray",
    ]  # fmt: skip


def test_a_row_is_a_line_with_tabs_between_its_cells() -> None:
    extract = read(
        "<table><caption>Title</caption><tr><th>a<th>b<tr><td>1<p>2</p><td></td><td>3<br>4"
        "<tr><td colspan=3>over all</table>"
    )
    assert [(line.text, line.role) for line in extract.lines] == [
        ("Title", ""),
        ("a\tb", "table"),
        ("1 2\t\t3 4", "table"),
        ("over all", "table"),
    ]


def test_tables_that_lay_a_page_out_are_no_rows() -> None:
    extract = read(
        "<table><tr><td><p>menu<td><h2>Head</h2><p>a<table><tr><td>1<td>2</table></table>"
        "<table><tr><td><p>a<p>b</table>"
    )
    assert [(line.text, line.role, line.level) for line in extract.lines] == [
        ("menu", "", 0),
        ("Head", "", 2),
        ("a", "", 0),
        ("1\t2", "table", 0),
        ("a", "", 0),
        ("b", "", 0),
    ]


def test_raised_struck_and_inserted_words_are_marked() -> None:
    extract = read(
        "<p>word<sup>1</sup> <del>a b</del> <s>c</s> <strike>d</strike> <ins>e</ins>"
        " <span style='text-decoration: line-through'>f</span>"
        " <span style='vertical-align:super'>2</span>"
    )
    assert extract.text == "word1 a b c d e f 2"
    assert marked(extract) == [
        ("superscript", "1"),
        ("deleted", "a b"),
        ("deleted", "c"),
        ("deleted", "d"),
        ("inserted", "e"),
        ("deleted", "f"),
        ("superscript", "2"),
    ]


def test_what_is_not_text_is_left_out_and_counted() -> None:
    extract = read(
        "<head><title>t</title><script>s()</script><style>p{}</style></head><body><!-- no -->"
        "<nav>me nu</nav><p>a<script>x</script><template>tem</template><noscript>nos</noscript>"
        "<iframe>frame</iframe><p hidden>hid<p style='display:none'>den<p>b"
    )
    assert texts(extract) == ["a", "b"]
    assert extract.warnings == (
        Caution("script", value="2"),
        Caution("embedded-object", value="1"),
    )
    assert extract.removed["html-nav"] == 4
    assert extract.removed["hidden-text"] == 6


@pytest.mark.parametrize(
    ("page", "encoding"),
    [
        ("<meta charset=gb2312><p>㐀镕国家".encode("gb18030"), "gb18030"),
        (
            "<meta http-equiv=x content='text/html; charset=GBK'><p>㐀镕国家".encode("gb18030"),
            "gb18030",
        ),
        ("<?xml version='1.0' encoding='big5'?><html><p>國家".encode("big5"), "big5hkscs"),
        ("<p>㐀镕国家".encode("utf-8-sig"), "utf-8"),
        ("<meta charset=utf-16><p>㐀镕国家".encode(), "utf-8"),
        ("<meta charset=iso-8859-1><p>㐀镕国家".encode(), "utf-8"),
        ("<meta charset=nonsense><p>㐀镕国家".encode(), "utf-8"),
        ("<meta charset=unicode_escape><p>㐀镕国家".encode(), "utf-8"),
        ("<p>㐀镕国家".encode("utf-16"), "utf-16-le"),
        ("<html><body><p>国家</p></body></html>".encode("utf-16-be"), "utf-16-be"),
        ("<meta charset=iso-8859-1><p>“été”".encode("cp1252"), "cp1252"),
        ("<meta charset=euc-kr><p>국가".encode("cp949"), "cp949"),
    ],
)
def test_the_declared_encoding_is_read_as_browsers_do(page: bytes, encoding: str) -> None:
    extract = read(page)
    assert extract.encoding == encoding
    assert extract.text in ("㐀镕国家", "國家", "国家", "“été”", "국가")


def test_an_undeclared_encoding_is_found_from_the_text() -> None:
    words = "澳大利亚欢迎有此机会就一项新的网络犯罪问题国际公约的范围、结构和目标提出意见。" * 5
    assert read(f"<p>{words}</p>".encode("gb18030")).text == words


def test_a_few_broken_bytes_lose_no_more_than_themselves() -> None:
    words = "国家应当采取措施。" * 60
    extract = read(b"<meta charset=gb2312><p>" + words.encode("gbk") + b"\xff<p>end")
    assert extract.text == words + "\ufffd\nend"
    assert extract.warnings == (Caution("undecodable-bytes", value="1"),)


def test_no_nesting_exhausts_the_stack() -> None:
    deep = "<div>" * 600 + "a" + "<table><tr><td>" * 300 + "b" + "<ol><li>" * 300 + "c"
    nested = "<nav>" + "<b><i>" * 300 + "menu"
    extract = read(deep + nested)
    assert [text[-1] for text in texts(extract)] == ["a", "b", "c"]


def test_a_page_nested_beyond_reason_is_refused_before_it_is_parsed() -> None:
    deep = b"<div>" * 100_000 + b"a"
    assert code_of(lambda: extract_html(deep, "x.html")) == "unsafe-nesting"
    assert texts(read("<p>a<br><i>b</i>" * 3000))[0] == "a"


@pytest.mark.parametrize("page", [b"", b"<p>", b"<script>x</script>", b"<p>&nbsp;"])
def test_a_page_without_words_is_refused(page: bytes) -> None:
    assert code_of(lambda: extract_html(page, "x.html")) == "empty"


def test_a_page_beyond_the_limit_is_refused() -> None:
    assert code_of(lambda: extract_html(b"<p>x" * 4_300_000, "x.html")) == "too-large"


PIECES = (
    "<p> </p> <table> <tr> <td> </td> </table> <ol> <ul> <li> </ol> <br> <pre> </pre> <sup> </sup>"
    " <del> </div> <h2> <nav> </nav> <b> a 国 \u0301 \ud7ff &#0; &#xD800; &nbsp; \x85 <!-- -->"
    " <svg> <math> <li value=99999999999> <select> <option> <frameset> <plaintext>"
).split(" ")


@settings(deadline=None)
@given(st.lists(st.sampled_from([*PIECES, " ", "\n"]), max_size=40).map("".join))
def test_any_markup_gives_a_whole_extract_or_none(page: str) -> None:
    assert code_of(lambda: read(page)) in ("", "empty")


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_whole_extract_or_a_refusal(data: bytes) -> None:
    assert code_of(lambda: read(b"<meta charset=big5><p>" + data)) in ("", "empty", "undecodable")


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=1))
def test_no_word_of_a_paragraph_is_lost(words: list[str]) -> None:
    page = "".join(f"<p>{word.replace('&', '&amp;').replace('<', '&lt;')}</p>" for word in words)
    settled = "".join(read(page).text.split())
    assert len(settled) >= len(words)
