"""The pages for what is not there and for faults."""

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import server_error

from tests.compare.pages import parse


@pytest.mark.parametrize(
    ("preference", "language", "lang"), [("en", "en", "en"), ("zh-CN", "zh-hans", "zh-Hans")]
)
@pytest.mark.parametrize("address", ["/no-such-page/", "/documents/no-such/", "/%00", "/配/"])
def test_the_page_for_what_is_not_there_leads_on(
    client: Client, db: None, preference: str, language: str, lang: str, address: str
) -> None:
    response = client.get(address, headers={"Accept-Language": preference})
    page = parse(response.content)

    assert response.status_code == 404
    assert page.one("html").attributes["lang"] == lang
    with translation.override(language):
        heading = translation.gettext("Page not found")
        button = translation.gettext("Go to the matrix")
    assert page.one("h1").text == heading
    assert button in [link.text for link in page.all("a", href="/matrix/")]


def test_the_address_that_is_not_there_is_not_repeated_as_markup(client: Client, db: None) -> None:
    response = client.get("/<script>alert(1)</script>/")

    assert response.status_code == 404
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_the_page_for_faults_needs_no_database_and_no_request(language: str, lang: str) -> None:
    """Without the `db` mark, any query fails this test."""
    with translation.override(language):
        response = server_error(RequestFactory().get("/matrix/"))
        page = parse(response.content)
        heading = translation.gettext("Something broke here")

    assert response.status_code == 500
    assert page.one("html").attributes["lang"] == lang
    assert page.one("h1").text == heading
    assert len(page.one("main").text) > len(heading) + 20
    assert page.all("link") == page.all("script") == page.all("img") == []


def test_the_two_languages_of_the_page_for_faults_differ() -> None:
    said = set()
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said.add(parse(render_to_string("500.html")).one("main").text)

    assert len(said) == 2


def test_a_fault_in_a_page_is_answered_with_the_page_for_faults_and_not_with_its_cause(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("a secret of the server")

    monkeypatch.setattr("compare.views.speaking_delegations", broken)
    client = Client(raise_request_exception=False)

    response = client.get("/matrix/", headers={"Accept-Language": "zh-CN"})

    assert response.status_code == 500
    assert b"secret" not in response.content
    assert parse(response.content).one("html").attributes["lang"] == "zh-Hans"
    assert response["X-Frame-Options"] == "DENY"
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_a_refused_form_is_answered_without_a_fault(db: None) -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post("/language/setlang/", {"language": "en"})

    assert response.status_code == 403
    assert response["Content-Security-Policy"]
