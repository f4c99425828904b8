"""What a PDF becomes: which files are read, and what the samples give."""

import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from submissions.extraction import Caution, Extract, ExtractionError
from submissions.extraction.pdf import extract_pdf
from submissions.extraction.pdf_sense import is_garbage, noise_share
from tests.submissions.extraction.drawn import CHINESE, Canvas, justified, pdf, picture, write
from tests.submissions.extraction.formats import check_whole, code_of, sample, texts


def read(name: str) -> Extract:
    extract = extract_pdf(sample(name), name)
    check_whole(extract)
    pages = [line.page for line in extract.lines if line.page]
    assert len(pages) == len(extract.lines)
    assert pages == sorted(pages)
    return extract


def refusal(data: bytes) -> tuple[str, str]:
    with pytest.raises(ExtractionError) as caught:
        extract_pdf(data, "x.pdf")
    assert str(caught.value) == f"x.pdf: {caught.value.problem} {caught.value.cure}"
    return caught.value.code, caught.value.problem


def roles(extract: Extract, role: str, page: int | None = None) -> list[str]:
    return [line.text for line in extract.lines if line.role == role and page in (None, line.page)]


def paragraphs(extract: Extract, page: int) -> list[str]:
    """The running text of a page, the lines of a paragraph joined by a space."""
    joined: list[str] = []
    for line in extract.lines:
        if line.page == page and line.role == "":
            if line.opens is False and joined:
                joined[-1] += " " + line.text
            else:
                joined.append(line.text)
    return joined


# The samples.


def test_a_text_layer_without_a_character_map_is_refused() -> None:
    data = sample("bbnj_agreement_zh.pdf")
    assert code_of(lambda: extract_pdf(data, "bbnj.pdf")) == "broken-character-map"


def test_a_scan_is_refused_with_the_cure() -> None:
    with pytest.raises(ExtractionError) as caught:
        extract_pdf(sample("indc_BLR_Belarus_INDC_Russian.pdf"), "belarus.pdf")
    assert caught.value.code == "no-text-layer"
    assert "no text layer" in str(caught.value)
    assert "OCR" in caught.value.cure


def test_a_file_that_only_its_permissions_protect_is_read_whole() -> None:
    extract = read("upr_svn1_A_HRC_WG.6_7_SVN_2_protected.pdf")

    assert {line.page for line in extract.lines} == set(range(1, 18))
    assert len(extract.text) > 50_000
    assert extract.warnings == ()
    assert "ICCPR-OP 1\t16 July 1993\tYes (art. 1) and art.5, para. 2(a)3\t-" in texts(extract)
    assert roles(extract, "header", 2) == ["A/HRC/WG.6/7/SVN/2", "Page 2"]
    assert roles(extract, "header", 1) == []


def test_a_page_of_noise_is_named_and_the_rest_is_read() -> None:
    extract = read("indc_CHN_China_INDC_English.pdf")

    assert [(caution.code, caution.page) for caution in extract.warnings] == [("noise", 2)]
    assert roles(extract, "footer", 20) == ["4"]
    assert paragraphs(extract, 3)[0] == "强化应对气候变化行动 ——中国国家自主贡献"
    assert paragraphs(extract, 4)[1].startswith(
        "根据公约缔约方会议相关决定，在此提出中国应对气候变"
    )
    assert roles(extract, "footnote", 17) == [
        "1 This is an unofficial translation. In case of any divergence, the official text in the"
        " Chinese",
        "language shall prevail.",
    ]


def test_a_resolution_shows_its_masthead_furniture_and_footnotes() -> None:
    extract = read("ga_A_RES_78_272_en.pdf")

    assert paragraphs(extract, 1)[:5] == [
        "United Nations",
        "A/RES/78/272",
        "General Assembly",
        "Distr.: General",
        "29 April 2024",
    ]
    assert roles(extract, "footer") == [
        "24-07683 (E) 020524",
        "*2407683*",
        "2/4",
        "24-07683",
        "24-07683",
        "3/4",
        "4/4",
        "24-07683",
    ]
    assert set(roles(extract, "header")) == {
        "A/RES/78/272",
        "Agreement under the United Nations Convention on the Law of the",
        "Sea on the Conservation and Sustainable Use of Marine Biological",
        "Diversity of Areas beyond National Jurisdiction",
    }
    labels = [
        line.text.split()[0] for line in extract.lines if line.role == "footnote" and line.opens
    ]
    assert [label for label in labels if label.isdigit()] == list("123456")
    raised = [
        line.text[mark.start : mark.end]
        for line in extract.lines
        for mark in line.marks
        if line.role == ""
    ]
    assert raised == list("123456")
    assert paragraphs(extract, 2)[-2] == (
        "4. Also decides that the commission shall be open to all States Members of the United"
        " Nations, members of the specialized agencies and parties to the United Nations"
        " Convention on the Law of the Sea;"
    )
    assert "entry into force of the Agreement," in extract.text


