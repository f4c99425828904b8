"""How the layout of a PDF is read: furniture, footnotes, columns, tables, marks, paragraphs."""

from collections import Counter

from submissions.extraction import Extract
from submissions.extraction.pdf import extract_pdf
from submissions.extraction.pdf_characters import settle_characters
from submissions.extraction.pdf_glyphs import Fragment
from tests.submissions.extraction.drawn import CHINESE, Canvas, Draw, justified, pdf, write
from tests.submissions.extraction.formats import check_whole, marked, texts

PROSE = (
    "The Parties recall that the use of information and communications technologies affects every"
    " State and that cooperation among all of them is needed in order to prevent and to suppress"
    " offences, to protect those who are affected and to respect the rights of every person."
)


def read(*pages: Draw) -> Extract:
    extract = extract_pdf(pdf(*pages), "x.pdf")
    check_whole(extract)
    return extract


def opening(extract: Extract) -> list[str]:
    """The first words of each paragraph of the running text."""
    return [
        " ".join(line.text.split()[:2])
        for line in extract.lines
        if line.opens is not False and line.role == ""
    ]


def of_role(extract: Extract, role: str) -> list[str]:
    return [line.text for line in extract.lines if line.role == role]


def test_headers_and_footers_are_told_by_standing_on_every_page() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, 72, 800, ["A/AC.291/4"], size=9)
            justified(canvas, 72, 760, 440, f"{number * number + 7} words. {PROSE}")
            justified(canvas, 72, 640, 440, PROSE)
            write(canvas, 72, 30, [f"V.21-08419  {number}/5"], size=9)

        return draw

    extract = read(*[page(number) for number in range(1, 6)])

    assert of_role(extract, "header") == ["A/AC.291/4"] * 5
    assert [text.split() for text in of_role(extract, "footer")] == [
        ["V.21-08419", f"{number}/5"] for number in range(1, 6)
    ]
    assert next(line.role for line in extract.lines if line.page == 2) == "header"


def test_the_masthead_of_the_first_page_is_no_header() -> None:
    def first(canvas: Canvas) -> None:
        write(canvas, 72, 800, ["United Nations"], size=14)
        write(canvas, 420, 800, ["A/RES/78/272"], size=14)
        justified(canvas, 72, 700, 440, PROSE)

    def later(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, 72, 800, ["A/RES/78/272"], size=9)
            justified(canvas, 72, 740, 440, f"{number * number} parts. {PROSE}")

        return draw

    extract = read(first, later(2), later(3), later(4))

    assert of_role(extract, "header") == ["A/RES/78/272"] * 3
    assert texts(extract)[:2] == ["United Nations", "A/RES/78/272"]


def test_articles_that_open_pages_at_one_height_are_no_headers() -> None:
    def page(number: int) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, 72, 780, [f"Article {number * 3 + number % 2}"], font="Times-Bold")
            justified(canvas, 72, 750, 440, PROSE)

        return draw

    extract = read(*[page(number) for number in range(1, 6)])

    assert of_role(extract, "header") == []
    assert [line.level for line in extract.lines if line.text.startswith("Article")] == [3] * 5


def test_page_numbers_alone_are_furniture() -> None:
    def page(number: str) -> Draw:
        def draw(canvas: Canvas) -> None:
            justified(canvas, 72, 750, 440, PROSE)
            canvas.setFont("Times-Roman", 10)
            canvas.drawCentredString(297, 40, number)

        return draw

    extract = read(page("- 1 -"), page("- 2 -"), page("- 3 -"))

    assert of_role(extract, "footer") == ["- 1 -", "- 2 -", "- 3 -"]


def test_footnotes_stand_under_their_rule_and_their_marks_are_raised() -> None:
    def page(canvas: Canvas) -> None:
        y = justified(canvas, 72, 750, 440, PROSE)
        write(canvas, 72, y, ["The European Union and its member States"])
        end = 72 + canvas.stringWidth("The European Union and its member States", "Times-Roman", 11)
        write(canvas, end, y + 5, ["1"], size=7)
        canvas.line(72, 110, 200, 110)
        write(canvas, 72, 98, ["1"], size=6)
        write(canvas, 76, 95, ["See A/75/980, paragraphs 3 to 5, and the list of those"], size=9)
        write(canvas, 72, 84, ["who sponsor the text."], size=9)

    extract = read(page)

    assert of_role(extract, "footnote") == [
        "1 See A/75/980, paragraphs 3 to 5, and the list of those",
        "who sponsor the text.",
    ]
    assert [line.opens for line in extract.lines if line.role == "footnote"] == [True, False]
    assert marked(extract) == [("superscript", "1"), ("superscript", "1")]
    assert "The European Union and its member States1" in texts(extract)


