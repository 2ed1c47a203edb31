"""Files that ship with the counter: fee schedule, holidays, coins and notes, rates, fonts, icons, style sheet."""

from importlib.resources import files


def read_text(name: str) -> str:
    """The text of a shipped file, like `fees.toml` or `demo/city.toml`; FileNotFoundError when there is none."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def read_bytes(name: str) -> bytes:
    """The bytes of a shipped file, like `fonts/Inter-Regular.otf`; FileNotFoundError when there is none."""
    return files(__name__).joinpath(name).read_bytes()
