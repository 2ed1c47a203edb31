"""A PIN of one's own: the one of now, the new one twice; asked for after somebody else made the first."""

from counter_app.domain.refused import Refused, StationFault
from counter_app.domain.rights import Person
from counter_app.domain.said import say
from counter_app.screens.views import Message, Tone
from counter_app.services.acts import perform
from counter_app.services.people import ChangePin
from counter_app.services.sign_in import has_given_pin
from counter_app.services.station import Station


class OwnPin:
    """`message` says what came of the last try."""

    def __init__(self, station: Station, person: Person) -> None:
        self._station, self._person = station, person
        self.message = Message()

    @property
    def why(self) -> str:
        """Why the page is there."""
        if has_given_pin(self._station, self._person.person):
            return say("Somebody else made your PIN and saw it. Take one that only you know.")
        return say("Take another PIN; the old one stops at once.")

    def take(self, secret: str, pin: str, again: str) -> bool:
        """Whether the new PIN is in force."""
        try:
            if pin != again:
                raise Refused(say("The two new PINs differ; type them again."))
            perform(self._station, ChangePin(by=self._person.person, secret=secret, pin=pin))
        except (Refused, StationFault) as no:
            self.message = Message(str(no), Tone.BAD)
            return False
        self.message = Message(say("Your new PIN is in force."), Tone.GOOD)
        return True