def test_footnotes_in_small_type_need_no_rule() -> None:
    def page(canvas: Canvas) -> None:
        justified(canvas, 72, 750, 440, PROSE * 3)
        write(canvas, 72, 90, ["* Reissued for technical reasons on", "11 August 2021."], size=8)

    assert of_role(read(page), "footnote") == [
        "* Reissued for technical reasons on",
        "11 August 2021.",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 72, 780, ["A title over both columns of the page, set in one line"], size=16)
        for row in range(12):
            y = 740 - 13 * row
            write(canvas, 72, y, [f"left row {row:02} of the text that fills it"], size=10)
            write(canvas, 312, y, [f"right row {row:02} of the text that fills it"], size=10)
        write(canvas, 72, 540, ["And a line that goes over both of the columns at the very end"])

    lines = texts(read(page))

    assert lines[0].startswith("A title over both")
    assert [line[:11] for line in lines[1:13]] == [f"left row {row:02}" for row in range(12)]
    assert [line[:12] for line in lines[13:25]] == [f"right row {row:02}" for row in range(12)]
    assert lines[25].startswith("And a line")


def test_a_ruled_table_is_read_by_rows() -> None:
    rows = [["State", "Position", "Text"], ["Brazil", "keep", "paragraph 1"], ["Chile", "", "-"]]

    def page(canvas: Canvas) -> None:
        y = justified(canvas, 72, 780, 440, PROSE)
        canvas.grid([72, 172, 272, 472], [y - 20 * row for row in range(4)])
        for at, row in enumerate(rows):
            for x, cell in zip((76, 176, 276), row, strict=True):
                write(canvas, x, y - 14 - 20 * at, [cell])
        justified(canvas, 72, y - 90, 440, PROSE)

    extract = read(page)

    assert of_role(extract, "table") == [
        "State\tPosition\tText",
        "Brazil\tkeep\tparagraph 1",
        "Chile\t\t-",
    ]
    assert [line.role for line in extract.lines].count("") == 6
    assert extract.lines[0].role == extract.lines[-1].role == ""


def test_a_table_with_level_rules_only_keeps_a_cell_of_two_lines_together() -> None:
    def page(canvas: Canvas) -> None:
        for y in (700, 680, 650, 630, 610):
            canvas.line(72, y, 472, y)
        for y, left, right in (
            (686, "Treaty", "Date of accession"),
            (667, "ICCPR", "6 July 1992"),
            (636, "CRC", "6 July 1993"),
            (616, "CAT", "16 July 1993"),
        ):
            write(canvas, 76, y, [left])
            write(canvas, 276, y, [right])
        write(canvas, 276, 655, ["(succession)"])

    assert of_role(read(page), "table") == [
        "Treaty\tDate of accession",
        "ICCPR\t6 July 1992 (succession)",
        "CRC\t6 July 1993",
        "CAT\t16 July 1993",
    ]


def test_a_frame_around_text_is_no_table() -> None:
    def page(canvas: Canvas) -> None:
        canvas.rect(66, 600, 452, 170)
        justified(canvas, 72, 750, 440, PROSE)

    assert of_role(read(page), "table") == []


def test_struck_out_words_are_marked_and_underlined_ones_only_beside_them() -> None:
    def page(strike: bool) -> Draw:
        def draw(canvas: Canvas) -> None:
            write(canvas, 72, 700, ["Each State Party shall may adopt"], size=12)

            def width(words: str) -> float:
                return float(canvas.stringWidth(words, "Times-Roman", 12))

            shall = 72 + width("Each State Party ")
            may = shall + width("shall ")
            if strike:
                canvas.line(shall, 703.5, shall + width("shall"), 703.5)
            canvas.rect(may, 698, width("may"), 0.6, stroke=0, fill=1)

        return draw

    assert marked(read(page(strike=True))) == [("deleted", "shall"), ("inserted", "may")]
    assert marked(read(page(strike=False))) == []


