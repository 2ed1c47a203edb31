"""Coming to the station and leaving it: passwords and PINs are checked, and both what worked and what failed is journalled."""

from counter_app.domain.entry import Sealing
from counter_app.domain.events import Locked, SignedIn, SignInFailed
from counter_app.domain.refused import Refused
from counter_app.domain.rights import Person
from counter_app.services.station import Station
from db import keys, reference


def check_password(station: Station, person: str, secret: str) -> Person | None:
    """The person when `secret` is the password or the PIN, else None; writes nothing."""
    with station.books.read() as connection:
        known = {c.person.person: c for c in reference.credentials(connection)}
    found = known.get(person)
    if found is None:
        return None
    hash_ = found.pin_hash if secret.isdecimal() and len(secret) <= 8 else found.password_hash
    return found.person if keys.is_password(hash_, secret) else None


def sign_in(station: Station, person: str, secret: str) -> Person:
    """Sign in by password or PIN; raises Refused, the same words for a wrong name and a wrong secret."""
    found = check_password(station, person.strip().lower(), secret)
    with station.books.write(found.person if found else "nobody") as unit:
        if found is None:
            sealing = Sealing()
            unit.record(SignInFailed(person=sealing.need("person", person.strip()[:60] or "-")), sealing=sealing)
        else:
            unit.record(SignedIn(person=found.person))
    if found is None:
        raise Refused("The name or the password is wrong.")
    return found


def lock(station: Station, person: Person) -> None:
    """The window was locked."""
    with station.books.write(person.person) as unit:
        unit.record(Locked(person=person.person))
