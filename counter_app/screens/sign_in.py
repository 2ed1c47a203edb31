"""Signing in, locking and unlocking: who, and a password or PIN; first thing in the morning and after a lock."""

from counter_app.domain.badge import begins_badge
from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Person
from counter_app.domain.said import Said, say
from counter_app.screens.views import SignInView
from counter_app.services import sign_in
from counter_app.services.station import Station


class SignIn:
    """`hint` is what a demo tells everybody: its people and what they sign in with."""

    def __init__(self, station: Station, hint: str = "") -> None:
        self._station, self._hint = station, hint
        self._typed = self._complaint = ""
        self._locked: Person | None = None

    @property
    def view(self) -> SignInView:
        """The page."""
        return SignInView(
            city=self._station.city_name,
            site=f"{self._station.site} · {self._station.name}",
            hint=self._hint,
            person=self._locked.person if self._locked and not self._typed else self._typed,
            locked=_locked(self._locked.name) if self._locked else "",
            complaint=self._complaint,
        )

    def sign(self, person: str, secret: str) -> Person | None:
        """The person, or None and a complaint; both are journalled."""
        self._typed, self._complaint = "" if begins_badge(person) else person.strip(), ""
        if not person.strip():
            self._complaint = say("Type your name first.")
            return None
        if not secret and not begins_badge(person):
            self._complaint = say("Type your PIN.")
            return None
        try:
            found = sign_in.sign_in(self._station, person, secret)
        except (Refused, StationFault) as no:
            self._complaint = str(no)
            return None
        self._typed, self._locked = "", None
        return found

    def lock(self, person: Person) -> None:
        """Lock the window for somebody who comes back; journalled."""
        sign_in.lock(self._station, person.person)
        self._locked, self._typed, self._complaint = person, "", ""

    def leave(self) -> None:
        """The person went home: the next one signs in to an empty page."""
        self._locked, self._typed, self._complaint = None, "", ""


def _locked(name: str) -> Said:
    return say(
        "Locked by {name}.\n{name}: type your PIN, then Enter.\nSomebody else: F12, then name and PIN, or a badge.",
        name=name,
    )
