"""The tamper suite, second part: forgeries by whoever has the station's key, and of what lies beside the chain."""

from collections.abc import Iterator

import pytest

from counter_app.domain.entry import Private
from db.books import Books
from tests.fakes.forger import PAYMENT, Forger, Forgery, Verdict, judging, rewrite, sql, two_stations


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Books]:
    """The played day and a second station's journal."""
    books = two_stations(tmp_path_factory.mktemp("day"))
    yield books
    books.storage.close()


@pytest.fixture
def verdict(books: Books) -> Iterator[Verdict]:
    """What verify says after a forgery, which is undone when the test ends."""
    with judging(books) as judge:
        yield judge


INSIDE: dict[str, tuple[Forgery, int, str]] = {
    "spaces": (rewrite(PAYMENT, b'"actor":"', b'"actor": "'), PAYMENT, "body is not written in the one"),
    "keys unsorted": (
        rewrite(PAYMENT, b'"actor":"maria","approver":null', b'"approver":null,"actor":"maria"'),
        PAYMENT,
        "body is not written in the one",
    ),
    "key twice": (rewrite(PAYMENT, b'"seq":5', b'"seq":5,"seq":5'), PAYMENT, "body is not written in the one"),
    "unknown key": (rewrite(PAYMENT, b'{"actor"', b'{"aaa":1,"actor"'), PAYMENT, "cannot be read"),
    "unknown key of the event": (
        rewrite(PAYMENT, b'"cashier":"maria"', b'"cashier":"maria","cc":1'),
        PAYMENT,
        "event is not written in",
    ),
    "space in the event": (
        rewrite(PAYMENT, b'"cashier":"maria"', b'"cashier": "maria"'),
        PAYMENT,
        "event is not written in",
    ),
    "float": (rewrite(PAYMENT, b'"total_cents":5000', b'"total_cents":5000.0'), PAYMENT, "event"),
    "field missing": (rewrite(PAYMENT, b'"cashier":"maria",', b""), PAYMENT, "event cannot be read"),
    "another seq": (rewrite(PAYMENT, b'"seq":5', b'"seq":6'), PAYMENT, "calls itself A1 entry 6"),
    "another station": (rewrite(PAYMENT, b'"station":"A1"', b'"station":"B2"'), PAYMENT, "calls itself B2"),
    "opened in the middle": (rewrite(2, b'"kind":"SignedIn"', b'"kind":"StationOpened"'), 2, "begins with the opening"),
    "no opening": (rewrite(1, b'"kind":"StationOpened"', b'"kind":"Station"'), 1, "begins with the opening"),
    "no key": (lambda f: f.rewrite(1, f.signer.public.hex().encode(), b"zz"), 1, "names no key"),
    "opening of another station": (
        rewrite(1, b'"site":"City Hall","station":"A1"', b'"site":"City Hall","station":"A7"'),
        1,
        "opens the station A7",
    ),
    "number gap": (rewrite(6, b'"receipt":"A1-000002"', b'"receipt":"A1-000003"'), 6, "follows number 1"),
    "number again": (rewrite(6, b'"receipt":"A1-000002"', b'"receipt":"A1-000001"'), 6, "follows number 1"),
    "number of another station": (
        rewrite(6, b'"receipt":"A1-000002"', b'"receipt":"B2-000002"'),
        6,
        "no receipt number of this station",
    ),
    "number of no form": (
        rewrite(6, b'"receipt":"A1-000002"', b'"receipt":"A1-twotwo"'),
        6,
        "no receipt number of this station",
    ),
    "back in time": (rewrite(PAYMENT, b'"at":"2026-11-23T17', b'"at":"2026-11-23T16'), PAYMENT, "is older than"),
    "time of no day": (rewrite(PAYMENT, b'"at":"2026-11-23T17', b'"at":"2026-13-23T17'), PAYMENT, "time or business"),
    "time with an offset": (
        rewrite(PAYMENT, b'17:15:00.000Z","business', b'17:15:00+01:00","business'),
        PAYMENT,
        "time or business",
    ),
    "business date of no day": (
        rewrite(PAYMENT, b'"business_date":"2026-11-23"', b'"business_date":"2026-11-31"'),
        PAYMENT,
        "time or business",
    ),
    "lines beside the total": (
        rewrite(PAYMENT, b'"total_cents":5000', b'"total_cents":5001'),
        PAYMENT,
        "lines of A1-000001 do not add up",
    ),
    "tenders beside the total": (
        rewrite(PAYMENT, b'"amount_cents":6000', b'"amount_cents":7000'),
        PAYMENT,
        "tenders of A1-000001",
    ),
    "allocation too small": (
        rewrite(PAYMENT, b'"account":"90000001","cents":5000', b'"account":"90000001","cents":4999'),
        PAYMENT,
        "allocations of A1-000001",
    ),
    "ledger out of balance": (
        rewrite(PAYMENT, b'"account":"999-0000-20100","cents":-5000', b'"account":"999-0000-20100","cents":-4000'),
        PAYMENT,
        "does not balance in fund 999",
    ),
}


@pytest.mark.parametrize("name", INSIDE)
def test_whoever_has_the_key_is_found_by_what_the_entries_say(verdict: Verdict, name: str) -> None:
    forge, seq, says = INSIDE[name]
    found = verdict(forge, full=True)
    assert [p for p in found if p.station == "A1" and p.seq == seq and says in p.sentence], found


