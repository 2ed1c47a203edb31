"""Every control of every page has a name and a role, and keys are told."""

from ui.names import control_names


def test_every_control_is_told_with_its_page() -> None:
    found = control_names()
    pages = {control["page"] for control in found}
    assert pages == {
        "sign in", "counter", "drawer", "drawers", "deposits", "register", "accounts", "settings", "people", "speed",
        "commands", "window",
    }  # fmt: skip
    assert not [control for control in found if not control["name"] or control["role"] in ("", "NoRole")]
    keys = {(control["page"], control["name"]): control["key"] for control in found}
    assert keys["counter", "Counter box"] == "F2"
    assert keys["counter", "Finish"] == "F9"
    assert keys["drawer", "Open the drawer"] == "Enter"
    assert keys["deposits", "Make up the deposit"] == "F9"
    assert keys["drawers", "Verified"] == "F9"
