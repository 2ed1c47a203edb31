"""City hall on another machine: its certificate is signed by the city's own CA and names the machine, or nothing goes.

Each server here is a real PostgreSQL on the loopback; `hostaddr` leads the name of the certificate to it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from db.central_setup import add, init
from db.centre import CentreUnreachable
from db.centre_postgres import PostgresCentre, connect
from tests.fakes.chain import Chain
from tests.fakes.postgres import Cluster, running_cluster

HOST = "db.elmwood.example"
DAY = timedelta(days=1)


class Authority:
    """A certificate authority with its own key; `file` is what stations are given of it."""

    def __init__(self, folder: Path, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.now(UTC)
        made = _named(self._name, self._name, self._key, now - DAY, now + DAY)
        made = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        self.file = folder / f"{name}.crt"
        self.file.write_bytes(made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def sign(self, host: str, since: timedelta = -DAY, until: timedelta = DAY) -> tuple[bytes, bytes]:
        """(certificate, key) of a server of that name, in PEM."""
        key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        made = _named(subject, self._name, key, now + since, now + until)
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM), private


def _named(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    made = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
    return made.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)


class Hall:
    """A server whose certificate can be changed, and the way to it."""

    def __init__(self, cluster: Cluster, city: Authority) -> None:
        self.cluster, self.city = cluster, city

    def show(self, certificate: bytes, key: bytes) -> None:
        """Present this certificate from now on."""
        for name, content in (("server.crt", certificate), ("server.key", key)):
            path = self.cluster.data / name
            path.touch(mode=0o600)
            path.write_bytes(content)
            self.cluster.give(path)
        self.cluster.ask("ALTER SYSTEM SET ssl = on")
        self.cluster.read_settings_again()

    def encrypt_no_more(self) -> None:
        self.cluster.ask("ALTER SYSTEM SET ssl = off")
        self.cluster.read_settings_again()

    def demand(self, method: str) -> None:
        """How passwords are asked for, as pg_hba.conf has it."""
        (self.cluster.data / "pg_hba.conf").write_text(
            f"local all all scram-sha-256\nhost all postgres 127.0.0.1/32 scram-sha-256\nhost all all all {method}\n"
        )
        self.cluster.read_settings_again()

    def address(self, host: str = HOST, root: Path | None = None) -> str:
        """The superuser's URL by the name of a machine."""
        url = self.cluster.url.replace("127.0.0.1", host)
        return f"{url}?hostaddr=127.0.0.1&sslmode=verify-full&sslrootcert={root or self.city.file}"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("city-ca"), "Elmwood")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def hall(cluster: Cluster, city: Authority) -> Hall:
    """City hall with a good certificate."""
    hall = Hall(cluster, city)
    hall.show(*city.sign(HOST))
    hall.demand("scram-sha-256")
    return hall


def refusal(url: str) -> str:
    """What the person is told."""
    centre = PostgresCentre(url)
    with pytest.raises(CentreUnreachable) as refused:
        centre.head("A1")
    return str(refused.value)


def test_a_station_ships_to_the_machine_that_the_city_vouches_for(hall: Hall) -> None:
    init(hall.address())
    chain = Chain()
    chain.pay(3)
    url = add(hall.address(), "A1", "Elm Street", chain.signer.public.hex())
    centre = PostgresCentre(url)
    assert centre.append("A1", chain.entries, chain.private) == chain.head
    centre.close()
    with connect(url) as connection:
        assert connection.pgconn.ssl_in_use
        assert connection.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone() == (True,)


def test_the_certificate_of_another_machine_is_not_taken(hall: Hall) -> None:
    sentence = "shows the certificate of another machine; check its address"
    assert sentence in refusal(hall.address("db.oakdale.example"))
    hall.show(*hall.city.sign("db.oakdale.example"))
    assert sentence in refusal(hall.address())


def test_a_certificate_that_expired_yesterday_is_not_taken(hall: Hall) -> None:
    hall.show(*hall.city.sign(HOST, since=-2 * DAY, until=-DAY))
    assert "has expired" in refusal(hall.address())


def test_a_certificate_of_tomorrow_points_at_the_clock(hall: Hall) -> None:
    hall.show(*hall.city.sign(HOST, since=DAY, until=2 * DAY))
    assert "check the clock of this computer" in refusal(hall.address())


def test_a_certificate_that_somebody_else_signed_is_not_taken(hall: Hall, tmp_path: Path) -> None:
    hall.show(*Authority(tmp_path, "Nobody").sign(HOST))
    assert "not signed by the city" in refusal(hall.address())


def test_the_machines_own_authorities_do_not_vouch_for_the_city(hall: Hall) -> None:
    without = hall.address().replace(f"&sslrootcert={hall.city.file}", "")
    assert "not signed by the city" in refusal(f"{without}&sslrootcert=system")


def test_a_certificate_file_that_is_not_here_is_told(hall: Hall, tmp_path: Path) -> None:
    assert "cannot be read on this computer" in refusal(hall.address(root=tmp_path / "none.crt"))


def test_a_server_that_does_not_encrypt_gets_nothing(hall: Hall) -> None:
    hall.encrypt_no_more()
    assert "does not encrypt; nothing was sent" in refusal(hall.address())


def test_a_server_that_does_not_prove_that_it_knows_the_password_gets_nothing(hall: Hall) -> None:
    init(hall.address())
    url = add(hall.address(), "T1", "Elm Street", Chain("T1").signer.public.hex())
    for method in ("password", "trust"):
        hall.demand(method)
        assert "in an unsafe way; it was not sent" in refusal(url)


def test_a_computer_that_city_hall_does_not_know_is_told(hall: Hall) -> None:
    hall.demand("reject")
    url = hall.address().replace("//postgres:", "//stranger:")
    assert "does not let this computer in" in refusal(url)


def test_on_the_same_machine_no_certificate_is_asked_for_and_no_password_goes_in_the_clear(hall: Hall) -> None:
    hall.encrypt_no_more()
    init(hall.cluster.url)
    key = Chain("L1").signer.public.hex()
    where = f"127.0.0.1:{hall.cluster.port}"
    socket = f"{quote(str(hall.cluster.folder), safe='')}:{hall.cluster.port}"
    for way in (where, f"localhost:{hall.cluster.port}", socket):
        centre = PostgresCentre(add(hall.cluster.url.replace(where, way), "L1", "Elm Street", key))
        assert centre.head("L1").seq == 0
        centre.close()
    hall.demand("password")
    assert "in an unsafe way" in refusal(add(hall.cluster.url, "L1", "Elm Street", key))
