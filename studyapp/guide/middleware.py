"""Answers in words while the database holds no content yet."""

from django.shortcuts import render

from .knowledge import ContentMissing


class ContentMiddleware:
    """Turns a page that finds no content into one that says how to load it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, error):
        if isinstance(error, ContentMissing):
            return render(None, "503.html", status=503)
        return None
