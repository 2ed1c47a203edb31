"""What the office papers say, gathered from the books: deposit slip, licence certificate, daily cash receipts
report."""

from collections.abc import Sequence
from datetime import date

import msgspec

from counter_app.domain.clock import from_text, local_date
from counter_app.domain.days import parse_day, us_date
from counter_app.domain.details import Details, Field, Kind
from counter_app.domain.drawer import Session
from counter_app.domain.entry import checkpoint_bytes, checkpoint_text
from counter_app.domain.events import DepositCheck
from counter_app.domain.licence import state_in_words
from counter_app.domain.money import usd
from counter_app.domain.paper import (
    DailyAmount,
    DailyDeposit,
    DailyException,
    DailyPaper,
    DailySession,
    HeldCheck,
    LicencePaper,
    SlipCheck,
    SlipPaper,
    SlipSession,
)
from counter_app.domain.refused import Refused
from counter_app.domain.said import say
from counter_app.services.receipt_paper import PRACTICES, customers_language, named
from counter_app.services.station import Station
from db.books import Connection, head_of
from db.queries import daily, deposits, drawers, entries, licences, receipts

_TENDERS = {"cash": "Cash", "check": "Checks", "money_order": "Money orders", "card": "Cards"}
_EXCEPTIONS = {
    "ReceiptVoided": "Void",
    "VoidAsked": "Void asked for",
    "VoidRejected": "Void rejected",
    "ReceiptRefunded": "Refund",
    "TenderCorrected": "Tender corrected",
    "PaymentMoved": "Payment moved",
    "UnappliedCleared": "Suspense cleared",
    "NoSale": "No sale",
    "ReceiptCopied": "Copy",
    "SaleAbandoned": "Abandoned",
}
_STATE_ACCOUNTS = ("101-0000-21510", "101-0000-21511", "101-0000-21520", "101-0000-21530")


def slip_paper(station: Station, connection: Connection, number: str) -> SlipPaper:
    """The slip of a deposit."""
    found = deposits.deposit(connection, number)
    if found is None:
        raise Refused(say("There is no deposit {number}.", number=number[:20]))
    city = station.reference(connection).city
    bank = city.bank(found.bank)
    sessions = [session for name in found.sessions if (session := drawers.session(connection, name))]
    held = daily.held(connection, number)
    return SlipPaper(
        city=station.city_name,
        site=station.site,
        bank=bank.name if bank else found.bank,
        account=f"•••• {bank.last4}" if bank else found.bank,
        deposit=found.deposit,
        made=from_text(found.custody[0].at).astimezone(city.tz),
        sessions=tuple(_slip_session(station, connection, session, found.checks) for session in sessions),
        pieces=found.pieces,
        checks=tuple(
            SlipCheck(
                receipt=check.number,
                number=check.reference,
                amount_cents=check.cents,
                kind="money_order" if check.kind == "money_order" else "check",
            )
            for check in found.checks
        ),
        held=tuple(HeldCheck(receipt=h[0], number=h[1], amount_cents=h[2], reason=h[3] or "") for h in held),
        bag=found.bag,
        prepared_by=named(station, connection, found.prepared_by),
        verified_by=", ".join(
            dict.fromkeys(named(station, connection, daily.counted(connection, name)[1]) for name in found.sessions)
        ),
        practice=PRACTICES[station.purpose],
        seq=found.seq,
        mark=entries.mark(connection, found.deposit.partition("-")[0], found.seq),
        checkpoint=_checkpoint(station, connection, found.deposit.partition("-")[0], found.seq),
    )


def _slip_session(
    station: Station, connection: Connection, session: Session, checks: tuple[DepositCheck, ...]
) -> SlipSession:
    mine = {check.number for check in drawers.recorded_checks(connection, session.session)}
    going = [check for check in checks if check.number in mine]
    _, verifier, _ = daily.counted(connection, session.session)
    return SlipSession(
        session=session.session,
        business_date=date.fromisoformat(session.business_date),
        drawer=session.drawer,
        cashier=named(station, connection, session.cashier),
        verified_by=named(station, connection, verifier),
        net_cash_cents=daily.cash_taken(connection, session.session),
        over_short_cents=session.over_short_cents or 0,
        checks_cents=sum(check.cents for check in going),
        check_count=len(going),
    )


def licence_paper(station: Station, connection: Connection, number: str) -> LicencePaper:
    """The certificate of a licence."""
    reference = station.reference(connection)
    today = local_date(station.clock.now(), reference.city.tz)
    found = licences.licence(connection, number, today)
    if found is None:
        raise Refused(say("There is no license {number}.", number=number[:20]))
    receipt = receipts.receipt(connection, found.number)
    assert receipt is not None, "a licence without its receipt"
    line = next((line for line in receipt.lines if line.licence == number), None)
    details = msgspec.json.decode(found.details or "{}", type=dict[str, str | int | bool])
    asked = reference.fees.fee(found.fee, date.fromisoformat(found.issued)).asks
    return LicencePaper(
        city=station.city_name,
        site=station.site,
        title=reference.fees.word(found.type),
        licence=number,
        holder=found.name or found.holder,
        issued=date.fromisoformat(found.issued),
        expires=date.fromisoformat(found.expires) if found.expires else None,
        fee_cents=line.amount_cents if line else 0,
        receipt=found.number,
        details=_facts(asked, details),
        state="" if found.state == "active" else state_in_words(found.state),
        issued_by=named(station, connection, receipt.cashier),
        practice=PRACTICES[station.purpose],
        language=customers_language(connection, receipt),
        seq=receipt.seq,
        mark=entries.mark(connection, number.partition("-")[0], receipt.seq),
    )


