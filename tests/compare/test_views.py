import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import translation

from corpus.models import Delegation, Document, Issue, Passage, Topic
from submissions.models import Position
from tests.compare.pages import Element, parse, table_of
from tests.compare.rows import (
    Line,
    Section,
    call_footnote,
    make_delegation,
    make_document,
    make_issue,
    make_topic,
    passage_of,
    take,
)

CELL = "/matrix/?topic=offences&cell=NOR.offences.illegal_access"
READER = "/documents/A-AC-291-4/"
PAGES = [
    *("/matrix/", CELL, "/documents/", READER),
    *("/accuracy/", "/questions/", "/recommendations/"),
]
NOWHERE = "There is no such cell: the delegation or the issue in this address is not in the corpus."
SENSELESS = "This address asks for something that is not in the corpus"
HOSTILE = "<script>alert('\u202e')</script>&amp;\"\u2066x"


def get(client: Client, address: str, status: int = 200, /, **headers: str) -> Element:
    """The page at `address`, which must answer with `status`."""
    response = client.get(address, headers={k.replace("_", "-"): v for k, v in headers.items()})
    assert response.status_code == status
    return parse(response.content)


def is_whole(page: Element) -> bool:
    return bool(page.all("html")) and len(page.all("main")) == 1


# --- what stands at each address ---


def test_the_way_in_is_the_matrix(client: Client, db: None) -> None:
    response = client.get("/")

    assert (response.status_code, response["Location"]) == (302, "/matrix/")


def test_the_matrix_shows_the_first_topic(client: Client, db: None) -> None:
    page = get(client, "/matrix/")

    first = Topic.objects.all()[0]
    assert page.one("h1").text == first.label_en
    assert [link.text for link in page.all("a", aria_current="page")] == ["Matrix", first.label_en]


def test_each_topic_has_its_table(client: Client, db: None) -> None:
    own = Delegation.objects.filter(submissions__kind="own").values_list("name_en", flat=True)
    names = ["Issue", *sorted(set(own), key=str.casefold)]
    for topic in Topic.objects.all():
        header, *rows = table_of(get(client, f"/matrix/?topic={topic.key}"))

        assert header == names
        assert [row[0].split(f" {topic.key}.")[0] for row in rows] == [
            issue.label_en for issue in topic.issues.all()
        ]


def test_the_russian_federation_has_no_column_but_a_link_to_the_note(
    client: Client, db: None
) -> None:
    page = get(client, "/matrix/?topic=offences")

    assert "Russian Federation" not in table_of(page)[0]
    assert page.one("a", href=f"{READER}#RUS").text == "Read the note"
    assert "A/75/980" in page.text


def test_a_cell_in_the_address_shows_the_words_without_htmx(client: Client, db: None) -> None:
    page = get(client, CELL)

    panel = page.one(id="cell")
    assert panel.one("h2").text == "Norway · Illegal access"
    assert panel.one("blockquote").text == "(a) 非法访问，即未经授权访问计算机或计算机系统；"
    assert [mark.text for mark in panel.all("mark")] == ["非法访问"]
    assert f"{READER}?issue=offences.illegal_access#NOR-007" in panel.links
    assert "p. 52" in panel.text
    (current,) = page.one("table").all("a", aria_current="true")
    assert current.attributes["href"] == f"{CELL}#cell"


def test_a_silent_cell_says_so(client: Client, db: None) -> None:
    silent = "/matrix/?topic=offences&cell=AUS.offences.illegal_access"
    panel = get(client, silent).one(id="cell")

    assert "Australia says nothing on this issue in the documents read." in panel.text
    assert not panel.all("blockquote")


@pytest.mark.parametrize("cell", ["ZZZ.offences.illegal_access", "NOR.offences.nothing", "RUS.x.y"])
def test_a_cell_that_is_not_there_is_said_so_beside_the_table(
    client: Client, db: None, cell: str
) -> None:
    page = get(client, f"/matrix/?topic=offences&cell={cell}")

    assert page.one(id="cell").text == NOWHERE
    assert len(table_of(page)) == 1 + Issue.objects.filter(topic__key="offences").count()


def test_no_cell_asked_for_is_a_hint(client: Client, db: None) -> None:
    assert "Choose a cell, and the words behind it appear here." in (
        get(client, "/matrix/?topic=offences").one(id="cell").text
    )


