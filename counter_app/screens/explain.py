"""Why a line costs what it does: the fee with its arithmetic, in the cashier's language and in two at once."""

from counter_app.domain.language import language
from counter_app.domain.said import Said, say, together
from counter_app.domain.sale import PricedLine


def explained(line: PricedLine) -> Said:
    """The fee, how its amount is worked out, and which bills it pays."""
    price = say("{fee} ({code}): {formula}.", fee=line.fee.name, code=line.fee.code, formula=line.formula)
    return together((price, say("It pays: {what}.", what=line.pays) if line.pays else ""))


def in_both(said: Said) -> Said:
    """The same in English and in Spanish, one above the other, whatever the window's language is."""
    return together((said.english, language("es").of(said)), "\n")
