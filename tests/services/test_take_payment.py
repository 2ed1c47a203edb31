"""Taking a payment, as money.md and the cashier expect it."""

from tests.fakes.counter import *
def test_x(drawer: Counter) -> None:
    paid = pay(drawer, [water(WATER), dog()], [cash(5_000), check(8_300)])
    print(paid)
    drawer.prove()
