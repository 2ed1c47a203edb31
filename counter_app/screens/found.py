"""What becomes of a result: an account is paid, a person's accounts are offered, a receipt opens, a fee is sold."""

from counter_app.domain.customer import Customer
from counter_app.domain.licence import state_in_words
from counter_app.domain.money import usd
from counter_app.domain.refused import Refused
from counter_app.domain.said import say, together
from counter_app.domain.sale import LineAsked
from counter_app.screens.find import Found
from counter_app.screens.last_receipt import open_receipt
from counter_app.screens.panel import Choice, Front
from counter_app.screens.us_words import long_day
from counter_app.screens.views import Row


def take_found(front: Front, found: Found) -> None:
    """Act on one result."""
    match found.kind:
        case "account":
            pay_account(front, found.key)
        case "customer":
            _open_customer(front, found.key)
        case "receipt":
            receipt = front.look.receipt(found.key)
            if receipt is not None:
                open_receipt(front, receipt)
        case "licence":
            _open_licence(front, found.key)
        case _:
            front.begin(LineAsked(fee=found.key), front.look.fees().fee(found.key, front.look.today()))


def pay_account(front: Front, number: str) -> None:
    """A line that pays the account's balance, or asks an amount where nothing is owed."""
    fees = front.look.fees().offered(front.look.today())
    fee = next((fee for fee in fees if fee.needs_account), None)
    if fee is None:
        raise Refused(say("No fee of the schedule takes money for an account."))
    front.begin(LineAsked(fee=fee.code, account=number), fee)


def _open_customer(front: Front, number: str) -> None:
    customer = front.look.customer(number)
    if customer is None:
        raise Refused(say("There is no customer {number}.", number=number))
    front.sale.presumed = number
    rows = _account_rows(front, customer)
    facts = tuple(pair for pair in ((say("Address"), customer.address), (say("Phone"), customer.phone)) if pair[1])

    def pay(place: int) -> None:
        pay_account(front, rows[place].key)

    take = say("Enter adds the marked one; + the next balance, ++ all.")
    hint = take if rows else say("Type what they want.")
    front.show(Choice(customer.name, rows, pay, facts, hint=hint))


def _account_rows(front: Front, customer: Customer) -> tuple[Row, ...]:
    rows = []
    for number in customer.accounts:
        account = front.look.account(number)
        if account is not None:
            owed = account.balance_cents
            note = (
                say("Past due since {day}.", day=long_day(account.items[0].due))
                if owed > 0 and _is_late(front, account.items[0].due)
                else ""
            )
            rows.append(Row(account.service_address, usd(owed), number, note, icon="account", key=number))
    return tuple(rows)


def _is_late(front: Front, due: str) -> bool:
    return bool(due) and due < front.look.today().isoformat()


def _open_licence(front: Front, number: str) -> None:
    found = front.look.licence(number)
    if found is None:
        raise Refused(say("There is no license {number}.", number=number))
    holder = front.look.customer(found.holder)
    facts = (
        (say("Type"), front.look.word(found.type)),
        (say("Holder"), holder.name if holder else found.holder),
        (say("State"), state_in_words(found.state)),
        (say("Good until"), long_day(found.expires or "") or say("no last day")),
        (say("Receipt"), found.number),
    )
    fee = next((f for f in front.look.fees().offered(front.look.today()) if f.code == found.fee), None)
    rows = (
        (Row(say("Renew"), "", together((fee.code, fee.name), " · "), key="R"),)
        if fee and fee.licence and fee.licence.renewable
        else ()
    )

    def renew(_place: int) -> None:
        assert fee is not None
        customer = found.holder if holder else None
        front.begin(LineAsked(fee=fee.code, customer=customer, details={"licence": number}), fee)

    front.show(Choice(say("License {number}", number=number), rows, renew, facts))
