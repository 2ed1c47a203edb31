"""Somebody the city deals with: of the billing system's accounts, or registered at the counter."""

import msgspec


class Customer(msgspec.Struct, frozen=True):
    """A person or business and its accounts; who is not registered here has the name and address of the first."""

    customer: str
    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    language: str = "en"
    accounts: tuple[str, ...] = ()
