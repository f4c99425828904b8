"""Middleware of this project."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

Handler = Callable[[HttpRequest], HttpResponse]


def fresh_pages(get_response: Handler) -> Handler:
    """Tell caches to ask again for every page: what a page shows depends on who reads it, and when.

    Static files say for themselves how long they may be kept.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    return handle
