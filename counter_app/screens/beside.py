"""What a cashier does beside the lines of a ticket: payer, park, abandon, the last receipt, no sale, a drop."""

from counter_app.domain.count import total
from counter_app.domain.money import usd
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Right
from counter_app.domain.said import say
from counter_app.screens.approval import Asking, Second, shown_reason
from counter_app.screens.find import Found, Who
from counter_app.screens.found import pay_account
from counter_app.screens.last_receipt import open_receipt
from counter_app.screens.panel import Choice, Front, Panel
from counter_app.screens.place import bring_back
from counter_app.screens.ticket import Parked
from counter_app.screens.views import CountView, Row, Tone
from counter_app.services.move_cash import DropCash, NoSale
from counter_app.services.small_acts import AbandonSale
from counter_app.services.take_payment import Payer

ABANDON_REASONS = (
    say("Customer left"),
    say("Customer will come back"),
    say("Wrong ticket"),
    say("Could not pay"),
    say("Only a question"),
)
NO_SALE_REASONS = (say("Make change"), say("Put money right"), say("Count a drop"), say("Test the drawer"))


def abandon(front: Front) -> None:
    """Leave the ticket with a reason; what was handed over goes back."""
    sale = front.sale
    if sale.ticket.is_empty:
        raise Refused(say("There is no ticket to abandon."))
    if not sale.ticket.lines:
        sale.clear()
        front.quiet()
        return
    given = sale.given_cents

    def leave(reason: str, _approver: str | None) -> None:
        front.perform(AbandonSale(by=front.person.person, lines=sale.ticket.lines, reason=reason, draft=sale.draft))
        sale.clear()
        front.quiet()
        if given:
            front.say(say("Abandoned. Hand back {amount}.", amount=usd(given)), Tone.WARN)
        else:
            front.say(say("Abandoned."))

    front.show(Asking(front, say("Abandon this ticket"), usd(sale.total_cents), ABANDON_REASONS, leave))


def add_balances(front: Front, *, every: bool) -> None:
    """The next balance of the same customer, or all of them."""
    number = front.sale.customer
    customer = front.look.customer(number) if number else None
    if customer is None:
        raise Refused(say("Find the customer first."))
    on_ticket = {line.account for line in front.sale.ticket.lines}
    owing = [
        number
        for number in customer.accounts
        if number not in on_ticket and (account := front.look.account(number)) and account.balance_cents > 0
    ]
    if not owing:
        raise Refused(say("{name} owes nothing more.", name=customer.name))
    for account_number in owing if every else owing[:1]:
        pay_account(front, account_number)


def ask_payer(front: Front) -> None:
    """Who stands here, found or by name alone."""

    def chosen(found: Found) -> None:
        if found.kind == "new":
            front.sale.pay_as(Payer(name=found.key))
        else:
            number = found.key
            account = front.look.account(number) if found.kind == "account" else None
            customer = front.look.customer(account.customer if account else number)
            if customer is None:
                raise Refused(say("There is no customer {number}.", number=number))
            front.sale.pay_as(Payer(customer=customer.customer, name=customer.name))
        front.quiet()

    front.show(Who(front, say("Who is paying?"), chosen, name_only=True))


def park(front: Front) -> None:
    """Put the ticket aside for the next customer."""
    parked = front.sale.park()
    front.quiet(say("Ready for a scan."))
    name = parked.name or say("a ticket")
    front.say(say("Parked: {name}, {amount}. F5 recalls it.", name=name, amount=usd(parked.total_cents)))


def recall(front: Front) -> None:
    """Take a parked ticket up again."""
    parked = front.sale.parked
    if not parked:
        raise Refused(say("No ticket is parked."))
    if not front.sale.ticket.is_empty:
        raise Refused(say("Park or finish this ticket first (F4 parks it)."))

    def take(place: int) -> None:
        front.watch.spoil()
        changed = bring_back(front.sale, front.sale.recall(place, front.person.person), front.person.person)
        front.quiet()
        if changed:
            front.say(changed, Tone.WARN)

    if len(parked) == 1:
        take(0)
        return
    rows = tuple(_parked_row(front, p, str(n)) for n, p in enumerate(parked, 1))
    front.show(Choice(say("Which ticket?"), rows, take))


def _parked_row(front: Front, parked: Parked, key: str) -> Row:
    by = say("parked by {name}", name=front.look.name_of(parked.owner))
    return Row(parked.name or say("A ticket"), usd(parked.total_cents), by, key=key)


def last_receipt(front: Front) -> None:
    """The newest receipt of the own drawer."""
    for session in front.look.own_sessions(front.person.person):
        receipt = front.look.last_receipt(session.session)
        if receipt is not None:
            open_receipt(front, receipt)
            return
    raise Refused(say("There is no receipt yet in a drawer of yours; type or scan a receipt's number."))


def ask_no_sale(front: Front) -> None:
    """Open the drawer with a reason."""

    def opened(reason: str, _approver: str | None) -> None:
        front.perform(NoSale(by=front.person.person, reason=reason))
        front.quiet()
        shown = shown_reason(reason, NO_SALE_REASONS)
        front.say(say("The drawer is open. Reason: {reason}.", reason=shown), Tone.GOOD)

    front.show(Asking(front, say("Open the drawer, no sale"), "", NO_SALE_REASONS, opened))


def ask_drop(front: Front) -> None:
    """Count what goes to the safe."""
    session = front.look.open_session(front.person.person)
    if session is None:
        raise Refused(say("{name} has no open drawer; open one first.", name=front.person.name))
    front.show(Dropping(front, session.drawer))


class Dropping(Panel):
    """A drop: the pieces are counted, then the receiver signs for them."""

    asks_box = say("The count of the drop")

    def __init__(self, front: Front, drawer: str) -> None:
        self._front, self._drawer = front, drawer

    def view(self) -> CountView:
        """The grid."""
        title = say("Drop from drawer {drawer}", drawer=self._drawer)
        return CountView(title, say("Count what goes to the safe."), asks_bag=True)

    def counted(self, count: dict[str, int], bag: str) -> None:
        """The receiver counts too and signs."""
        cents = total(count)
        if not cents:
            raise Refused(say("There is nothing counted."))

        def drop(_reason: str, approver: str | None) -> None:
            act = DropCash(
                by=self._front.person.person,
                approver=approver,
                drawer=self._drawer,
                count=count,
                bag=bag.strip() or None,
            )
            done = self._front.perform(act)
            self._front.quiet()
            words = say("Drop {drop} of {amount} is in the safe.", drop=done.drop, amount=usd(cents))
            self._front.say(words, Tone.GOOD)

        what = say("Drop from drawer {drawer}: who receives it?", drawer=self._drawer)
        self._front.show(Asking(self._front, what, usd(cents), (), drop, Second(Right.APPROVE)))
