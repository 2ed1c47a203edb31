"""What was sold is found at the next pump of the work beside the window."""

from counter_app.bootstrap import centre_of
from counter_app.devices.attach import printer_at
from counter_app.services.background import Background
from db.queries import search
from tests.fakes.counter import Counter, cash, dog, pay


def found(counter: Counter, text: str) -> list[str]:
    with counter.station.books.read() as connection:
        return [hit.key for hit in search.find(connection, text)]


def test_a_licence_is_found_after_the_next_pump(drawer: Counter) -> None:
    station = drawer.station
    beside = Background(station, printer_at("screen"), centre_of(station), lambda: None, lambda _: None)
    paid = pay(drawer, [dog(name="Zottel")], [cash(20_000)])
    beside.pump()
    assert found(drawer, "zottel") == paid["licences"]
    beside.stop()
