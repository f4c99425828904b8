"""A page as a tree, read with the standard library: enough to ask for roles, text and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_VOID: Final = frozenset(
    "area base br col embed hr img input link meta source track wbr".split(),
)


@dataclass(slots=True)
class Element:
    """An element: its tag, attributes, and children in their order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        """Itself and every element within, in document order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child

    def all(self, tag: str = "", **attributes: str) -> list[Element]:
        """The elements within that have the tag and attributes; `_` stands for `-`."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            found
            for found in self
            if found is not self
            and tag in ("", found.tag)
            and all(found.attributes.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", **attributes: str) -> Element:
        """The only such element."""
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def verbatim(self) -> str:
        """All its text, with white space as it is written."""
        return "".join(c if isinstance(c, str) else c.verbatim for c in self.children)

    @property
    def text(self) -> str:
        """What a screen reader says: no hidden elements, white space collapsed."""
        return " ".join(self._spoken().split())

    def _spoken(self) -> str:
        return "".join(
            c if isinstance(c, str) else "" if "aria-hidden" in c.attributes else c._spoken()
            for c in self.children
        )

    @property
    def ids(self) -> list[str]:
        return [found.attributes["id"] for found in self if "id" in found.attributes]

    @property
    def links(self) -> list[str]:
        return [found.attributes["href"] for found in self.all("a") if "href" in found.attributes]


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        closed = self._open.pop()
        if closed.tag != tag:
            raise AssertionError(f"</{tag}> closes <{closed.tag}> at line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(source: str | bytes) -> Element:
    """The tree of a page or partial.  Tags that do not match are a failure."""
    builder = _Builder()
    builder.feed(source.decode() if isinstance(source, bytes) else source)
    builder.close()
    assert builder._open == [builder.root], f"<{builder._open[-1].tag}> is not closed"
    return builder.root


def table_of(page: Element) -> list[list[str]]:
    """The page's only table, header included, as what its cells say; a short header in full."""
    table = page.one("table")
    return [
        [
            cell.attributes.get("title", cell.text) if cell.tag == "th" else cell.text
            for cell in row
            if cell.tag in ("th", "td")
        ]
        for row in table.all("tr")
    ]
