"""The `tragitto` command."""

import sys

import psycopg
from django.db.utils import OperationalError
from psycopg.conninfo import conninfo_to_dict

from tragitto.cli.commands import root
from tragitto.config.house import RunningHouse
from tragitto.config.variables import WrongSetting, read

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL")


def main() -> None:
    """Run one command in a house of its own, and leave nothing running behind."""
    house = RunningHouse()
    try:
        root.main(obj=house, prog_name="tragitto")
    except WrongSetting as problem:
        _end(str(problem))
    except psycopg.ProgrammingError:
        if (wrong := _wrong_address()) is None:
            raise
        _end(f"{wrong} is no address of a database: write postgresql://user:password@host/name.")
    except OperationalError as error:
        if not _does_not_answer(error):
            raise
        _end(f"The database of DATABASE_URL does not answer: {_reason(error)}")
    finally:
        house.close()


def _end(sentence: str) -> None:
    print(f"Error: {sentence}", file=sys.stderr)
    sys.exit(1)


def _wrong_address() -> str | None:
    # The library's own words repeat what was given, and so perhaps a password.
    for name in ADDRESSES:
        try:
            conninfo_to_dict(read(name))
        except psycopg.ProgrammingError:
            return name
    return None


def _does_not_answer(error: OperationalError) -> bool:
    # Without a code of SQL nobody answered; class 57P is a server that is going down or coming up.
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith("57P")


def _reason(error: OperationalError) -> str:
    said = "; ".join(line.strip() for line in str(error).splitlines() if line.strip())
    for name in ADDRESSES:
        if password := conninfo_to_dict(read(name)).get("password"):
            said = said.replace(str(password), "…")
    return said


if __name__ == "__main__":
    main()