def _facts(asked: Sequence[Field], details: Details) -> tuple[tuple[str, str], ...]:
    """What was asked and answered; the license that was renewed is the certificate's own number."""
    by_key = {field.key: field for field in asked}
    return tuple(
        (by_key[key].label, _in_words(value, by_key[key].kind)) if key in by_key else (key, str(value))
        for key, value in details.items()
        if key != "licence"
    )


def _in_words(value: str | int | bool, kind: Kind) -> str:
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    if kind == "cents":
        return usd(int(value))
    shown = parse_day(str(value)) if kind == "day" else None
    return us_date(shown) if shown else str(value)


def daily_paper(station: Station, connection: Connection, day: date) -> DailyPaper:
    """The report of a business date at this station."""
    iso, head = day.isoformat(), head_of(connection, station.name)
    numbers = [number for number, _ in daily.receipt_numbers(connection, station.name, iso)]
    tenders = daily.tenders(connection, iso)
    by_account = daily.ledger(connection, iso)
    state_money = sum(row[3] for row in by_account if row[0] in _STATE_ACCOUNTS)
    return DailyPaper(
        city=station.city_name,
        site=station.site,
        station=station.name,
        business_date=day,
        printed=station.clock.now().astimezone(station.reference(connection).city.tz),
        first_receipt=numbers[0] if numbers else "",
        last_receipt=numbers[-1] if numbers else "",
        receipts=len(numbers),
        gaps=_gaps(numbers),
        tenders=tuple(DailyAmount(name=_TENDERS[kind], count=n, amount_cents=cents) for kind, n, cents in tenders),
        fees=tuple(
            DailyAmount(code=fee, name=name, count=n, amount_cents=cents)
            for fee, name, n, cents in daily.fees(connection, iso)
        ),
        accounts=tuple(
            DailyAmount(code=account, name=f"Fund {fund}", count=n, amount_cents=cents)
            for account, fund, n, cents in by_account
        ),
        exceptions=tuple(_exception(station, connection, row) for row in daily.exceptions(connection, iso)),
        sessions=tuple(_daily_session(station, connection, session) for session in drawers.of_date(connection, iso)),
        deposits=tuple(_daily_deposit(connection, number) for number in daily.deposits(connection, iso)),
        total_cents=sum(cents for _, _, cents in tenders),
        state_money_cents=state_money,
        practice=PRACTICES[station.purpose],
        seq=head.seq,
        mark=entries.mark(connection, station.name, head.seq),
        checkpoint=_checkpoint(station, connection, station.name, head.seq),
    )


def _checkpoint(station: Station, connection: Connection, of: str, seq: int) -> str:
    """An entry of this station's own journal, signed as a checkpoint; "" for another's, which it cannot vouch for."""
    if of != station.name:
        return ""
    hash_ = entries.hash_of(connection, of, seq)
    return checkpoint_text(of, seq, hash_, station.books.signer.sign(checkpoint_bytes(of, seq, hash_)))


def _gaps(numbers: list[str]) -> tuple[str, ...]:
    """Numbers that are missing between the first and the last."""
    if not numbers:
        return ()
    stem = numbers[0].rpartition("-")[0]
    given = {int(number.rpartition("-")[2]) for number in numbers}
    return tuple(f"{stem}-{n:06d}" for n in range(min(given), max(given)) if n not in given)


def _exception(
    station: Station,
    connection: Connection,
    row: tuple[str, str | None, str, str, str | None, str | None, int, int],
) -> DailyException:
    kind, number, at, actor, approver, reason, cents, _ = row
    return DailyException(
        kind=_EXCEPTIONS[kind],
        number=number or "",
        at=from_text(at).astimezone(station.reference(connection).city.tz),
        by=named(station, connection, actor),
        approver=named(station, connection, approver) if approver else "",
        reason=reason or "",
        amount_cents=cents,
    )


def _daily_session(station: Station, connection: Connection, session: Session) -> DailySession:
    counted, verifier, explanation = daily.counted(connection, session.session)
    till = drawers.till(connection, session.session)
    numbers = drawers.receipt_span(connection, session.session)
    return DailySession(
        session=session.session,
        drawer=session.drawer,
        cashier=named(station, connection, session.cashier),
        state=session.state.value,
        float_cents=session.float_cents,
        net_cash_cents=daily.cash_taken(connection, session.session),
        drops_cents=till.dropped_cents,
        brought_cents=till.brought_cents,
        counted_cents=counted,
        over_short_cents=session.over_short_cents,
        first_receipt=numbers[0] or "",
        last_receipt=numbers[1] or "",
        receipts=numbers[2],
        verified_by=named(station, connection, verifier),
        explanation=explanation,
    )


def _daily_deposit(connection: Connection, number: str) -> DailyDeposit:
    found = deposits.deposit(connection, number)
    assert found is not None, "a deposit of a session that is not there"
    return DailyDeposit(
        deposit=found.deposit,
        bag=found.bag,
        bank=found.bank,
        state=found.state,
        cash_cents=found.cash_cents,
        checks_cents=found.checks_cents,
        check_count=len(found.checks),
    )
