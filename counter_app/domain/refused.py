"""The answers that are not yes: whose fault each is, and who reads its words.

    Refused       the counter says no; its words are fit for the cashier; nothing was written
    WrongAct      what came in is no act at all (unknown field, missing field, wrong type); for whoever wrote it
    StationFault  the world's fault (disk, key store, network, another writer); one sentence for who stands there
A device's fault is a value (counter_app.devices.printer.Outcome), because a printer's silence stops nobody.
An assertion is our own fault and is never caught.
"""


class Refused(Exception):
    """The counter says no; str() is one sentence for the cashier."""


class WrongAct(Exception):
    """The input is no act; str() is one sentence for its author."""


class StationFault(Exception):
    """Disk, key store, network or another process stands in the way; str() says so in one sentence."""
