"""Commands about one station: its window, the demo, a real one, playing acts, simulated days, devices."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from counter_app.bootstrap import PRINTER, SCANNER, make_demo, open_station, printer_of
from counter_app.cli.answers import acting_person, say, shown
from counter_app.cli.files import read_file
from counter_app.devices.attach import printer_at
from counter_app.devices.wedge import read_wedge
from counter_app.domain.clock import SetClock
from counter_app.domain.events import DevicesSet
from counter_app.domain.refused import Refused, WrongAct
from counter_app.domain.rights import Role, article
from counter_app.new_station import create_real
from counter_app.practice.demo import Demo
from counter_app.services.acts import answer, vocabulary
from counter_app.services.from_city_hall import take_in
from counter_app.services.printing import Printing
from counter_app.services.station import Station
from db.keys import RECOVERY_VARIABLE

MAY_ATTACH = (Role.LEAD, Role.SUPERVISOR, Role.ADMINISTRATOR)


def window(args: Namespace) -> int:
    """Open the window for the station in DIR; prints `ready` when it takes keys."""
    from ui.start import run_window  # Qt is loaded only when a window opens

    clock = None
    if args.at:
        clock = SetClock(_instant(args.at))
    station = open_station(args.dir, "the counter's window")
    try:
        if (args.at or args.person) and not station.is_practice:
            raise WrongAct("--as and --at are for demo and training stations only.")
        if clock is not None:
            station.set_clock(clock)
        take_in(station)
        return run_window(station, args.person)
    finally:
        station.close()


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise WrongAct("--at is an instant like 2026-11-23T09:15:00-08:00.") from None
    if instant.tzinfo is None:
        raise WrongAct("--at needs its offset, like 2026-11-23T09:15:00-08:00.")
    return instant


def demo(args: Namespace) -> int:
    """Make the demo city in DIR unless one is there, then open its window."""
    if args.accounts < 1:
        raise WrongAct("A demo city has at least one account.")
    made = make_demo(args.dir, args.accounts, args.station)
    say(args, {**msgspec.to_builtins(made), "dir": shown(args.dir)}, _introduction(made))
    return 0 if args.no_window else window(args)


def _introduction(made: Demo) -> str:
    rows = [f"  {p.name:<8}{p.role:<15}{p.password:<14}PIN {p.pin}" for p in made.people]
    return "\n".join([f"The demo city is in {shown(Path(made.dir))}. Its people:", *rows])


def init(args: Namespace) -> int:
    """A real station; its recovery code and the administrator's first password are printed once."""
    people = read_file(args.people) if args.people else None
    made = create_real(args.dir, args.city, args.site, args.station, people=people, central=args.central)
    value = {
        "dir": shown(args.dir),
        "recovery_code": made.recovery_code,
        "public_key": made.public_key,
        "key_store": made.key_store,
    }
    words = [
        f"Station {args.station} of {args.city} is in {shown(args.dir)}.",
        f"Recovery code, write it down and lock it away: {made.recovery_code}",
        "Prove what was written down with “counter-app key check”.",
    ]
    if not made.key_store:
        words.append(
            f"This computer has no key store that keeps the key: the counter opens with the recovery code only"
            f" ({RECOVERY_VARIABLE})."
        )
    if made.password:
        value["password"] = made.password
        words.append(f"The administrator is “admin”, with the password {made.password}")
    say(args, value, "\n".join(words))
    return 0


def play(args: Namespace) -> int:
    """Play acts in order and go on; 2 if a line was wrong, else 1 if one was refused, else 0."""
    if args.acts:
        print(msgspec.json.format(msgspec.json.encode(vocabulary()), indent=2).decode())
        return 0
    if args.script is None:
        raise WrongAct("Name the script to play, or - for standard input.")
    station = open_station(args.dir, "a script that plays acts")
    try:
        if not station.is_practice:
            raise WrongAct("Acts are played on demo and training stations only.")
        return _play(station, args.script)
    finally:
        station.close()


def _play(station: Station, script: str) -> int:
    code = 0
    midway = partial(station.faults.point, "during_print")
    printing = Printing(station, printer_at(printer_of(station), midway=midway))
    try:
        printing.flush()
        for line in _lines(script):
            result = answer(station, line)
            printing.flush()
            print(msgspec.json.encode(result).decode(), flush=True)
            code = max(code, 2 if "wrong" in result else 0 if result["ok"] else 1)
    finally:
        printing.stop()
    return code


def _lines(script: str) -> Iterator[bytes]:
    if script == "-":
        yield from (line for line in sys.stdin.buffer if line.strip())
    else:
        yield from (line for line in read_file(Path(script)).splitlines() if line.strip())


def simulate(args: Namespace) -> int:
    """Whole counter days; the last line is a JSON summary."""
    from counter_app.practice.simulate import simulate as run  # only this command needs it

    if args.days < 1 or args.payments < 1:
        raise WrongAct("Simulate at least one day with one payment.")
    make_demo(args.dir)
    station = open_station(args.dir, "a simulation")
    try:
        summary = run(station, days=args.days, payments=args.payments, seed=args.seed)
    finally:
        station.close()
    print(msgspec.json.encode(summary).decode())
    return 0


def devices(args: Namespace) -> int:
    """What is attached and how it answers; --set attaches it."""
    station = open_station(args.dir, "devices", writes=bool(args.set))
    try:
        if args.set:
            _attach(station, acting_person(args, station), args.set)
        address = printer_of(station)
        status = printer_at(address).status() if args.test or not args.set else None
    finally:
        station.close()
    value = {"printer": address} | ({"status": msgspec.to_builtins(status)} if status is not None else {})
    trouble = status.why_not if status is not None else ""
    words = f"printer  {address}" + (
        f"  {trouble or 'ready' if status.is_known else 'does not say how it is'}" if status else ""
    )
    say(args, value, words)
    return 1 if args.test and trouble else 0


def _attach(station: Station, by: str, setting: str) -> None:
    device, _, address = setting.partition("=")
    if device == SCANNER:
        read_wedge(address)
    elif device == PRINTER:
        printer_at(address)
    else:
        raise WrongAct(
            "Set printer=tcp://HOST:PORT, printer=file:PATH, printer=screen, scanner=keyboard or"
            " scanner=keyboard:PREFIX:SUFFIX."
        )
    with station.books.write(by) as unit:
        person = station.person(unit.connection, by)
        if person.role not in MAY_ATTACH:
            raise Refused(
                f"{person.name} is {article(person.role)} and may not attach devices;"
                " a lead, a supervisor or an administrator may."
            )
        unit.record(DevicesSet(device=device, address=address))
        unit.keep_setting(device, address)


def names(args: Namespace) -> int:
    """Page, name, role and key of every control."""
    from ui.names import control_names  # Qt is loaded only when a window is looked at

    found = control_names()
    say(args, {"controls": found}, "\n".join(f"{c['page']:<14}{c['role']:<14}{c['key']:<14}{c['name']}" for c in found))
    return 0
