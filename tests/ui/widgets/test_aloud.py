"""What lies beside the box is said in the order of reading, and only what is new of it."""

from counter_app.screens.views import Change, FieldView, FormView, ItemView, QuietView, ResultsView, Row, TenderView
from ui.widgets.aloud import parts_aloud

VEGA, LUND = Row("Amanda Vega", "", "126 School Street"), Row("Vera Lund", "$0.00", "3 Elm Street")


def test_results_are_said_with_the_marked_row_alone() -> None:
    found = ResultsView("2 found", (VEGA, LUND), hint="Enter takes it.", marked=1)
    assert parts_aloud(found) == ("2 found", "Vera Lund, $0.00, 3 Elm Street", "Enter takes it.")
    assert parts_aloud(ResultsView("0 found", empty="Nothing found.")) == ("0 found", "Nothing found.", "")


def test_one_thing_is_said_with_its_facts() -> None:
    account = ItemView("90000001", (("Address", "3 Elm Street"),), rows=(VEGA,), hint="Enter adds it.")
    assert parts_aloud(account) == (
        "90000001", "Address: 3 Elm Street", "Amanda Vega, 126 School Street", "Enter adds it.",
    )  # fmt: skip


def test_a_form_says_the_field_that_the_box_fills() -> None:
    form = FormView("Dog", (FieldView("Name"), FieldView("Rabies until", "1/1", "must", "Like 112326.", "Too old.")), 1)
    assert parts_aloud(form)[1] == "Rabies until, needed, 1/1, Like 112326., Too old."


def test_a_payment_says_what_was_handed_over_last_and_how_it_goes_on() -> None:
    paid = TenderView("$1.00", tenders=(Row("Cash", "$5.00"), Row("Check 1042", "$4.00")), hint="F9 finishes.")
    assert parts_aloud(paid) == ("Check 1042, $4.00", "F9 finishes.")


def test_what_says_itself_is_not_said_again() -> None:
    assert parts_aloud(Change("$4.00")) == ()
    assert parts_aloud(QuietView("Ready.")) == ("Ready.",)