def test_paragraphs_open_at_an_indent_a_gap_or_a_marker() -> None:
    def page(canvas: Canvas) -> None:
        y = justified(canvas, 72, 780, 440, f"One is indented. {PROSE}", indent=24)
        y = justified(canvas, 72, y, 440, f"Two is indented. {PROSE}", indent=24)
        y = justified(canvas, 72, y - 10, 440, f"Three stands lower. {PROSE}")
        y = justified(canvas, 72, y, 440, f"4. is numbered. {PROSE}")
        justified(canvas, 72, y, 440, f"(b) is lettered. {PROSE}")

    extract = read(page)

    assert opening(extract) == ["One is", "Two is", "Three stands", "4. is", "(b) is"]
    assert len(extract.lines) > 12


def test_a_paragraph_goes_on_over_the_page_and_under_its_number() -> None:
    def hanging(canvas: Canvas) -> None:
        write(canvas, 72, 200, ["1."])
        justified(canvas, 100, 200, 412, PROSE + " It goes on without any")

    def rest(canvas: Canvas) -> None:
        justified(canvas, 100, 780, 412, "end of it over the page. " + PROSE)
        write(canvas, 72, 600, ["2."])
        justified(canvas, 100, 600, 412, PROSE)

    def full(canvas: Canvas) -> None:
        write(canvas, 72, 400, ["1."])
        words = PROSE.split()
        justified(canvas, 100, 400, 412, " ".join(words))

    assert opening(read(full)) == ["1. The"]
    assert opening(read(hanging, rest))[0] == "1. The"
    assert opening(read(hanging, rest))[-1] == "2. The"


def test_chinese_paragraphs_open_where_they_are_indented() -> None:
    lines = [
        "　　各缔约方应当根据本国法律制度的基本原则开展",
        "合作，并在其能力范围内提供技术援助，以促进本公",
        "约的实施。",
        "　　缔约国会议应当每两年举行一次，审议本公约的",
        "实施情况。",
    ]

    def page(canvas: Canvas) -> None:
        canvas.setFont(CHINESE, 12)
        for at, line in enumerate(lines):
            indent = 24 if line.startswith("　") else 0
            canvas.drawString(72 + indent, 700 - 20 * at, line.strip("　"))

    extract = read(page)

    assert [line.opens for line in extract.lines] == [True, False, False, True, False]
    assert extract.text == "\n".join(line.strip("　") for line in lines)


def test_headings_are_told_by_size_and_weight() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 72, 780, ["Chapter on everything"], size=18)
        y = justified(canvas, 72, 740, 440, PROSE)
        write(canvas, 72, y - 10, ["Scope of application"], font="Times-Bold")
        justified(canvas, 72, y - 30, 440, PROSE)

    extract = read(page)

    assert [(line.level, line.text) for line in extract.lines if line.level] == [
        (1, "Chapter on everything"),
        (3, "Scope of application"),
    ]


def test_a_page_that_is_turned_is_read_upright() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.translate(0, -595)
        justified(canvas, 72, 500, 600, PROSE)

    assert " ".join(texts(read(page))) == PROSE


def test_words_are_kept_verbatim() -> None:
    words = [
        "[data][information], Option 1: “shall”",
        "co-operation and COVID-",
        "19; soft\xadhyphens go",
    ]

    def page(canvas: Canvas) -> None:
        write(canvas, 72, 700, words)

    assert texts(read(page))[:2] == words[:2]


def test_radicals_and_arabic_forms_become_letters_and_radicals_are_counted() -> None:
    characters = list("\u2f08\u6c11\u2ea0\ufee3\ufefb")
    fragment = Fragment(0, 0, 12, characters=characters, lefts=[0.0] * 5, rights=[1.0] * 5)
    counts: Counter[str] = Counter()

    settle_characters(fragment, counts)

    assert fragment.characters == ["\u4eba", "\u6c11", "\u6c11", "\u0645", "\u0644\u0627"]
    assert counts == {"kangxi-radical": 2}
