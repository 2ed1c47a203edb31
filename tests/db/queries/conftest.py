"""The same counter that services are tested at."""

from tests.services.conftest import counter, drawer

__all__ = ["counter", "drawer"]