def test_arabic_is_read_in_the_order_of_speech() -> None:
    extract = read("indc_IRQ_Iraq_INDC_Arabic.pdf")

    assert "تقدم هذه الوثيقة إستجابة لدعوة إتفاقية الأمم المتحدة الاطارية لتغير المناخ" in texts(
        extract
    )
    assert roles(extract, "footer") == [str(page) for page in range(2, 17)]
    assert not any("\ufb50" <= sign <= "\ufefc" for sign in extract.text)
    assert sum(row.startswith(("النقل\t", "الإسكان\t")) for row in roles(extract, "table", 9)) == 2


def test_a_table_is_read_row_by_row_and_letter_spaced_words_are_closed_up() -> None:
    extract = read("indc_RUS_Russia_INDC_Russian.pdf")

    rows = roles(extract, "table", 1)
    assert [row.split("\t")[0] for row in rows] == [
        "INDC",
        "Базовый год",
        "Временные рамки/ период осуществления",
        "Масштабы и сфера охвата",
        "Парниковые газы",
    ]
    assert rows[1] == "Базовый год\t1990"
    assert rows[0].startswith("INDC\tДолгосрочной целью ограничения антропогенных выбросов")
    assert roles(extract, "header") == ["2", "3"]
    assert len(paragraphs(extract, 1)) == 2


def test_french_is_read_with_headers_footers_and_footnotes() -> None:
    extract = read("indc_TUN_Tunisia_INDC_French.pdf")

    assert len(roles(extract, "header")) == 20
    assert roles(extract, "footer") == [f"Page {page}" for page in range(1, 21)]
    assert roles(extract, "footnote", 3) == [
        "1 Multiples ateliers et réunions sectoriels et nationaux avec les principales"
        " parties-prenantes."
    ]
    assert "2.4 Processus de planification" in paragraphs(extract, 7)


def test_spanish_is_read_with_its_paragraphs() -> None:
    extract = read("indc_GTM_Guatemala_INDC_Spanish.pdf")

    assert [len(text.split()) > 30 for text in paragraphs(extract, 2)] == [
        True,
        True,
        True,
        False,
        True,
    ]
    assert [line.text for line in extract.lines if line.page == 2 and line.level] == ["2. CONTEXTO"]


def test_brackets_of_a_negotiating_text_stay_as_they_are() -> None:
    extract = read("unfccc_ADP.2015.8.InformalNote_en.pdf")

    assert "(b) [Be unconditional, at least in part;]" in texts(extract)
    assert roles(extract, "footer") == [f"Page {page} of 20" for page in range(1, 21)]
    assert len(roles(extract, "header")) == 60
    titles = [line.text for line in extract.lines if line.level and line.text.startswith("Article")]
    assert titles[:3] == [
        "Article 1 (DEFINITIONS)",
        "Article 2 (PURPOSE)",
        "Article 3 (MITIGATION)",
    ]
    assert paragraphs(extract, 2)[-1].startswith("3. Parties acknowledge that adaptation action")


# What is refused.


def test_nothing_at_all_is_refused() -> None:
    assert refusal(b"") == ("empty", "is empty.")
    assert refusal(b" \n") == ("empty", "is empty.")


def test_what_is_no_pdf_is_refused() -> None:
    damaged = ("damaged", "is damaged, or is no PDF file.")
    assert refusal(b"%PDF-1.7\n1 0 obj") == damaged
    assert refusal(b"not a PDF") == damaged
    assert refusal(bytes(range(256)) * 20) == damaged


def test_a_password_is_asked_for_and_a_permission_is_not() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 72, 700, ["The delegation thanks the Chair."])

    assert refusal(pdf(page, password="secret")) == ("encrypted", "is protected by a password.")
    assert texts(extract_pdf(pdf(page, owner="secret"), "x.pdf")) == [
        "The delegation thanks the Chair."
    ]


def test_blank_pages_hold_no_text() -> None:
    assert refusal(pdf(lambda canvas: None)) == ("empty", "holds no text.")


def test_pictures_of_pages_hold_no_text_layer() -> None:
    assert refusal(pdf(picture, picture))[0] == "no-text-layer"


def test_a_single_page_without_text_is_only_named() -> None:
    def page(canvas: Canvas) -> None:
        write(canvas, 72, 700, ["The annex is attached as a scan."])

    extract = extract_pdf(pdf(page, lambda canvas: None, picture), "x.pdf")

    assert extract.warnings == (Caution("page-without-text", 3),)
    assert [(line.text, line.page) for line in extract.lines] == [
        ("The annex is attached as a scan.", 1)
    ]


def test_more_pages_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("submissions.extraction.pdf.MAX_PAGES", 2)
    page = pdf(*[lambda canvas: write(canvas, 72, 700, ["Words"])] * 3)
    assert refusal(page) == ("too-many-pages", "has more than 2 pages.")


