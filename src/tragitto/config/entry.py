"""The `tragitto` command."""

import sys

from tragitto.cli.commands import root
from tragitto.config.house import RunningHouse
from tragitto.config.variables import WrongSetting


def main() -> None:
    """Run one command in a house of its own, and leave nothing running behind."""
    house = RunningHouse()
    try:
        root.main(obj=house, prog_name="tragitto")
    except WrongSetting as problem:
        print(f"Error: {problem}", file=sys.stderr)
        sys.exit(2)
    finally:
        house.close()


if __name__ == "__main__":
    main()