BESIDE: dict[str, tuple[Forgery, int, str]] = {
    "private value": (sql("UPDATE private SET value = 'Dan' WHERE seq = 3 AND field = 'name'"), 3, "value name is not"),
    "private salt": (sql("UPDATE private SET salt = X'00' WHERE seq = 3 AND field = 'name'"), 3, "value name is not"),
    "private field": (sql("UPDATE private SET field = 'phone' WHERE seq = 3 AND field = 'name'"), 3, "phone is not"),
    "private values exchanged": (
        sql(
            "UPDATE private SET value = CASE field WHEN 'name' THEN '7 Elm Street' ELSE 'Dana Ortiz' END WHERE seq = 3"
        ),
        3,
        "value address is not",
    ),
    "private value of an entry without": (sql("UPDATE private SET seq = 2 WHERE seq = 3"), 2, "value name is not"),
    "private value of no entry": (sql("UPDATE private SET seq = 999 WHERE seq = 3"), 999, "no such entry"),
    "private value a number": (
        sql("UPDATE private SET value = X'00' WHERE seq = 3 AND field = 'name'"),
        3,
        "name is not",
    ),
    "act lost": (sql("DELETE FROM act WHERE station = 'A1' AND seq = 7"), 0, "17 entries and 16 of them"),
    "number given twice": (
        sql("UPDATE given SET value = 1, number = 'A1-000001' WHERE number = 'A1-000002'"),
        6,
        "was given twice",
    ),
    "pieces of the deposit": (sql("UPDATE deposit SET pieces = '{\"100\":1}'"), 15, "pieces of A1-D000001"),
    "sum of the deposit": (sql("UPDATE deposit SET total_cents = 1"), 15, "checks listed for A1-D000001"),
    "check of the deposit": (sql("UPDATE deposit_check SET cents = 1"), 15, "check A1-000002/1 is not of the amount"),
    "check in two deposits": (lambda f: f.again("deposit_check", deposit="x"), 15, "in more than one deposit"),
    "bag used twice": (lambda f: f.again("deposit", deposit="x"), 15, "bag BAG-1 was used twice"),
    "session never opened": (sql("DELETE FROM session"), 5, "session that was not open"),
    "session verified twice": (
        sql("UPDATE session_step SET step = 'verified' WHERE step = 'closed'"),
        14,
        "verified or deposited twice",
    ),
    "session never verified": (
        sql("UPDATE session_step SET step = 'recount' WHERE step = 'verified'"),
        15,
        "not verified before",
    ),
    "drawer verified by its cashier": (
        sql("UPDATE session_step SET actor = 'maria' WHERE step = 'verified'"),
        14,
        "verified by its own cashier",
    ),
    "void of no receipt": (sql("DELETE FROM receipt WHERE number = 'A1-000004'"), 9, "changed and was never taken"),
    "void that pays": (sql("DELETE FROM allocation WHERE seq = 9 AND station = 'A1'"), 9, "voided and still pays"),
    "undone twice": (lambda f: f.again("receipt_step", step="refunded"), 9, "undone twice"),
    "licence without receipt": (sql("UPDATE licence SET number = 'A1-000099'"), 6, "issued without a receipt"),
    "licence of a void": (sql("UPDATE licence SET number = 'A1-000004'"), 9, "still good though"),
    "own second person": (sql("UPDATE act SET approver = actor WHERE station = 'A1' AND seq = 9"), 9, "of their own"),
    "drawer below nothing": (
        sql("UPDATE movement SET cents = 999999 WHERE station = 'A1' AND seq = 12"),
        12,
        "holds less than nothing",
    ),
    "safe below nothing": (
        sql("UPDATE movement SET cents = 999999 WHERE station = 'A1' AND seq = 15"),
        15,
        "safe: undeposited (cash)",
    ),
    "deposit never made": (sql("DELETE FROM deposit"), 16, "was never made"),
    "copy again": (lambda f: f.again("copy"), 11, "copies of A1-000001"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_lies_beside_the_chain_is_proved_in_full(verdict: Verdict, name: str) -> None:
    forge, seq, says = BESIDE[name]
    found = verdict(forge, full=True)
    assert [p for p in found if p.station == "A1" and p.seq == seq and says in p.sentence], found


def test_purged_private_values_leave_the_proof_whole(verdict: Verdict) -> None:
    assert verdict(lambda forger: forger.sql("DELETE FROM private"), full=True) == ()


def test_an_event_of_a_later_version_is_kept_and_proved(verdict: Verdict) -> None:
    def newer(forger: Forger) -> None:
        forger.rewrite(10, b'"kind":"NoSale"', b'"kind":"DrawerKicked"')
        forger.sql("UPDATE act SET kind = 'DrawerKicked' WHERE station = 'A1' AND seq = 10")

    assert verdict(newer, full=True) == ()


def test_a_float_in_an_event_of_a_later_version_is_found(verdict: Verdict) -> None:
    def newer(forger: Forger) -> None:
        forger.replace(10, b'"kind":"NoSale"', b'"kind":"DrawerKicked"')
        forger.rewrite(10, b'"drawer":"D1"', b'"drawer":1.5')

    assert any(p.seq == 10 and "event cannot be read" in p.sentence for p in verdict(newer, full=True))


def test_a_private_value_of_a_foreign_station_is_proved_too(verdict: Verdict) -> None:
    forge = "UPDATE private SET value = 'Joe' WHERE station = 'B2' AND field = 'name'"
    assert [(p.station, p.seq) for p in verdict(lambda f: f.sql(forge), full=True)] == [("B2", 2)]


def test_the_digest_of_a_private_value_hangs_on_its_salt() -> None:
    assert Private("name", b"a", "Dana").digest != Private("name", b"b", "Dana").digest
