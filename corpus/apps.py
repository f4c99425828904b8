"""The texts as published, and the codebook."""

from django.apps import AppConfig


class CorpusConfig(AppConfig):
    name = "corpus"
