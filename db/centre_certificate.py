"""Says what is wrong with the certificate of a central store: PostgreSQL's own words tell only that something is.

The server is asked once more, for its certificate alone; nothing else is sent.
"""

import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from itertools import zip_longest
from typing import Any

from counter_app.domain.said import say

_ASK_FOR_TLS = (8).to_bytes(4, "big") + (80_877_103).to_bytes(4, "big")
"""PostgreSQL's SSLRequest; a server that encrypts answers with S."""
_EXPIRED, _NOT_YET = 10, 9
"""X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID."""
UNKNOWN = say("The certificate of the central store is not signed by the city; tell your administrator.")
_SENTENCES = {
    _EXPIRED: say("The certificate of the central store has expired; tell your administrator."),
    _NOT_YET: say("The certificate of the central store is not valid yet; check the clock of this computer."),
}


def certificate_fault(given: Mapping[str, Any], timeout_s: float) -> str:
    """The sentence for the first server of a connection string whose certificate does not hold."""
    names, places, ports = (str(given.get(key) or "").split(",") for key in ("host", "hostaddr", "port"))
    for name, place, port in zip_longest(names, places, ports, fillvalue=""):
        code = _verify_code(name, place or name, int(port or ports[0] or 5432), str(given["sslrootcert"]), timeout_s)
        if code:
            return _SENTENCES.get(code, UNKNOWN)
    return UNKNOWN


def _verify_code(name: str, place: str, port: int, root: str, timeout_s: float) -> int:
    """OpenSSL's reason not to trust it; 0 for none, or for no answer."""
    trust = ssl.create_default_context(cafile=None if root == "system" else root)
    trust.check_hostname = False  # PostgreSQL tells that itself
    with suppress(OSError), socket.create_connection((place, port), timeout_s) as line:
        line.sendall(_ASK_FOR_TLS)
        if line.recv(1) != b"S":
            return 0
        try:
            trust.wrap_socket(line, server_hostname=name).close()
        except ssl.SSLCertVerificationError as error:
            return error.verify_code
    return 0