def test_more_text_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("submissions.extraction.pdf.MAX_TEXT", 10)
    page = pdf(lambda canvas: write(canvas, 72, 700, ["Words and more words"]))
    assert refusal(page)[0] == "too-long"


@pytest.mark.parametrize(
    "drawings",
    [
        [b"/F6 Do"],
        [b"/F6 Do /F6 Do /F6 Do"],
        [b"/F7 Do", b"/F6 Do /F6 Do"],
        [b"/F7 Do " * 30, b"/F8 Do " * 30, b"/F9 Do " * 30, b""],
    ],
)
@pytest.mark.parametrize("deflated", [False, True])
def test_a_drawing_that_draws_itself_is_refused(drawings: list[bytes], deflated: bool) -> None:
    assert refusal(drawing(drawings, deflated)) == (
        "too-complex",
        "holds a drawing that draws itself without end.",
    )


def test_a_drawing_that_only_knows_itself_is_read() -> None:
    extract = extract_pdf(drawing([b"/F7 Do /F7 Do", b""]), "x.pdf")
    assert texts(extract) == ["Drawn"]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=12)), max_size=6
    ),
    keep=st.integers(50, 100),
)
def test_no_mutation_ends_in_another_error(cuts: list[tuple[int, int, bytes]], keep: int) -> None:
    data = plain_pdf()
    for place, length, instead in cuts:
        at = place % len(data)
        data = data[:at] + instead + data[at + length :]
    try:
        extract = extract_pdf(data[: len(data) * keep // 100], "x.pdf")
    except ExtractionError:
        return
    check_whole(extract)


# What makes sense.


@pytest.mark.parametrize(
    "text",
    [
        "The Conference of the Parties shall keep under regular review the implementation. " * 3,
        "各缔约方应当根据本国法律制度，在其能力范围内促进国际合作，提供技术援助和能力建设。" * 5,
        "各締約國應當根據本國法律制度，在其能力範圍內促進國際合作，提供技術援助和能力建設。" * 5,
        "Государства-участники обеспечивают осуществление настоящей Конвенции. " * 4,
        "تتعهد الدول الأطراف باتخاذ جميع التدابير اللازمة لتنفيذ هذه الاتفاقية. " * 4,
        "Die Vertragsstaaten verpflichten sich, alle geeigneten Maßnahmen zu treffen. " * 3,
        "締約国は、この条約の規定を実施するため、すべての適当な措置をとることを約束する。" * 5,
        "당사국은 이 협약의 규정을 이행하기 위하여 모든 적절한 조치를 취할 것을 약속한다. " * 5,
        "ICERD 6 July 1992 None; ICESCR 6 July 1992 None; ICCPR 16 July 1993 Yes (art. 1). " * 3,
    ],
)
def test_a_text_in_a_known_language_is_no_garbage(text: str) -> None:
    assert not is_garbage(text)
    assert noise_share(text) < 0.05


@pytest.mark.parametrize(
    "text",
    [
        "᱗㑋⼰⺛⼄䂔ⳉ⹌䊝᱘㻣⺛コ㻞ⳗ㸈䄵㶃㤙䈓⼄䂔㪛㹐ⱁ䂚㾵⭥䂙⿅⼮" * 8,
        "\ue001\ue002\ue003 \ue010\ue011 \ue020" * 30,
        "7KH\x03JHQHUDO\x03DVVHPEO\\\x03UHFDOOLQJ\x03LWV\x03UHVROXWLRQ " * 8,
        "鰰鲹鵗鶄鷴黿鼉齇龘靐齾爩鱻麤" * 10,
    ],
)
def test_chance_characters_are_garbage(text: str) -> None:
    assert is_garbage(text)


def plain_pdf() -> bytes:
    def page(canvas: Canvas) -> None:
        y = justified(canvas, 72, 700, 300, "The Parties shall cooperate in good faith. " * 9)
        write(canvas, 72, y - 20, ["各缔约方应当开展合作。"], font=CHINESE)
        canvas.line(72, 400, 300, 400)
        canvas.rect(72, 300, 200, 50)

    return pdf(page, page)


def drawing(forms: list[bytes], deflated: bool = False) -> bytes:
    """A page that draws form 6; each form writes a word, knows all forms and draws as told."""
    known = b"".join(b"/F%d %d 0 R" % (n, n) for n in range(6, 6 + len(forms)))
    resources = b"<</XObject<<" + known + b">>/Font<</G 5 0 R>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources"
        + resources
        + b">>",
        b"<</Length 6>>stream\n/F6 Do\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for draws in forms:
        content = b"BT /G 12 Tf 20 100 Td (Drawn) Tj ET " + draws
        content = zlib.compress(content) if deflated else content
        objects.append(
            b"<</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources"
            + resources
            + (b"/Filter/FlateDecode" if deflated else b"")
            + b"/Length %d>>stream\n" % len(content)
            + content
            + b"\nendstream"
        )
    data = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    )
