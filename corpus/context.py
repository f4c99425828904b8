"""What every page knows."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from corpus.release import current_release


def release(request: HttpRequest) -> dict[str, object]:
    """`release`, looked up only by the pages that print it."""
    return {"release": SimpleLazyObject(current_release)}