def test_the_documents_are_listed_with_their_counts(client: Client, db: None) -> None:
    page = get(client, "/documents/")
    text = Document.objects.get(symbol="A/AC.291/4")
    spoken = Passage.objects.filter(document=text, submission__isnull=False).count()

    header, *rows = table_of(page)
    assert header == ["Symbol", "Title", "Kind", "Language", "Delegations", "Passages"]
    assert {row[0] for row in rows} == {text.reference for text in Document.objects.all()}
    (row,) = [row for row in rows if row[0] == "A/AC.291/4"]
    assert row[2:] == ["Compilation of views", "Chinese", "26", str(spoken)]
    assert text.title in row[1]
    assert READER in page.links


def test_the_reader_shows_every_passage_at_its_anchor(client: Client, db: None) -> None:
    page = get(client, READER)
    places = {found.attributes["id"]: found for found in page if "id" in found.attributes}

    shown = Passage.objects.filter(document__symbol="A/AC.291/4")
    for reference, text in shown.values_list("reference", "text"):
        assert text in places[reference].verbatim


def test_the_reader_marks_the_quotes_on_the_issue_in_the_address_only(
    client: Client, db: None
) -> None:
    issue = Issue.objects.get(key="offences.illegal_access")
    quotes = list(
        issue.positions.filter(passage__document__symbol="A/AC.291/4")
        .order_by("passage__order")
        .values_list("passage__reference", "quote")
    )
    page = get(client, f"{READER}?issue={issue.key}")
    places = {found.attributes["id"]: found for found in page if "id" in found.attributes}

    assert {
        reference: "".join(mark.verbatim for mark in places[reference].all("mark"))
        for reference, _ in quotes
    } == dict(quotes)
    assert not get(client, READER).all("mark")
    assert not get(client, f"{READER}?issue=no.such.issue%00").all("mark")


@pytest.mark.parametrize(
    "address", ["/nothing/", "/documents/no-such/", "/documents/a%00b/", "/matrix", "/favicon.ico"]
)
def test_nothing_stands_elsewhere(client: Client, db: None, address: str) -> None:
    response = client.get(address, follow=True)

    assert response.status_code == (200 if address == "/matrix" else 404)


def test_before_anything_is_read_the_pages_say_what_to_do(client: Client, empty_db: None) -> None:
    for address in ("/matrix/", "/documents/", CELL.replace("topic=offences&", "")):
        page = get(client, address)

        assert "No documents have been read yet" in page.text
        assert "make demo" in page.text
        assert not page.all("table")
    assert client.get("/matrix.csv").status_code == 404


# --- the four ways in which a browser asks ---


def test_a_plain_browser_gets_the_whole_page(client: Client, db: None) -> None:
    page = get(client, CELL)

    assert is_whole(page)
    assert page.all("table")
    assert page.ids.count("cell") == 1
    assert page.ids.count("view") == 1


def test_a_swap_of_the_cell_gets_its_words_only(client: Client, db: None) -> None:
    part = get(client, CELL, HX_Request="true", HX_Target="cell")

    assert part.one("h2").text == "Norway · Illegal access"
    assert not part.all("html")
    assert not part.all("table")
    assert "cell" not in part.ids


def test_a_swap_of_the_view_gets_table_filters_and_panel(client: Client, db: None) -> None:
    part = get(client, CELL, HX_Request="true", HX_Target="view")

    assert not part.all("html")
    assert len(part.all("table")) == 1
    assert part.one(id="cell").one("h2").text == "Norway · Illegal access"
    assert "view" not in part.ids
    assert len(part.all("form")) == 1


def test_a_restored_history_gets_the_whole_page(client: Client, db: None) -> None:
    restored = get(client, CELL, HX_Request="true", HX_History_Restore_Request="true")

    assert is_whole(restored)
    assert restored.one(id="cell").text == get(client, CELL).one(id="cell").text


@pytest.mark.parametrize("target", ["", "main", "body", "table", "../cell", "view#x", "\u00e9"])
def test_a_boosted_link_or_an_unknown_target_gets_the_whole_page(
    client: Client, db: None, target: str
) -> None:
    boosted = {"HX_Request": "true", "HX_Boosted": "true"} | (
        {"HX_Target": target} if target else {}
    )

    assert is_whole(get(client, CELL, **boosted))


