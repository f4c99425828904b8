"""Reads a passage of a submission and suggests the positions it takes, each with its cue.

Pure: a codebook and a passage go in, suggestions come out; nothing is stored.
"""

from submissions.coding.engine import Coder
from submissions.coding.model import Codes, Coding, Cue, Suggestion, Unit

__all__ = ["Coder", "Codes", "Coding", "Cue", "Suggestion", "Unit"]
