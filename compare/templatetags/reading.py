"""Small words for pages that show texts."""

from typing import Final

from django import template
from django.utils.translation import gettext_lazy as _

from corpus.models import Submission
from submissions.models import Stance

register = template.Library()

_LABELS: Final = {
    "ar": _("Arabic"),
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "ru": _("Russian"),
    "zh": _("Chinese"),
}
_SOURCES: Final = {
    "passage": _("this passage"),
    "lead-in": _("the sentence that introduces it"),
    "heading": _("the heading above it"),
}


@register.filter
def html_lang(language: str) -> str:
    """The language tag of a text: Chinese is written in simplified characters here."""
    return "zh-Hans" if language == "zh" else language


@register.filter
def language_label(language: str) -> str:
    """A language's name in the language of the interface."""
    return str(_LABELS.get(language, language))


@register.filter
def stance_label(stance: str) -> str:
    """A stance in words."""
    return str(Stance(stance).label)


@register.filter
def cue_source(source: str) -> str:
    """Where a cue was found, in words."""
    return str(_SOURCES.get(source, source))


@register.filter
def speakers(submission: Submission) -> str:
    """The names of a submission's delegations; they must be prefetched."""
    return ", ".join(sorted(row.name for row in submission.delegations.all()))