def test_the_parts_are_what_the_whole_page_shows(client: Client, db: None) -> None:
    whole = get(client, CELL)
    view = get(client, CELL, HX_Request="true", HX_Target="view")
    cell = get(client, CELL, HX_Request="true", HX_Target="cell")

    title = whole.one("title").text
    assert view.text == f"{title} {whole.one(id='view').text}"
    assert cell.text == f"{title} {whole.one(id='cell').text}"


def test_a_cache_keeps_page_and_parts_and_languages_apart(client: Client, db: None) -> None:
    varies = {name.strip() for name in client.get("/matrix/")["Vary"].split(",")}

    assert {"HX-Target", "Accept-Language", "Cookie"} <= varies


# --- addresses that make no sense ---


@pytest.mark.parametrize("target", ["", "view", "cell"])
@pytest.mark.parametrize(
    "query",
    [
        "topic=no-such-topic",
        "topic=%00",
        "topic=" + "x" * 5000,
        "topic=%3Cscript%3Ealert(1)%3C/script%3E",
        "stance=maybe",
        "stance=%00",
        "delegation=ZZZ",
        "delegation=RUS",
        "show=everything",
        "cell=NOR",
        "cell=%00",
        "cell=NOR.offences.fraud%00",
        "cell=" + "N" * 5000 + ".x",
        "cell=%FF%FE",
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence_and_no_table(
    client: Client, db: None, query: str, target: str
) -> None:
    headers = {"HX_Request": "true", "HX_Target": target} if target else {}

    page = get(client, f"/matrix/?{query}", 200 if target else 404, **headers)

    assert not page.all("table")
    if target != "cell":
        assert page.one("h1").text == SENSELESS
        assert "/matrix/" in page.links
    assert len(page.text) > 20
    assert not [script for script in page.all("script") if "src" not in script.attributes]


@pytest.mark.parametrize("query", ["topic=no-such-topic", "stance=%00", "cell=NOR"])
def test_a_table_that_makes_no_sense_has_no_csv(client: Client, db: None, query: str) -> None:
    response = client.get(f"/matrix.csv?{query}")

    assert response.status_code == 404
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == f"{SENSELESS}."


def test_a_stance_that_nobody_takes_is_answered_with_a_sentence(client: Client, db: None) -> None:
    page = get(client, "/matrix/?topic=offences&stance=qualified&delegation=NOR")

    assert not page.all("table")
    assert "No delegation takes the stance you asked for on this topic." in page.text
    assert "/matrix/?topic=offences" in page.links


# --- methods ---


@pytest.mark.parametrize("address", ["/", *PAGES, "/matrix.csv"])
def test_pages_are_for_reading(client: Client, db: None, address: str) -> None:
    asked = client.get(address)
    head = client.head(address)

    assert (head.status_code, head.content) == (asked.status_code, b"")
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(address).status_code == 405


# --- languages ---


def test_the_language_switch_sticks(client: Client, db: None) -> None:
    assert get(client, "/matrix/").one("html").attributes["lang"] == "en"

    response = client.post("/language/setlang/", {"language": "zh-hans", "next": CELL})

    assert (response.status_code, response["Location"]) == (302, CELL)
    again = client.get(CELL)
    page = parse(again.content)
    assert again["Content-Language"] == "zh-hans"
    assert page.one("html").attributes["lang"] == "zh-Hans"
    assert page.one(id="cell").one("h2").text == "挪威 · 非法访问"
    assert [b.text for b in page.all("button", aria_pressed="true")] == ["中文"]

    client.post("/language/setlang/", {"language": "en", "next": "/matrix/"})

    assert client.get("/matrix/")["Content-Language"] == "en"


def test_the_switch_comes_back_to_the_same_address(client: Client, db: None) -> None:
    page = get(client, CELL)

    form = page.one("form", method="post")
    assert form.attributes["action"] == "/language/setlang/"
    assert form.one("input", name="next").attributes["value"] == CELL


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/x", "javascript:x"])
def test_the_switch_leads_nowhere_else(client: Client, db: None, elsewhere: str) -> None:
    response = client.post("/language/setlang/", {"language": "en", "next": elsewhere})

    assert urlsplit(response["Location"]).netloc == ""
    assert response["Location"] == "/"


def test_the_language_cannot_be_switched_by_a_link_or_from_another_site(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/language/setlang/", {"language": "zh-hans"}).status_code == 403
    client.get("/language/setlang/?language=zh-hans")
    assert client.get("/matrix/")["Content-Language"] == "en"


@pytest.mark.parametrize(
    ("preference", "language"),
    [
        ("zh-CN,zh;q=0.9", "zh-hans"),
        ("zh", "zh-hans"),
        ("fr, en;q=0.5", "en"),
        ("de", "en"),
        ("", "en"),
    ],
)
def test_a_first_visit_is_in_the_browsers_language(
    client: Client, db: None, preference: str, language: str
) -> None:
    response = client.get("/documents/", headers={"Accept-Language": preference})

    assert response["Content-Language"] == language


def test_the_table_is_in_the_readers_language(client: Client, db: None) -> None:
    table = table_of(get(client, "/matrix/?topic=offences", Accept_Language="zh-CN"))

    with translation.override("zh-hans"):
        issues = [issue.label for issue in Issue.objects.filter(topic__key="offences")]
    assert table[0][1:4] == ["阿曼", "埃及", "澳大利亚"]
    assert [row[0].split(" offences.")[0] for row in table[1:]] == issues


# --- hostile text ---


@pytest.fixture
def hostile(empty_db: None) -> Document:
    """A document in which everything that comes from outside is hostile."""
    row = make_delegation("AAA", HOSTILE)
    issue = make_issue(make_topic(label=HOSTILE), "access", HOSTILE)
    lines = [Line(f"标题{HOSTILE}", kind="heading"), Line(f"一{HOSTILE}1", under=0)]
    text = make_document(
        "views",
        Section([row], lines, heading=HOSTILE),
        title=f"题{HOSTILE}",
        title_en=HOSTILE,
        symbol=HOSTILE,
    )
    passage = passage_of(text, "AAA-002")
    explanation = {
        "cue": {"notation": HOSTILE, "source": HOSTILE},
        "stance_cue": {"notation": HOSTILE},
    }
    take(passage, issue, "support", HOSTILE, explanation=explanation)
    call_footnote(passage, "1", 0, HOSTILE)
    return text


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/matrix/", [HOSTILE, f"{HOSTILE}: support, suggested"]),
        ("/matrix/?cell=AAA.crimes.access", [f"{HOSTILE} · {HOSTILE}", f"一{HOSTILE}1"]),
        ("/documents/", [f"题{HOSTILE}", HOSTILE]),
        ("/documents/views/?issue=crimes.access", [f"题{HOSTILE}", f"标题{HOSTILE}", HOSTILE]),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_text_from_outside_is_shown_and_not_run(
    client: Client, hostile: Document, address: str, shown: list[str], language: str
) -> None:
    response = client.get(address, headers={"Accept-Language": language})
    page = parse(response.content)

    assert not [s for s in page.all("script") if "src" not in s.attributes or s.verbatim]
    assert b"<script>alert" not in response.content
    assert not [name for found in page for name in found.attributes if name.startswith("on")]
    said = [found.verbatim.strip() for found in page]
    if language == "en":
        assert [text for text in shown if text not in said] == []
    else:
        assert HOSTILE in "".join(said)


def test_hostile_words_stand_apart_from_the_direction_of_the_page(
    client: Client, hostile: Document
) -> None:
    """A bidirectional mark reaches no further than an element that has a direction of its own."""
    panel = get(client, "/matrix/?cell=AAA.crimes.access").one(id="cell")
    reader = get(client, "/documents/views/")

    assert panel.one("blockquote").attributes["dir"] == "auto"
    assert [found.attributes.get("dir") for found in reader.all("h1")] == ["auto"]
    assert {
        found.attributes.get("dir")
        for found in reader
        if found.tag in ("p", "h3") and "一<script>" in found.verbatim
    } == {"auto"}


# --- links ---


def test_every_link_of_every_panel_points_to_an_anchor_of_the_reader(
    client: Client, db: None
) -> None:
    anchors = {
        text.get_absolute_url(): set(get(client, text.get_absolute_url()).ids)
        for text in Document.objects.all()
    }
    cells = Position.objects.standing().values_list(
        "issue__topic__key", "passage__submission__delegations__code", "issue__key"
    )
    asked = sorted(set(cells))[::5]
    assert len(asked) > 50

    for topic, code, issue in asked:
        panel = get(
            client,
            f"/matrix/?topic={topic}&cell={code}.{issue}",
            HX_Request="true",
            HX_Target="cell",
        )
        targets = [urlsplit(link) for link in panel.links if link.startswith("/documents/")]
        assert targets
        assert [to.geturl() for to in targets if to.fragment not in anchors[to.path]] == []


def test_every_margin_of_the_reader_leads_to_an_open_cell(client: Client, db: None) -> None:
    reader = get(client, READER)
    links = [link for link in reader.links if "cell=" in link]
    shown = Position.objects.standing().filter(passage__document__symbol="A/AC.291/4")
    assert len(links) == shown.count()

    for link in links[::60]:
        panel = get(client, link.split("#")[0]).one(id="cell")
        assert panel.all("blockquote")
        assert link.endswith("#cell")


def test_every_link_within_a_page_has_its_target_and_no_id_stands_twice(
    client: Client, db: None
) -> None:
    for address in (*PAGES, f"{READER}?issue=offences.illegal_access"):
        page = get(client, address)
        ids = page.ids

        assert sorted(ids) == sorted(set(ids))
        assert [link for link in page.links if link[:1] == "#" and link[1:] not in ids] == []
        assert [
            target
            for found in page
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
            for target in found.attributes.get(name, "").split()
            if target not in ids
        ] == []


def test_the_link_to_a_joint_note_points_to_its_anchor(client: Client, empty_db: None) -> None:
    """The codes' order is not that of the names: China, Switzerland; CHE, CHN."""
    china, switzerland = make_delegation("CHN", "China"), make_delegation("CHE", "Switzerland")
    make_topic()
    make_document(
        "views",
        Section([make_delegation("AAA")], [Line("一")]),
        Section([china, switzerland], [Line("说明")], kind="note", reference="A/1"),
    )
    (link,) = [href for href in get(client, "/matrix/").links if href.startswith("/documents/v")]

    assert urlsplit(link).fragment in get(client, "/documents/views/").ids


def test_a_footnote_that_is_called_nowhere_is_shown_all_the_same(
    client: Client, empty_db: None
) -> None:
    text = make_document("views", Section([make_delegation("AAA")], [Line("一1")]))
    footnote = call_footnote(passage_of(text, "AAA-001"), "1", 0, "孤零零的脚注")
    footnote.anchor = None
    footnote.save()

    assert "孤零零的脚注" in get(client, "/documents/views/").text


def test_two_texts_of_one_delegation_in_a_document_have_anchors_of_their_own(
    client: Client, empty_db: None
) -> None:
    row = make_delegation("AAA")
    make_document("views", Section([row], [Line("一")]), Section([row], [Line("二")]))
    ids = get(client, "/documents/views/").ids

    assert sorted(ids) == sorted(set(ids))


def test_filters_are_kept_by_every_link_of_the_page(client: Client, db: None) -> None:
    query = "topic=offences&delegation=NOR&delegation=CHN&stance=support"
    page = get(client, f"/matrix/?{query}")

    cells = [link for link in page.one("table").links if "cell=" in link]
    assert len(cells) == 2 * (len(table_of(page)) - 1)
    assert {re.sub("&cell=.*", "", link) for link in cells} == {f"/matrix/?{query}"}
    assert f"/matrix.csv?{query}" in page.links
    topics = [link for link in page.links if link.startswith("/matrix/?topic=")]
    assert "/matrix/?topic=scope&delegation=NOR&delegation=CHN&stance=support" in topics


def test_the_filters_show_what_was_asked_for(client: Client, db: None) -> None:
    page = get(client, "/matrix/?topic=scope&delegation=NOR&stance=open&show=confirmed")

    form = page.one("form", method="get")
    checked = [
        (box.attributes["name"], box.attributes["value"])
        for box in form.all("input")
        if "checked" in box.attributes
    ]
    assert checked == [("delegation", "NOR"), ("stance", "open")]
    assert form.one("input", name="topic").attributes["value"] == "scope"
    assert [
        option.attributes["value"]
        for option in form.all("option")
        if "selected" in option.attributes
    ] == ["confirmed"]
