"""Every text of the interface is translated, and none stands outside the translation's reach."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Message
from babel.messages.extract import extract_python
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PACKAGES = ("compare", "config", "corpus", "submissions")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
#: What is the same in every language: names of keys, languages, commands and measures.
SAME_EVERYWHERE = {"Enter", "Esc", "English", "中文", "make demo", "F1"}


def texts_in(source: str) -> Iterator[tuple[str, ...]]:
    """The texts that Python code gives to gettext: one, or singular and plural."""
    for _, function, texts, _ in extract_python(
        BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}
    ):
        given = (texts,) if isinstance(texts, str) else tuple(text for text in texts if text)
        yield given[1:] if "pgettext" in str(function) else given


def used() -> dict[tuple[str, ...], set[str]]:
    """All texts of the interface, each with the files that it stands in."""
    found: dict[tuple[str, ...], set[str]] = {}
    sources = {path: templatize(path.read_text("utf-8")) for path in TEMPLATES}
    for package in PACKAGES:
        sources |= {path: path.read_text("utf-8") for path in (ROOT / package).rglob("*.py")}
    for path, source in sources.items():
        for texts in texts_in(source):
            found.setdefault(texts, set()).add(str(path.relative_to(ROOT)))
    return found


def catalogue() -> dict[tuple[str, ...], Message]:
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {
        (message.id,) if isinstance(message.id, str) else tuple(message.id): message
        for message in messages
    }


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def translations(message: Message) -> tuple[str, ...]:
    """The translation, once for each plural form."""
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def test_texts_are_found_in_templates_and_in_code() -> None:
    found = used()

    assert found[("Matrix",)] >= {"templates/base.html"}
    assert found[("support",)] >= {"submissions/models.py"}
    assert ("%(n)s issue", "%(n)s issues") in found


def test_every_text_is_in_the_catalogue() -> None:
    there = catalogue()

    assert {texts: files for texts, files in used().items() if texts not in there} == {}


def test_every_text_is_translated_and_none_is_doubtful() -> None:
    missing = [
        texts
        for texts, message in catalogue().items()
        if message.fuzzy or not translations(message) or not all(translations(message))
    ]

    assert missing == []


def test_the_catalogue_holds_nothing_that_is_no_longer_used() -> None:
    assert sorted(set(catalogue()) - set(used())) == []


def test_translations_keep_the_placeholders() -> None:
    changed = {
        texts: translations(message)
        for texts, message in catalogue().items()
        for translation in translations(message)
        if placeholders(translation) != placeholders(texts[-1])
    }

    assert changed == {}


def test_the_compiled_catalogue_is_that_of_the_source() -> None:
    compiled = CATALOGUE.with_suffix(".mo")
    with compiled.open("rb") as file:
        there = {
            (message.id,) if isinstance(message.id, str) else tuple(message.id): translations(
                message
            )
            for message in read_mo(file)
            if message.id
        }

    stale = {
        texts: there.get(texts)
        for texts, message in catalogue().items()
        if there.get(texts) != translations(message)
    }
    assert stale == {}, "run `make setup`: the compiled texts are old"


def words_outside_translation(source: str) -> list[str]:
    """Runs of letters in a template that no translation tag reaches."""
    text = re.sub(r"\{#.*?#\}", " ", source, flags=re.DOTALL)
    text = re.sub(r"\{% comment.*?endcomment %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{% blocktrans.*?endblocktrans\w* %\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{[%{].*?[%}]\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", " ", text, flags=re.DOTALL)
    spoken = re.findall(r'\s(?:aria-label|data-label|title|alt|placeholder)="([^"]*)"', text)
    spoken += re.sub(r"<[^>]*>", "\n", text).splitlines()
    spoken = [re.sub(r"&\w+;", " ", run).strip() for run in spoken]
    return [run for run in spoken if re.search(r"[^\W\d_]", run) and run not in SAME_EVERYWHERE]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('<p>{% translate "Plenary" %}</p>', []),
        ("<p>Plenary</p>", ["Plenary"]),
        ("{{ name }} speaks", ["speaks"]),
        ('<a title="Close">×</a>', ["Close"]),
        ('<a aria-label="{% translate "Close" %}">×</a>', []),
        ("{% blocktranslate %}all {{ n }}{% endblocktranslate %}<td>全部</td>", ["全部"]),
        ("{# a note #}<!-- another -->&nbsp;12 ·", []),
    ],
)
def test_words_outside_translation_are_seen(source: str, words: list[str]) -> None:
    assert words_outside_translation(source) == words


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_has_no_words_that_cannot_be_translated(path: Path) -> None:
    assert words_outside_translation(path.read_text("utf-8")) == []
