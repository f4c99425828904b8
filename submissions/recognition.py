"""The names of delegations as headings print them.  Pure: no Django."""

from corpus.delegations import Delegations
from submissions.parsing import Names


def heading_names(delegations: Delegations, language: str) -> Names:
    """Every name in `language` that means exactly one delegation -> its code.

    A name that could mean two is left out: such a heading goes to a person.
    """
    meanings: dict[str, set[str]] = {}
    for entry in delegations.entries:
        names = entry.names[language]
        for name in (names.short, names.formal, *names.other):
            if name:
                meanings.setdefault(name, set()).add(entry.code)
    return {name: tuple(codes) for name, codes in meanings.items() if len(codes) == 1}
