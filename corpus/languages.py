"""The six official languages of the United Nations, and the language of the interface."""

from typing import Final, Literal

from django.utils.translation import get_language

UN_LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")


def interface_language() -> Literal["en", "zh"]:
    """The language the reader chose; the interface speaks English and Chinese."""
    return "zh" if (get_language() or "").startswith("zh") else "en"
