"""The shipped codebook and its coder, made once."""

from pathlib import Path

import pytest

from corpus.codebook import Codebook, load_codebook
from submissions.coding import Coder

SHIPPED = Path(__file__).parents[3] / "corpus" / "codebook.toml"


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook(SHIPPED)


@pytest.fixture(scope="session")
def coder(codebook: Codebook) -> Coder:
    return Coder(codebook)
