"""What makes a piece of paper a check that this counter takes: number, routing digit and date."""

import re
from datetime import date

from counter_app.domain.days import add_months, us_date
from counter_app.domain.refused import Refused
from counter_app.domain.said import say

STALE_MONTHS = 6
"""California Commercial Code 4404: a bank need not pay a check presented more than six months after its date."""

_ROUTING_WEIGHTS = (3, 7, 1, 3, 7, 1, 3, 7, 1)


def refuse_bad_check(
    *, number: str, business_date: date, routing: str | None = None, last4: str | None = None, dated: date | None = None
) -> None:
    """Raises Refused, in words for the cashier, for what is no valid check; `dated` None is a check of today.

    `last4` are the last digits of the payor's account; the account itself is never taken.
    """
    if not re.fullmatch(r"[0-9]{1,12}", number):
        raise Refused(say("A check number is 1 to 12 digits, as printed in the corner of the check."))
    if last4 is not None and not re.fullmatch(r"[0-9]{4}", last4):
        raise Refused(say("Check {number}: give the last 4 digits of the account, and no more.", number=number))
    if routing is not None and not is_routing(routing):
        raise Refused(
            say("Check {number}: the routing number is not right. Compare its 9 digits with the check.", number=number)
        )
    if dated is not None:
        _refuse_bad_date(number, dated, business_date)


def is_routing(routing: str) -> bool:
    """Nine digits of an American bank whose weighted sum (3-7-1, American Bankers Association) ends in 0."""
    if not re.fullmatch(r"[0-9]{9}", routing) or routing == "000000000":
        return False
    return sum(int(digit) * weight for digit, weight in zip(routing, _ROUTING_WEIGHTS, strict=True)) % 10 == 0


def is_stale(dated: date, on: date) -> bool:
    """Whether a check of that date is older than six calendar months (Commercial Code 4404)."""
    return add_months(dated, STALE_MONTHS) < on


def _refuse_bad_date(number: str, dated: date, business_date: date) -> None:
    """Commercial Code 4404 for the old check; 3113 and 4401(c) for one that is not payable before its date."""
    if dated > business_date:
        raise Refused(
            say(
                "Check {number} is dated {dated}, later than today. It cannot be taken before its date.",
                number=number,
                dated=us_date(dated),
            )
        )
    if is_stale(dated, business_date):
        raise Refused(
            say(
                "Check {number} is dated {dated}, over six months ago. The bank need not pay it.",
                number=number,
                dated=us_date(dated),
            )
        )
