"""The shipped compilation, read once, and what it takes to read another."""

from pathlib import Path

import pytest
from django.conf import settings

from corpus.delegations import Delegations, load_delegations
from submissions.extraction import Extract, extract
from submissions.parsing import Names, Reading, read_compilation
from submissions.recognition import heading_names


@pytest.fixture(scope="session")
def delegations() -> Delegations:
    return load_delegations(Path(settings.CORPUS_DIR) / "data" / "delegations.toml")


@pytest.fixture(scope="session")
def names(delegations: Delegations) -> Names:
    return heading_names(delegations, "zh")


@pytest.fixture(scope="session")
def source(document_path: Path) -> Extract:
    return extract(document_path)


@pytest.fixture(scope="session")
def reading(source: Extract, names: Names) -> Reading:
    return read_compilation(source, names)
