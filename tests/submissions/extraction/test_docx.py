"""What a Word document becomes: lines, markers, marks, and what of it is left out."""

import io
from collections.abc import Callable
from functools import partial

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.extraction import Caution, Extract, ExtractionError
from submissions.extraction.docx import extract_docx
from tests.submissions.extraction.formats import (
    check_whole,
    code_of,
    docx,
    marked,
    relations,
    sample,
    texts,
    word,
    zipped,
)

Parts = dict[str, str | bytes]


def read(body: str, parts: Parts | None = None) -> Extract:
    extract = extract_docx(docx(body, parts), "x.docx")
    check_whole(extract)
    return extract


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(words)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(ExtractionError) as caught:
        extract_docx(data, "x.docx")
    return caught.value.code, caught.value.problem


# The samples.


def test_delegations_stand_on_lines_of_their_own_and_no_field_code_is_text() -> None:
    data = sample("upr_svn4_advance_questions.docx")
    extract = extract_docx(data, "upr_svn4.docx")

    check_whole(extract)
    capitals = [line.text for line in extract.lines if line.text.isupper()]
    assert capitals == [
        "ADVANCE QUESTIONS TO SLOVENIA",
        "BELGIUM",
        "COSTA RICA",
        "GERMANY",
        "LIECHTENSTEIN",
        "PORTUGAL",
        "SPAIN",
        "UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND",
        "UNITED STATES OF AMERICA",
    ]
    assert "MERGEFIELD" not in extract.text
    assert [(line.text, line.opens) for line in extract.lines[:2]] == [
        ("ADVANCE QUESTIONS TO SLOVENIA", True),
        ("Generated on 22 Jan 2025 14:31", False),
    ]
    assert sum(line.text.startswith("• ") for line in extract.lines) == 22
    assert {line.page for line in extract.lines} == {1, 2, 3, 4}


def test_a_word_file_is_read_whatever_it_is_called() -> None:
    name = "upr_svn2_advance_questions_add2_docx_misnamed_doc.doc"
    extract = extract_docx(sample(name), name)

    check_whole(extract)
    assert [text for text in texts(extract) if not text.startswith("• ")] == [
        "ADVANCE QUESTIONS TO SLOVENIA – ADD.2",
        "SPAIN",
        "UNITED KINGDOM",
    ]
    assert sum(text.startswith("• ") for text in texts(extract)) == 5
    assert extract.warnings == (Caution("external-link", value="attachedTemplate"),)


def test_symbol_and_job_number_are_found_in_headers_and_footers() -> None:
    extract = extract_docx(sample("ga_A_80_6_sect24_corr1.docx"), "x.docx")

    check_whole(extract)
    assert [
        (line.role, line.text) for line in extract.lines if line.role in ("header", "footer")
    ] == [
        ("header", "United Nations"),
        ("header", "A/80/6 (Sect. 24)/Corr.1"),
        ("header", "General Assembly"),
        ("header", "Distr.: General"),
        ("header", "21 May 2025"),
        ("header", "Original: English"),
        ("footer", "25-08037 (E)    280525"),
        ("footer", "*2508037*"),
        ("footer", "2/4"),
        ("footer", "25-08037"),
        ("footer", "3/4"),
    ]
    assert extract.warnings == (Caution("comments", value="1"),)
    assert "DOCVARIABLE" not in extract.text
    assert sum(line.role == "table" for line in extract.lines) == 90


# Paragraphs and runs.


def test_a_paragraph_is_a_line_and_a_break_goes_on_with_it() -> None:
    extract = read(p("第一段") + "<w:p/>" + f"<w:p>{r('two')}<w:r><w:br/></w:r>{r('more')}</w:p>")
    assert [(line.text, line.opens, line.page) for line in extract.lines] == [
        ("第一段", True, None),
        ("", True, None),
        ("two", True, None),
        ("more", False, None),
    ]


