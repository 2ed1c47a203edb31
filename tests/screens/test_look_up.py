"""What the one box finds is called as the city calls it, in either language."""

from counter_app.domain.language import language
from counter_app.screens.look_up import LookUp
from tests.fakes.counter import Counter, cash, dog, open_d1, pay


def test_a_license_is_found_under_the_citys_word_for_it(counter: Counter) -> None:
    open_d1(counter)
    pay(counter, [dog()], [cash(1_300)])
    [hit] = LookUp(counter.station).find("A1-L000001")
    assert hit.title == "Dog license A1-L000001"
    assert language("es").of(hit.title) == "Licencia de perro A1-L000001"
    assert "vence el 23 nov 2028" in language("es").of(hit.detail)
