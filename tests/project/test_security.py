"""What every answer says to the browser, and what no page contains."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.finders import get_finders
from django.http import HttpResponseBase
from django.test import Client

from tests.compare.pages import parse

ROOT = Path(__file__).resolve().parents[2]
READER = "/documents/A-AC-291-4/"
PAGES = [
    "/matrix/?topic=offences",
    "/matrix/?topic=offences&cell=EGY.offences.illegal_access",
    "/matrix/?topic=no-such-topic",
    "/documents/",
    READER,
    "/accuracy/",
    "/questions/",
    "/recommendations/",
    "/no-such-page/",
]
#: Answers of every kind: method, address, status.
ANSWERS = [
    ("get", "/matrix/", 200),
    ("head", "/matrix/", 200),
    ("get", "/", 302),
    ("get", "/matrix", 301),
    ("post", "/language/setlang/", 302),
    ("get", "/no-such-page/", 404),
    ("get", "/documents/no-such/", 404),
    ("post", "/matrix/", 405),
    ("get", "/matrix.csv", 200),
    ("get", "/matrix.csv?topic=no-such-topic", 404),
]
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def ask(client: Client, method: str, address: str) -> HttpResponseBase:
    response: HttpResponseBase = getattr(client, method)(address)
    return response


def policy_of(response: HttpResponseBase) -> dict[str, str]:
    rules = (rule.strip().partition(" ") for rule in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in rules}


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_every_answer_carries_the_headers_that_protect(
    client: Client, db: None, method: str, address: str, status: int
) -> None:
    response = ask(client, method, address)

    assert response.status_code == status
    assert policy_of(response) == POLICY
    assert {
        name: response.headers.get(name)
        for name in (
            "Cross-Origin-Opener-Policy",
            "Referrer-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
        )
    } == {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_scripts_styles_or_handlers(
    client: Client, db: None, address: str
) -> None:
    page = parse(client.get(address).content)

    assert [s for s in page.all("script") if "src" not in s.attributes or s.text] == []
    assert page.all("style") == []
    assert [
        (found.tag, name)
        for found in page
        for name in found.attributes
        if name == "style" or name.startswith(("on", "hx-on"))
    ] == []
    assert [link for link in page.links if link.lower().startswith(("javascript:", "data:"))] == []


@pytest.mark.parametrize("address", PAGES)
def test_every_address_in_a_page_is_of_this_site(client: Client, db: None, address: str) -> None:
    page = parse(client.get(address).content)
    named = [
        found.attributes[name]
        for found in page
        for name in ("href", "src", "action", "hx-get", "hx-post", "srcset", "poster", "data")
        if name in found.attributes
    ]

    assert named
    assert [
        value for value in named if re.match(r"\s*([a-z][a-z0-9+.-]*:|//|\\)", value, re.I)
    ] == []


def test_no_static_file_of_ours_loads_anything_from_elsewhere() -> None:
    files = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    assert files
    names = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}

    found = {
        str(path.relative_to(ROOT)): sorted(set(addresses) - names)
        for path in files
        if (addresses := re.findall(rb"https?://[^\s\"')]+".decode(), path.read_text("utf-8")))
        and set(addresses) - names
    }
    assert found == {}
    assert not [path for path in files if re.search(r"url\(\s*['\"]?//", path.read_text("utf-8"))]


def test_static_files_come_from_the_project_and_its_packages_only() -> None:
    found = {path for finder in get_finders() for path, _ in finder.list([])}

    assert {"js/app.js", "css/base.css"} <= found
    assert not [path for path in found if path.endswith((".map", ".bak", "~"))]


def test_cookies_are_kept_from_scripts_and_other_sites(client: Client, db: None) -> None:
    client.get("/matrix/")
    client.post("/language/setlang/", {"language": "zh-hans"})

    said = {
        name: (morsel["samesite"], bool(morsel["httponly"]), bool(morsel["secure"]))
        for name, morsel in client.cookies.items()
    }
    assert said["django_language"] == ("Lax", True, False)
    assert said["csrftoken"][0] == "Lax"
    assert "sessionid" not in said


def test_reading_sets_no_session(client: Client, db: None) -> None:
    for address in PAGES:
        client.get(address)

    assert set(client.cookies) <= {"csrftoken"}


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example"]
)
@pytest.mark.parametrize("address", ["/matrix/", "/matrix.csv"])
def test_a_foreign_host_is_refused(
    client: Client, db: None, settings: LazySettings, host: str, address: str
) -> None:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

    assert client.get(address, headers={"Host": host}).status_code == 400
    assert client.get(address, headers={"Host": "localhost:8000"}).status_code == 200
