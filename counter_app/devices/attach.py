"""From the address that a person typed to a printer."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from counter_app.devices.network_printer import PORT, NetworkPrinter
from counter_app.devices.printer import FilePrinter, Printer, ScreenPrinter, nothing
from counter_app.domain.refused import WrongAct


def printer_at(
    address: str, listener: Callable[[bytes], object] | None = None, midway: Callable[[], object] = nothing
) -> Printer:
    """`tcp://HOST[:PORT]`, `file:PATH` or `screen` (whose jobs `listener` hears); raises WrongAct for anything else.

    `midway` is called on the device's thread when a part of a job has left, for tests that pull the plug there.
    """
    if address == "screen":
        return ScreenPrinter(listener, midway)
    if address.startswith("file:") and address != "file:":
        return FilePrinter(Path(address.removeprefix("file:")), midway)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port if parts.port is not None else PORT
    except ValueError:
        host, port = None, 0
    if not address.startswith("tcp://") or not host or port == 0 or parts.path.strip("/"):
        raise WrongAct(f"“{address}” is no printer; it is tcp://HOST:PORT, file:PATH or screen.")
    return NetworkPrinter(host, port, midway)