def test_a_file_of_python_docx_is_read() -> None:
    document = python_docx.Document()
    document.add_heading("目标", level=2)
    document.add_paragraph("The convention", style="List Number").add_run(
        " applies"
    ).font.strike = True
    document.add_paragraph("next", style="List Number")
    document.add_paragraph("dot", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    buffer = io.BytesIO()
    document.save(buffer)
    extract = extract_docx(buffer.getvalue(), "x.docx")

    check_whole(extract)
    assert [(line.text, line.level, line.role) for line in extract.lines] == [
        ("目标", 2, ""),
        ("1. The convention applies", 0, ""),
        ("2. next", 0, ""),
        ("• dot", 0, ""),
        ("cell 0\tcell 1", 0, "table"),
        ("cell 2\tcell 3", 0, "table"),
    ]
    assert marked(extract) == [("deleted", " applies")]


def test_tracked_changes_are_kept_and_marked() -> None:
    extract = read(
        "<w:p>"
        + r("States ")
        + "<w:del><w:r><w:delText xml:space='preserve'>may </w:delText></w:r></w:del>"
        + f"<w:ins>{r('shall ')}</w:ins>"
        + f"<w:moveFrom>{r('from ')}</w:moveFrom><w:moveTo>{r('to')}</w:moveTo>"
        + "</w:p>"
    )
    assert extract.lines[0].text == "States may shall from to"
    assert marked(extract) == [
        ("deleted", "may "),
        ("inserted", "shall "),
        ("deleted", "from "),
        ("inserted", "to"),
    ]


def test_a_paragraph_whose_mark_is_deleted_goes_on_in_the_next() -> None:
    extract = read(p("States shall", "<w:rPr><w:del/></w:rPr>") + p("not act.") + p("New."))
    assert [line.opens for line in extract.lines] == [True, False, True]


def test_text_in_wrappers_is_kept() -> None:
    inner = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('control')}</w:sdtContent></w:sdt>"
    extract = read(
        f"<w:sdt><w:sdtContent><w:p>{inner}<w:hyperlink r:id='x'>{r(' link')}</w:hyperlink>"
        f"<w:smartTag>{r(' tag')}</w:smartTag><m:oMath><m:r><m:t>=x</m:t></m:r></m:oMath></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    assert texts(extract) == ["control link tag=x"]


def test_signs_without_text_of_their_own() -> None:
    body = (
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/>"
        "<w:t>d\xad</w:t><w:sym w:font='Symbol' w:char='F0B7'/><w:sym w:char='zz'/></w:r></w:p>"
    )
    extract = read(body)
    assert extract.text == "a\tb-cd•"
    assert extract.removed == {"soft-hyphen": 2}


def test_space_at_the_ends_of_a_run_counts_only_where_it_is_preserved() -> None:
    extract = read(
        "<w:p><w:r><w:t> a </w:t></w:r><w:r><w:t xml:space='preserve'> b</w:t></w:r></w:p>"
    )
    assert extract.text == "a b"


def test_right_to_left_text_is_kept_in_its_order() -> None:
    extract = read("<w:p><w:pPr><w:bidi/></w:pPr>" + r("ترحب مصر", "<w:rtl/>") + "</w:p>")
    assert extract.text == "ترحب مصر"


def test_letters_and_marks_in_two_runs_compose() -> None:
    extract = read(
        f"<w:p>{r('e', '<w:strike/>')}{r(chr(0x301) + 'x')}{r('y', '<w:strike/>')}</w:p>"
    )
    assert extract.text == "éxy"
    assert marked(extract) == [("deleted", "é"), ("deleted", "y")]


STYLES = word(
    "styles",
    "<w:style w:type='paragraph' w:styleId='Base'><w:name w:val='heading 3'/>"
    "<w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Own'><w:name w:val='自定'/><w:basedOn w:val='Base'/>"
    "</w:style>"
    "<w:style w:type='paragraph' w:styleId='Named'><w:name w:val='标题 2'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Loop'><w:name w:val='x'/><w:basedOn w:val='Loop'/>"
    "<w:rPr><w:strike/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Gone'><w:rPr><w:dstrike/></w:rPr></w:style>"
    "<w:style w:type='character' w:styleId='Up'><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
    "</w:style><w:style w:type='character' w:styleId='Hid'><w:rPr><w:vanish/></w:rPr></w:style>",
)


def test_headings_take_their_level_from_the_outline_of_their_style() -> None:
    extract = read(
        p("a", "<w:pStyle w:val='Own'/>")
        + p("b", "<w:pStyle w:val='Named'/>")
        + p("c", "<w:outlineLvl w:val='0'/>")
        + p("d", "<w:pStyle w:val='Own'/><w:outlineLvl w:val='9'/>")
        + p("e", "<w:pStyle w:val='Nowhere'/>")
        + p("", "<w:pStyle w:val='Own'/>"),
        {"word/styles.xml": STYLES},
    )
    assert [line.level for line in extract.lines] == [3, 2, 1, 0, 0, 0]


def test_strikes_raised_runs_and_hidden_text_are_found_in_styles_too() -> None:
    extract = read(
        "<w:p>"
        + r("a", "<w:strike/>")
        + r("b")
        + r("c", "<w:rStyle w:val='Gone'/>")
        + r("d", "<w:rStyle w:val='Gone'/><w:dstrike w:val='0'/>")
        + r("1", "<w:rStyle w:val='Up'/>")
        + r("2", "<w:vertAlign w:val='superscript'/>")
        + r("3", "<w:vertAlign w:val='subscript'/>")
        + r("hidden", "<w:vanish/>")
        + r("too", "<w:rStyle w:val='Hid'/>")
        + "</w:p>"
        + p("e", "<w:pStyle w:val='Loop'/>"),
        {"word/styles.xml": STYLES},
    )
    assert texts(extract) == ["abcd123", "e"]
    assert marked(extract) == [
        ("deleted", "a"),
        ("deleted", "c"),
        ("superscript", "12"),
        ("deleted", "e"),
    ]
    assert extract.removed == {"hidden-text": 9}


# Fields.


def field(code: str, result: str) -> str:
    return (
        f"<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='separate'/></w:r>{result}"
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )


def test_the_result_of_a_field_is_kept_and_its_code_never() -> None:
    inside = field("HYPERLINK", r("see ") + field("PAGE", r("3")))
    code_with_text = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        + r("IF code")
        + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    simple = f"<w:fldSimple w:instr='TOC'>{r(' simple')}</w:fldSimple>"
    extract = read(f"<w:p>{inside}{code_with_text}{simple}</w:p>")
    assert extract.text == "see 3 simple"
    assert extract.warnings == ()


def test_a_field_that_never_ends_swallows_no_text() -> None:
    extract = read(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText>"
        f"</w:r>{r('a')}</w:p>" + p("b")
    )
    assert texts(extract) == ["a", "b"]
    assert extract.warnings == (Caution("broken-field"),)


# Lists.


def level(place: int, notation: str, pattern: str, more: str = "") -> str:
    return (
        f"<w:lvl w:ilvl='{place}'><w:start w:val='1'/><w:numFmt w:val='{notation}'/>"
        f"<w:lvlText w:val='{pattern}'/>{more}</w:lvl>"
    )


def lists(
    levels: str, uses: str = "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
) -> Parts:
    return {
        "word/numbering.xml": word(
            "numbering", f"<w:abstractNum w:abstractNumId='0'>{levels}</w:abstractNum>{uses}"
        )
    }


def item(place: int, num_id: int = 1) -> str:
    return p("x", f"<w:numPr><w:ilvl w:val='{place}'/><w:numId w:val='{num_id}'/></w:numPr>")


def markers(extract: Extract) -> list[str]:
    return [text.removesuffix(" x") for text in texts(extract)]


@pytest.mark.parametrize(
    ("notation", "pattern", "expected"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("lowerLetter", "(%1)", ["(a)", "(b)", "(c)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("lowerRoman", "(%1)", ["(i)", "(ii)", "(iii)"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("chineseCountingThousand", "第%1条", ["第一条", "第二条", "第三条"]),
        ("ideographDigital", "（%1）", ["（一）", "（二）", "（三）"]),
        ("japaneseCounting", "%1", ["一", "二", "三"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("bullet", "–", ["–", "–", "–"]),
        ("none", "", ["x", "x", "x"]),
        ("no such notation", "%1)", ["1)", "2)", "3)"]),
    ],
)
def test_markers_are_computed_in_every_notation(
    notation: str, pattern: str, expected: list[str]
) -> None:
    extract = read(item(0) * 3, lists(level(0, notation, pattern)))
    assert markers(extract) == expected


def test_levels_count_and_start_over_as_word_shows_them() -> None:
    levels = (
        level(0, "upperRoman", "%1.")
        + level(1, "lowerLetter", "%1.%2", "<w:isLgl/>")
        + level(2, "decimal", "%3)", "<w:lvlRestart w:val='0'/>")
        + level(3, "decimal", "[%4]", "<w:lvlRestart w:val='1'/>")
    )
    order = [0, 1, 2, 1, 2, 3, 2, 3, 0, 1, 2, 3]
    extract = read("".join(item(place) for place in order), lists(levels))
    assert markers(extract) == [
        "I.", "1.1", "1)", "1.2", "2)", "[1]", "3)", "[2]", "II.", "2.1", "4)", "[1]",
    ]  # fmt: skip


def test_a_second_use_goes_on_counting_unless_it_has_a_start() -> None:
    uses = (
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='3'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>"
        "<w:startOverride w:val='7'/></w:lvlOverride></w:num>"
    )
    body = item(0) + item(0, 2) + item(0, 3) + item(0, 3) + item(0, 9) + item(8)
    extract = read(body, lists(level(0, "decimal", "%1."), uses))
    assert markers(extract) == ["1.", "2.", "7.", "8.", "x", "x"]


def test_numbering_comes_from_styles_and_zero_takes_it_away() -> None:
    styles = word(
        "styles",
        "<w:style w:type='paragraph' w:styleId='H1'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>"
        "</w:pPr></w:style><w:style w:type='paragraph' w:styleId='H2'><w:basedOn w:val='H1'/>"
        "</w:style><w:style w:type='numbering' w:styleId='List'><w:pPr><w:numPr>"
        "<w:numId w:val='1'/></w:numPr></w:pPr></w:style>",
    )
    parts = lists(
        level(0, "decimal", "%1.", "<w:pStyle w:val='H1'/>")
        + level(1, "decimal", "%1.%2", "<w:pStyle w:val='H2'/>"),
        "<w:abstractNum w:abstractNumId='5'><w:numStyleLink w:val='List'/></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='2'><w:abstractNumId w:val='5'/></w:num>",
    )
    body = (
        p("x", "<w:pStyle w:val='H1'/>")
        + p("x", "<w:pStyle w:val='H2'/>")
        + p("x", "<w:pStyle w:val='H2'/>")
        + p("x", "<w:pStyle w:val='H1'/><w:numPr><w:numId w:val='0'/></w:numPr>")
        + item(0, 2)
    )
    extract = read(body, parts | {"word/styles.xml": styles})
    assert markers(extract) == ["1.", "1.1", "1.2", "x", "2."]


def test_the_marker_of_a_deleted_item_is_deleted_with_it() -> None:
    numbered = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"
    extract = read(
        f"<w:p><w:pPr>{numbered}</w:pPr><w:del>{r('gone')}</w:del></w:p>",
        lists(level(0, "decimal", "%1.")),
    )
    assert marked(extract) == [("deleted", "1. gone")]


# Tables, text boxes, notes, margins.


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def test_a_row_is_a_line_with_tabs_between_its_cells() -> None:
    inner = f"<w:tbl><w:tr>{cell(p('in'))}{cell(p('side'))}</w:tr></w:tbl>"
    first = cell(p("a"), "<w:vMerge w:val='restart'/>")
    merged = cell(p("again"), "<w:vMerge/>")
    extract = read(
        "<w:tbl>"
        f"<w:tr>{first}{cell(p('b') + p('c'))}</w:tr>"
        f"<w:tr>{merged}{cell(inner)}{cell(p(''))}</w:tr>"
        f"<w:tr><w:trPr><w:del/></w:trPr>{cell(p('gone'))}{cell(p('x'))}</w:tr>"
        f"<w:tr>{cell(p(''))}</w:tr></w:tbl>"
    )
    assert [(line.text, line.role) for line in extract.lines] == [
        ("a\tb c", "table"),
        ("\tin side", "table"),
        ("gone\tx", "table"),
    ]
    assert marked(extract) == [("deleted", "gone"), ("deleted", "x")]
    assert extract.removed == {"merged-cell": 5}


def test_a_frame_around_paragraphs_is_no_row() -> None:
    content = p("a") + p("b", "<w:outlineLvl w:val='1'/>")
    extract = read(f"<w:tbl><w:tr>{cell(content)}</w:tr></w:tbl>")
    assert [(line.text, line.role, line.level) for line in extract.lines] == [
        ("a", "", 0),
        ("b", "", 2),
    ]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('box')}{p('more')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    only_old = (
        f"<mc:AlternateContent><mc:Choice/><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent>"
    )
    extract = read(
        f"<w:p><w:r><w:t>a</w:t>{both}<w:t>b</w:t></w:r></w:p><w:p><w:r>{only_old}</w:r></w:p>"
    )
    assert texts(extract) == ["ab", "box", "more", "box", "more"]


def test_notes_follow_the_body_in_the_order_of_their_references() -> None:
    notes = word(
        "footnotes",
        f"<w:footnote w:type='separator' w:id='0'>{p('no')}</w:footnote>"
        f"<w:footnote w:id='5'><w:p><w:r><w:footnoteRef/></w:r>{r(' second')}</w:p></w:footnote>"
        f"<w:footnote w:id='2'>{p('first')}{p('and more')}</w:footnote>"
        f"<w:footnote w:id='3'>{p('* own mark')}</w:footnote>"
        f"<w:footnote w:id='9'>{p('lost')}</w:footnote>",
    )
    ends = word("endnotes", f"<w:endnote w:id='1'>{p('end')}</w:endnote>")
    extract = read(
        "<w:p>"
        + r("a")
        + "<w:r><w:footnoteReference w:id='2'/></w:r>"
        + r("b")
        + "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='3'/></w:r>"
        + r("*", "<w:vertAlign w:val='superscript'/>")
        + "<w:r><w:footnoteReference w:id='5'/></w:r>"
        + "<w:r><w:endnoteReference w:id='1'/></w:r></w:p>",
        {"word/footnotes.xml": notes, "word/endnotes.xml": ends},
    )
    assert [(line.text, line.role, line.opens) for line in extract.lines] == [
        ("a1b*2i", "", True),
        ("1 first", "footnote", True),
        ("and more", "footnote", False),
        ("* own mark", "footnote", True),
        ("2 second", "footnote", True),
        ("i end", "footnote", True),
    ]
    assert marked(extract) == [("superscript", "1"), ("superscript", "*2i")]
    assert extract.removed == {"unreferenced-note": 4}


def test_only_headers_that_a_page_shows_are_read_each_text_once() -> None:
    section = (
        "<w:sectPr><w:headerReference w:type='default' r:id='h1'/><w:headerReference"
        " w:type='first' r:id='h2'/><w:headerReference w:type='even' r:id='h3'/>"
        "<w:footerReference w:type='default' r:id='f1'/>{}</w:sectPr>"
    )
    parts: Parts = {
        "word/header1.xml": word("hdr", p("A/AC.291/4") + p("running")),
        "word/header2.xml": word("hdr", p("first page") + p("A/AC.291/4")),
        "word/header3.xml": word("hdr", p("even")),
        "word/footer1.xml": word("ftr", p("V.21-08419")),
    }
    rows = (
        ("h1", "header", "header1.xml"),
        ("h2", "header", "/word/header2.xml"),
        ("h3", "header", "header3.xml"),
        ("f1", "footer", "footer1.xml"),
    )
    plain = extract_docx(docx(p("body") + section.format(""), parts, rows), "x")
    titled = extract_docx(docx(p("body") + section.format("<w:titlePg/>"), parts, rows), "x")

    assert [(line.role, line.text) for line in plain.lines] == [
        ("header", "A/AC.291/4"),
        ("header", "running"),
        ("footer", "V.21-08419"),
        ("", "body"),
    ]
    assert texts(titled)[:3] == ["first page", "A/AC.291/4", "running"]


def test_pages_are_counted_only_where_word_left_its_breaks() -> None:
    rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
    hard = "<w:r><w:br w:type='page'/></w:r>"
    body = (
        p("a") + f"<w:p>{hard}</w:p><w:p>{rendered}{r('b')}</w:p>" + p("c", "<w:pageBreakBefore/>")
    )
    broken = cell(f"<w:p>{rendered}{r('x')}</w:p>")
    table = f"<w:tbl><w:tr>{broken * 2}</w:tr></w:tbl>" + p("d")
    extract = read(body + table)
    assert {line.text: line.page for line in extract.lines if line.text} == {
        "a": 1, "b": 2, "c": 3, "x\tx": 3, "d": 4,
    }  # fmt: skip
    assert {line.page for line in read(p("a") + f"<w:p>{hard}</w:p>" + p("b")).lines} == {None}


# What is not text, and what is refused.


def test_macros_objects_links_and_comments_are_ignored_and_told() -> None:
    extract = extract_docx(
        docx(
            p("a") + "<w:p><w:r><w:object/></w:r></w:p><w:altChunk r:id='c'/>",
            {
                "word/vbaProject.bin": b"x",
                "word/comments.xml": word("comments", f"<w:comment>{p('aside')}</w:comment>" * 2),
            },
            (
                ("t", "attachedTemplate", "http://x.invalid/t.dotm"),
                ("i", "image", "http://x.invalid/i.png"),
                ("h", "hyperlink", "http://x.invalid/"),
            ),
            external=("t", "i", "h"),
        ),
        "x.docx",
    )
    assert texts(extract) == ["a"]
    assert extract.warnings == (
        Caution("macros"),
        Caution("embedded-object", value="2"),
        Caution("external-link", value="attachedTemplate, image"),
        Caution("comments", value="2"),
    )


def test_a_part_with_a_document_type_is_refused() -> None:
    bomb = (
        "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
        "<!ENTITY c SYSTEM 'file:///etc/passwd'>]><w:document xmlns:w='x'>&b;&c;</w:document>"
    )
    for text in (bomb.encode(), bomb.encode("utf-16")):
        assert refused(docx("", {"word/document.xml": text})) == (
            "unsafe-container",
            "is not built as a document is: its part 'word/document.xml' declares a document type.",
        )
    assert refused(docx(p("a"), {"word/styles.xml": bomb}))[0] == "unsafe-container"


def test_a_part_nested_too_deep_or_without_end_is_refused() -> None:
    deep = "<w:sdt>" * 200 + "</w:sdt>" * 200
    assert refused(docx(deep))[0] == "unsafe-container"
    assert refused(docx("<w:p>"))[0] == "damaged"
    assert refused(docx("", {"word/document.xml": b"<?xml version='1.0' encoding='no'?><a/>"})) == (
        "damaged",
        "is damaged: its part 'word/document.xml' is not XML.",
    )


def test_a_document_without_words_and_a_package_without_a_document_are_refused() -> None:
    assert refused(docx("<w:p/>")) == ("empty", "holds no text.")
    assert refused(zipped({"[Content_Types].xml": "<Types/>"}))[0] == "not-supported"
    assert refused(zipped({"_rels/.rels": relations(("a", "officeDocument", "b.xml"))}))[0] == (
        "not-supported"
    )


BODY = (
    p("一", "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>")
    + f"<w:p>{field('PAGE', r('3'))}<w:ins>{r('new')}</w:ins></w:p>"
    + f"<w:tbl><w:tr>{cell(p('a'))}{cell(p('b'))}</w:tr></w:tbl>"
    + "<w:p><w:r><w:footnoteReference w:id='2'/><w:lastRenderedPageBreak/></w:r></w:p>"
)
PARTS: Parts = lists(level(0, "decimal", "%1.")) | {
    "word/styles.xml": STYLES,
    "word/footnotes.xml": word("footnotes", f"<w:footnote w:id='2'>{p('note')}</w:footnote>"),
}
CODES = ("", "damaged", "unsafe-container", "encrypted", "not-supported", "empty")


def whole_or_refused(data: bytes) -> None:
    def check() -> None:
        check_whole(extract_docx(data, "x.docx"))

    assert code_of(check) in CODES


@settings(deadline=None)
@given(st.data())
def test_any_change_of_the_xml_gives_a_whole_extract_or_a_refusal(data: st.DataObject) -> None:
    document = word("document", f"<w:body>{BODY}</w:body>")
    part, source = data.draw(
        st.sampled_from([("word/document.xml", document), *sorted(PARTS.items())])
    )
    assert isinstance(source, str)
    tokens = st.sampled_from(
        ["<w:p>", "</w:p>", "<w:del>", "'", "0", "-1", "99999999999", "&#x301;", "w:tbl", "\ud7ff"]
    )
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(source)))
        end = min(len(source), start + data.draw(st.integers(0, 12)))
        source = source[:start] + data.draw(tokens) + source[end:]
    whole_or_refused(docx(BODY, PARTS | {part: source}))


@settings(deadline=None)
@given(st.data())
def test_any_change_of_elements_gives_a_whole_extract_or_a_refusal(data: st.DataObject) -> None:
    pieces: list[Callable[[str], str]] = [
        partial("<w:{0}>{1}</w:{0}>".format, name)
        for name in "p r t tbl tr tc ins del sdt txbxContent hyperlink object ruby rt".split()
    ]
    pieces.append(
        lambda inner: f"<mc:AlternateContent><mc:Choice>{inner}</mc:Choice></mc:AlternateContent>"
    )
    body = p("words")
    for _ in range(data.draw(st.integers(1, 12))):
        body = data.draw(st.sampled_from(pieces))(body) + data.draw(st.sampled_from(["", item(0)]))
    whole_or_refused(docx(body, PARTS))


@settings(deadline=None)
@given(st.data())
def test_any_change_of_bytes_gives_a_whole_extract_or_a_refusal(data: st.DataObject) -> None:
    mutated = bytearray(docx(BODY, PARTS))
    for _ in range(data.draw(st.integers(1, 3))):
        mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
    whole_or_refused(bytes(mutated))
