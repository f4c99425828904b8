"""What a delegate does: find a cell, read the words behind it, go to the document and back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OFFENCES = "/matrix/?topic=offences"
NORWAY = f"{OFFENCES}&cell=NOR.offences.illegal_access"
INK = "getComputedStyle(document.body).color"
WORDS = "非法访问，即未经授权访问计算机或计算机系统"
WITH_OR_WITHOUT_SCRIPTS = pytest.mark.parametrize("scripts", [True, False])


def cell(page: Page, key: str) -> str:
    """The selector of the link of a cell of the table."""
    return f'table a[href*="cell={key}"]'


def swapped(page: Page) -> bool:
    """Whether the page was changed in place: a mark left on the window survives."""
    return bool(page.evaluate("window.markLeft === true"))


def leave_mark(page: Page) -> None:
    page.evaluate("window.markLeft = true")


@WITH_OR_WITHOUT_SCRIPTS
def test_the_offences_have_25_delegations(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/")
    page.get_by_role("link", name="Offences").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Offences")
    expect(page.get_by_role("columnheader")).to_have_count(1 + 25)
    expect(page.get_by_role("columnheader").first).to_have_text("Issue")


def test_opening_a_cell_swaps_the_words_in_and_moves_the_focus_there(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(OFFENCES)
    leave_mark(page)

    page.locator(cell(page, "NOR.offences.illegal_access")).click()

    panel = page.locator("#cell")
    expect(panel.get_by_role("heading")).to_have_text("Norway · Illegal access")
    expect(panel.get_by_role("blockquote")).to_contain_text(WORDS)
    expect(page).to_have_url(re.compile(re.escape(NORWAY)))
    expect(panel.get_by_role("heading")).to_be_focused()
    expect(page.locator(cell(page, "NOR.offences.illegal_access"))).to_have_attribute(
        "aria-current", "true"
    )
    assert swapped(page)


def test_a_cell_opens_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(OFFENCES)

    page.locator(cell(page, "NOR.offences.illegal_access")).click()

    expect(page.locator("#cell").get_by_role("blockquote")).to_contain_text(WORDS)
    expect(page.locator("#cell")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(re.escape(NORWAY)))


@WITH_OR_WITHOUT_SCRIPTS
def test_the_words_lead_to_their_place_in_the_document(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(NORWAY)

    page.locator("#cell").get_by_role("link", name="Open in reader").click()

    expect(page).to_have_url(re.compile(r"/documents/A-AC-291-4/\?issue=[a-z._]+#NOR-007$"))
    passage = page.locator("#NOR-007")
    expect(passage).to_be_in_viewport()
    expect(passage.locator("mark")).to_have_text(["非法访问"])
    expect(passage).to_contain_text(WORDS)


@WITH_OR_WITHOUT_SCRIPTS
def test_the_margin_of_the_reader_leads_back_to_the_cell(
    open_page: OpenPage, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto("/documents/A-AC-291-4/#NOR-007")

    page.locator("#NOR-007").get_by_role("link", name=re.compile("Illegal access")).click()

    expect(page.locator("#cell").get_by_role("heading")).to_have_text("Norway · Illegal access")


def test_the_address_of_a_swapped_cell_shows_the_same_to_someone_else(
    open_page: OpenPage,
) -> None:
    mine = open_page()
    mine.goto(OFFENCES)
    mine.locator(cell(mine, "CHN.offences.illegal_access")).click()
    expect(mine.locator("#cell").get_by_role("blockquote").first).to_be_visible()

    theirs = open_page()
    theirs.goto(mine.url)

    assert theirs.locator("#cell").inner_text() == mine.locator("#cell").inner_text()
    assert theirs.locator("table").inner_text() == mine.locator("table").inner_text()
    assert theirs.title() == mine.title()


def test_back_and_forward_go_through_the_cells(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(OFFENCES)
    heading = page.locator("#cell").get_by_role("heading")
    page.locator(cell(page, "NOR.offences.illegal_access")).click()
    expect(heading).to_have_text("Norway · Illegal access")
    page.locator(cell(page, "CHN.offences.illegal_access")).click()
    expect(heading).to_have_text("China · Illegal access")

    page.go_back()
    expect(heading).to_have_text("Norway · Illegal access")
    expect(page.locator("table")).to_have_count(1)
    page.go_back()
    expect(heading).to_have_count(0)
    expect(page.get_by_role("columnheader")).to_have_count(26)
    page.go_forward()
    expect(heading).to_have_text("Norway · Illegal access")


def test_back_from_the_reader_shows_the_whole_matrix_again(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(OFFENCES)
    page.locator(cell(page, "NOR.offences.illegal_access")).click()
    page.locator("#cell").get_by_role("link", name="Open in reader").click()
    expect(page.locator("#NOR-007")).to_be_visible()

    page.go_back()

    expect(page.locator("#cell").get_by_role("heading")).to_have_text("Norway · Illegal access")
    expect(page.get_by_role("columnheader")).to_have_count(26)
    expect(page.get_by_role("banner")).to_be_visible()


@WITH_OR_WITHOUT_SCRIPTS
def test_the_filters_narrow_the_table(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(OFFENCES)
    if scripts:
        leave_mark(page)

    page.get_by_role("group", name=re.compile("Stances")).get_by_label("oppose").check()
    page.get_by_role("button", name="Apply").click()

    expect(page).to_have_url(re.compile("stance=oppose"))
    rows = page.get_by_role("row")
    expect(rows.nth(1)).to_be_visible()
    expect(page.get_by_role("link", name="Clear filters")).to_be_visible()
    said = page.locator("table a").all_inner_texts()
    assert any("oppose" in text for text in said)
    assert not any("support" in text for text in said)
    if scripts:
        assert swapped(page)

    page.get_by_role("link", name="Clear filters").click()

    expect(page).to_have_url(re.compile(f"{re.escape(OFFENCES)}$"))
    expect(page.get_by_role("row")).to_have_count(26)


@WITH_OR_WITHOUT_SCRIPTS
def test_delegations_are_chosen_for_the_columns(open_page: OpenPage, scripts: bool) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(OFFENCES)

    page.locator("summary", has_text="Delegations").click()
    page.get_by_label("Norway").check()
    page.get_by_label("China").check()
    page.get_by_role("button", name="Apply").click()

    expect(page.get_by_role("columnheader")).to_have_text(["Issue", "China", "Norway"])


def test_the_keyboard_moves_opens_and_closes(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(OFFENCES)
    first = page.locator("table a").first
    first.focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    focused = page.locator("table a:focus")
    expect(focused).to_have_attribute("href", re.compile("cell=BRA.offences.illegal_access"))
    page.keyboard.press("End")
    expect(focused).to_have_attribute("href", re.compile("cell=USA.offences.illegal_access"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")

    heading = page.locator("#cell").get_by_role("heading")
    expect(heading).to_have_text("United States of America · Illegal access")
    expect(heading).to_be_focused()

    page.keyboard.press("Escape")

    expect(heading).to_have_count(0)
    expect(focused).to_have_attribute("href", re.compile("cell=USA.offences.illegal_access"))
    expect(page).to_have_url(re.compile(f"{re.escape(OFFENCES)}$"))


def test_the_table_is_one_stop_of_the_tab_key(open_page: OpenPage) -> None:
    page = open_page()
    page.goto(OFFENCES)

    assert page.locator('table a[tabindex="0"]').count() == 1
    page.locator("table a").nth(30).focus()
    expect(page.locator('table a[tabindex="0"]')).to_have_count(1)
    expect(page.locator("table a").nth(30)).to_have_attribute("tabindex", "0")


@WITH_OR_WITHOUT_SCRIPTS
def test_the_language_is_switched_where_one_is_and_remembered(
    open_page: OpenPage, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts)
    page.goto(NORWAY)

    page.get_by_role("button", name="中文").click()

    heading = page.locator("#cell").get_by_role("heading")
    expect(heading).to_have_text("挪威 · 非法访问")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page).to_have_url(re.compile("cell=NOR.offences.illegal_access"))
    page.reload()
    expect(heading).to_have_text("挪威 · 非法访问")
    page.get_by_role("button", name="English").click()
    expect(heading).to_have_text("Norway · Illegal access")


def test_the_dark_theme_is_remembered(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    page.goto(OFFENCES)
    light = page.evaluate(INK)

    page.get_by_role("button", name="Dark theme").click()
    dark = page.evaluate(INK)
    page.reload()

    assert light != dark
    assert page.evaluate(INK) == dark
    expect(page.get_by_role("button", name="Dark theme")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Light theme").click()
    assert page.evaluate(INK) == light


def test_the_systems_dark_theme_is_followed(open_page: OpenPage) -> None:
    seen = []
    for scheme in ("light", "dark"):
        page = open_page(color_scheme=scheme)
        page.goto(OFFENCES)
        seen.append(page.evaluate(INK))

    assert seen[0] != seen[1]


TOO_WIDE = pytest.mark.xfail(strict=True, reason="at 320 pixels the matrix page is 333 wide")


@pytest.mark.parametrize(
    ("address", "width"),
    [
        (OFFENCES, 390),
        (NORWAY, 390),
        ("/documents/", 390),
        ("/documents/A-AC-291-4/#NOR-007", 390),
        pytest.param(OFFENCES, 320, marks=TOO_WIDE),
        pytest.param(NORWAY, 320, marks=TOO_WIDE),
        ("/documents/", 320),
        ("/documents/A-AC-291-4/#NOR-007", 320),
    ],
)
def test_on_a_phone_the_page_does_not_scroll_sideways(
    open_page: OpenPage, address: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_on_a_phone_every_delegation_that_speaks_is_reached(open_page: OpenPage) -> None:
    wide = open_page()
    wide.goto(OFFENCES)
    spoken = wide.locator("table td:not(.is-silent) a").count()
    page = open_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page.goto(OFFENCES)

    link = page.locator(cell(page, "NOR.offences.illegal_access"))
    link.scroll_into_view_if_needed()
    expect(link).to_be_in_viewport()
    link.tap()

    expect(page.locator("#cell").get_by_role("heading")).to_have_text("Norway · Illegal access")
    expect(page.locator("#cell").get_by_role("heading")).to_be_in_viewport()
    visible = page.locator("table td:not(.is-silent) a").filter(visible=True).count()
    assert visible == spoken


def test_a_page_that_is_not_there_leads_back_to_the_matrix(open_page: OpenPage) -> None:
    page = open_page(errors=("Failed to load resource: the server responded with a status of 404",))
    response = page.goto("/no-such-page/")

    assert response
    assert response.status == 404
    page.get_by_role("link", name="Go to the matrix").click()
    expect(page.get_by_role("table")).to_be_visible()
