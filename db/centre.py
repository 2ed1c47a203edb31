"""What a central store promises a station, whichever stands behind it: entries in order, whole batches, no silent fork.

The PostgreSQL centre is called *city hall*; the second encrypted file of a station without one is called *copied*.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from counter_app.domain.entry import Entry, Head, Private
from counter_app.domain.refused import StationFault

CITY_HALL = "city hall"
COPIED = "copied"
BATCH = 500
"""Most entries in one call: also what a window may ship in a second."""


class CentreUnreachable(StationFault):
    """Nothing answered, or not in time: what was being done is unknown until the head is read again."""


class CentreRefused(StationFault):
    """The centre answered no; it took nothing of the batch."""


class Gap(CentreRefused):
    """Entries before the first one sent are missing there."""


class Fork(CentreRefused):
    """The centre holds other entries under the same numbers: two journals call themselves one station."""


class WrongHash(CentreRefused):
    """A body, or a private value, is not what its hash says."""


class NotYours(CentreRefused):
    """The station is another's to write, or of another site."""


class Known(msgspec.Struct, frozen=True):
    """A station of the site as the centre knows it; `key` is its Ed25519 public key, empty where none is kept."""

    station: str
    site: str
    key: bytes
    head: Head


Values = list[tuple[int, Private]]
"""Private values beside the seq of the entry that they belong to."""


class Centre(Protocol):
    """Where a station's entries go. A call raises CentreUnreachable or CentreRefused, or has done the whole of it."""

    @property
    def name(self) -> str:
        """CITY_HALL or COPIED: what may be said of an entry that it holds."""
        ...

    def append(self, station: str, entries: Sequence[Entry], private: Sequence[tuple[int, Private]]) -> Head:
        """Take consecutive entries (at most BATCH) and their private values, all or none; gives the head it then has.

        Entries that it has already are passed over when they are identical, and are a Fork when they are not.
        """
        ...

    def since(self, station: str, seq: int, limit: int) -> tuple[list[Entry], Values]:
        """Entries of a station of the own site after `seq`, at most `limit`, in order, with their private values."""
        ...

    def head(self, station: str) -> Head:
        """The newest entry that it has committed; seq 0 before the first."""
        ...

    def stations(self) -> list[Known]:
        """The stations of the own site, this one included."""
        ...

    def reference(self, kind: str, version: int) -> Any:
        """A JSON value that the centre hands out, None where it has none; see db.reference_published."""
        ...

    def close(self) -> None:
        """Give the connection back; the next call makes a new one."""
        ...
