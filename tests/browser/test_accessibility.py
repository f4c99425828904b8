"""No page breaks a rule that axe can check, in either language and theme."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
PAGES = {
    "matrix": "/matrix/?topic=offences",
    "cell": "/matrix/?topic=offences&cell=EGY.offences.illegal_access",
    "silent cell": "/matrix/?topic=offences&cell=AUS.offences.illegal_access",
    "filtered": "/matrix/?topic=offences&stance=oppose&delegation=NOR&delegation=CHN",
    "senseless": "/matrix/?topic=no-such-topic",
    "documents": "/documents/",
    "reader": "/documents/A-AC-291-4/?issue=offences.illegal_access",
    "accuracy": "/accuracy/",
    "questions": "/questions/",
    "recommendations": "/recommendations/",
    "404": "/no-such-page/",
}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violations(open_page: OpenPage, name: str, locale: str, theme: str) -> None:
    page = open_page(
        errors=("Failed to load resource: the server responded with a status of 404",),
        locale=locale,
        color_scheme=theme,
        bypass_csp=True,  # for the script that checks, not for the page's own
    )
    page.goto(PAGES[name])

    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)

    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["matrix", "cell", "reader"])
def test_a_page_on_a_phone_has_no_violations(open_page: OpenPage, name: str) -> None:
    page = open_page(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, bypass_csp=True
    )
    page.goto(PAGES[name])

    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options)

    assert found.violations_count == 0, found.generate_report()
