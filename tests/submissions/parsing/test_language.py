"""The language of a text, from its script and its small words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.parsing.language import find_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("中", "zh"),
        ("各国应加强合作。", "zh"),
        ("《布达佩斯公约》（Budapest Convention）第 2 条", "zh"),
        ("States should cooperate in this field.", "en"),
        ("the convention", "en"),
        ("Les États devraient coopérer dans le domaine.", "fr"),
        ("la portée et les objectifs de la convention", "fr"),
        ("Los Estados deberían cooperar en la materia.", "es"),
        ("el ámbito y los objetivos de la convención", "es"),
        ("Государства должны сотрудничать.", "ru"),
        ("Конвенция (UNODC)", "ru"),
        ("ينبغي للدول أن تتعاون.", "ar"),
        ("اتفاقية (UN)", "ar"),
    ],
)
def test_short_texts_of_the_six_languages_are_told_apart(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize("text", ["", " ", "12/65", "2021", "1. 2. 3.", "24/7", "*", "A", "…"])
def test_there_is_no_language_in_numbers_and_signs(text: str) -> None:
    assert find_language(text) == ""


@pytest.mark.parametrize("text", ["Interpol", "INTERPOL UNODC", "Convention internationale"])
def test_names_alone_do_not_tell(text: str) -> None:
    assert find_language(text) == ""


def test_a_tie_is_not_decided() -> None:
    assert find_language("the le") == ""


def test_case_does_not_matter() -> None:
    assert find_language("STATES SHOULD COOPERATE IN THIS FIELD") == "en"


@given(st.text())
def test_any_text_has_one_of_six_languages_or_none(text: str) -> None:
    assert find_language(text) in ("", "ar", "en", "es", "fr", "ru", "zh")


@given(st.text(alphabet="0123456789 .,/()-–*\n\t"))
def test_digits_and_signs_never_tell(text: str) -> None:
    assert find_language(text) == ""
