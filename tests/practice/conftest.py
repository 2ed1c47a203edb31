"""The same counter that services are tested at."""

from tests.services.conftest import city, counter, drawer

__all__ = ["city", "counter", "drawer"]
