"""Makes what the city published the version in force at this station: by an entry, like a file loaded here."""

from datetime import datetime

import msgspec

from counter_app.domain.city import read_city
from counter_app.domain.refused import Refused, StationFault, WrongAct
from counter_app.domain.said import Said, say
from counter_app.services.load_accounts import bring_in
from counter_app.services.reference_versions import record_staff, record_text
from counter_app.services.station import Station
from db import reference_published as published
from db.queries.reference_in_force import is_in_force
from db.reference import Credentials
from db.reference_published import Version

BY = "system"


def take_in(station: Station) -> tuple[Said, ...]:
    """Everything that waits; a sentence for each version that cannot be in force here, which goes on waiting.

    For moments when nobody waits for a payment: before the window opens, and in `sync`.
    """
    problems = []
    with station.books.read() as connection:
        waiting = published.waiting(connection)
    for version in waiting:
        try:
            _take(station, version)
        except (Refused, WrongAct, StationFault) as no:
            problems.append(
                say(
                    "What city hall published as of {as_of} ({kind}) is not in force here: {no}",
                    as_of=version.as_of[:16].replace("T", " "),
                    kind=published.called(version.kind),
                    no=no,
                )
            )
    return tuple(problems)


def _take(station: Station, version: Version) -> None:
    with station.books.read() as connection:
        done = is_in_force(connection, version.kind, version.as_of)
        text = published.file_of(connection, version)
    if not done:
        _put_in_force(station, version, text)
    with station.books.change_state() as connection:
        published.mark_taken(connection, version)


def _put_in_force(station: Station, version: Version, text: str) -> None:
    if version.kind == "settings":
        read_city(text)
        with station.books.write(BY) as unit:
            record_text(unit, "settings", text, rows=1, as_of=version.as_of)
    elif version.kind == "staff":
        people = _people(text)
        with station.books.write(BY) as unit:
            record_staff(unit, people, as_of=version.as_of)
    else:
        as_of = datetime.fromisoformat(version.as_of)
        loaded = bring_in(station, BY, version.kind, text.encode(), as_of=as_of, last_batch=version.last_batch)
        if loaded.errors:
            first = loaded.errors[0]
            raise Refused(say("line {line}: {sentence}", line=first.line, sentence=first.sentence))


def _people(text: str) -> tuple[Credentials, ...]:
    """The staff as it was published: hashes, never a password."""
    try:
        people = msgspec.json.decode(text, type=tuple[Credentials, ...])
    except msgspec.MsgspecError as error:
        raise WrongAct(say("The list of people cannot be read.")) from error
    if not people:
        raise Refused(say("The list of people is empty."))
    return people
