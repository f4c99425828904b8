"""What requests need, as for the tests of pages."""

from tests.compare.conftest import prepared

__all__ = ["prepared"]
