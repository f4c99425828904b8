"""Where each character of a source went, found from the source and the reading alone."""

from collections import Counter

from submissions.parsing import Reading


def account(source: str, reading: Reading) -> Counter[str]:
    """How many characters of `source` are in units, headings, footnotes, dropped and layout.

    Follows the clean text along the source, the footnotes first (they stand after the text but in
    the midst of the source).  Fails where a character is in two places, or a visible one in none.
    """
    labels = [""] * len(source)
    for drop in reading.dropped:
        assert source[drop.start : drop.end] == drop.text
        _mark(labels, range(drop.start, drop.end), "dropped")
    rules = [drop.end for drop in reading.dropped if drop.reason == "footnote-rule"]
    at = 0
    for note in reading.footnotes:
        starts = [start for start in (at, *rules) if start >= at]
        paths = (_path(source, labels, note.text, start) for start in starts)
        path = next(path for path in paths if path)
        _mark(labels, path, "footnotes")
        at = path[-1] + 1
    spans = [(unit.start, unit.end) for unit in reading.units]
    notes = {(note.start, note.end) for note in reading.footnotes}
    at = start = 0
    for line in reading.text.split("\n"):
        span = (start, start + len(line))
        start += len(line) + 1
        if span in notes:
            continue
        path = _path(source, labels, line, at)
        assert path, f"{line!r} does not go on from {source[at : at + 40]!r}"
        _mark(labels, path, "units" if span in spans else "headings")
        at = path[-1] + 1
    left = [place for place, label in enumerate(labels) if not label]
    assert "".join(source[place] for place in left).strip() == ""
    return Counter(label or "layout" for label in labels)


def _path(source: str, labels: list[str], text: str, at: int) -> list[int]:
    """The places in `source` of the characters of `text`, from `at`; none if they differ.

    Space and what is taken already may stand between them; a space that joins two lines has none.
    """
    path = []
    for character in text:
        if character == " " and at < len(source) and source[at] == "\n":
            continue
        while at < len(source) and (
            labels[at] or (source[at].isspace() and source[at] != character)
        ):
            at += 1
        if at == len(source) or source[at] != character:
            return []
        path.append(at)
        at += 1
    return path


def _mark(labels: list[str], places: "range | list[int]", label: str) -> None:
    for place in places:
        assert not labels[place], f"character {place} is in two places"
        labels[place] = label
