"""What the right half of the counter says to ears: the box keeps the focus, so nobody is read what lies beside it."""

from counter_app.domain.said import together
from counter_app.screens.views import (
    Approval,
    Change,
    Context,
    CountView,
    FieldView,
    FormView,
    ItemView,
    QuietView,
    ResultsView,
    Row,
    TenderView,
)
from ui.widgets.form_panel import NEEDS
from ui.widgets.rows import in_one_breath


def parts_aloud(view: Context) -> tuple[str, ...]:
    """The parts of a view in the order of reading; whoever says them leaves out what was just said.

    A payment done and an approval say themselves.
    """
    match view:
        case QuietView():
            return (view.words,)
        case ResultsView():
            return (view.title, _marked(view.rows, view.marked) or view.empty, view.hint if view.rows else "")
        case ItemView():
            facts = (together((name, value), ": ") for name, value in view.facts)
            return (view.title, *facts, _marked(view.rows, view.marked), view.hint)
        case FormView():
            return (view.title, _field(view.fields[view.at]) if view.fields else "", view.hint)
        case TenderView():
            return (*map(in_one_breath, view.tenders[-1:]), view.hint)
        case CountView():
            return (view.title, view.hint)
        case Change() | Approval():
            return ()


def _marked(rows: tuple[Row, ...], at: int) -> str:
    return in_one_breath(rows[at]) if 0 <= at < len(rows) else ""


def _field(field: FieldView) -> str:
    return together((field.label, NEEDS.get(field.need, field.need), field.value, field.hint, field.wrong), ", ")
