"""What requests need, as for the tests of pages."""

from tests.compare.conftest import in_english, prepared

__all__ = ["in_english", "prepared"]
