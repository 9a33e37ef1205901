"""`python -m tragitto_matching`: an instance in, a result out; see docs/matching.md."""

import argparse
import json
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from tragitto_matching import ENGINE_VERSION, commands, commands_check, files
from tragitto_matching.instance import Instance
from tragitto_matching.kernels import uses_compiled
from tragitto_matching.kernels.building import build
from tragitto_matching.wording import AUDIENCES, LANGUAGES


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command: 0 = done, 1 = the check found something, 2 = what was given cannot be taken.

    3 = a fault of the engine itself, told at length: no crash is ever read as what a check has found.
    """
    asked = _parser().parse_args(arguments)
    try:
        return _run(asked)
    except MemoryError:
        wrong: object = f"{asked.instance} is too large for the memory of this machine: split it."
    except (OSError, ValueError) as refusal:
        wrong = refusal
    except Exception:
        traceback.print_exc()
        return 3
    print(wrong, file=sys.stderr)
    return 2


def _run(asked: argparse.Namespace) -> int:
    if asked.command == "version":
        print(f"{ENGINE_VERSION} ({'compiled kernels' if uses_compiled() else 'NumPy'})")
        return 0
    if asked.command == "build":
        return _build()
    instance = files.read(asked.instance)
    if asked.command == "check":
        return _check(instance, asked.result)
    if asked.command == "explain":
        _say(commands.explain(instance, asked.candidate, asked.post, asked.audience, asked.language))
        return 0
    given = {name: value for name, value in vars(asked).items() if name not in {"command", "instance"}}
    _say(commands.answer(instance, asked.command, given))
    return 0


def _build() -> int:
    try:
        made = build()
    except RuntimeError as wrong:
        raise ValueError(
            f"The compiler fails, so the NumPy path is taken, with the same results: {wrong}"
        ) from wrong
    print(made or "This machine has no C compiler: the NumPy path is taken, with the same results.")
    return 0


def _check(instance: Instance, path: Path) -> int:
    try:
        found = commands_check.faults(instance, files.read_result(path))
    except commands_check.Unjudgeable as wrong:
        raise ValueError(f"{path}: {wrong}") from wrong
    print("\n".join(found) or "The result is right.")
    return 1 if found else 0


def _say(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1))


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{message}\n{self.format_usage()}")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m tragitto_matching", description=__doc__)
    commands_of = parser.add_subparsers(dest="command", required=True)

    def command(name: str, says: str) -> argparse.ArgumentParser:
        made = commands_of.add_parser(name, help=says, description=says)
        if name not in {"build", "version"}:
            made.add_argument("instance", type=Path, help="a JSON file, or a folder of Parquet files")
        return made

    command("pairs", "Who is eligible for which post, with scores.")
    lists = command("shortlists", "So many people for each seat, looks as even as can be.")
    command("assign", "The greatest total score, with the prices that prove it.")
    match = command("match", "The stable match of scores and wishes, with cutoffs.")
    match.add_argument("--proposing", choices=("candidates", "posts"), default="candidates")
    match.add_argument("--ties", choices=("lottery", "largest"), default="lottery")
    match.add_argument(
        "--seed", type=_seed, default=None, help="of the lottery; without it seniority decides"
    )
    table = command("timetable", "A slot for each meeting of a candidate with an employer of the shortlists.")
    table.add_argument("--slots", type=_number, default=0, help="0 = as few as can be")
    for made in (lists, table):
        made.add_argument("--per-seat", type=_number, default=3, help="people on a list for each seat")
    check = command("check", "Whether a result is right for an instance, by judges of their own.")
    check.add_argument("result", type=Path, help="what another command has printed")
    explain = command("explain", "Why a pair is eligible or not, in words.")
    explain.add_argument("candidate", help="the candidate's code")
    explain.add_argument("post", help="the post's code")
    explain.add_argument("--audience", choices=AUDIENCES, default="office")
    explain.add_argument("--language", choices=LANGUAGES, default="en")
    command("build", "Compile the kernels, where the machine has a compiler.")
    command("version", "The version of the engine, and which path it takes.")
    return parser


def _number(text: str, most: int = 2**31 - 1) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 20 or int(text) > most:
        raise argparse.ArgumentTypeError(f"must be a whole number between 0 and {most}")
    return int(text)


def _seed(text: str) -> int:
    return _number(text, 2**64 - 1)


if __name__ == "__main__":
    sys.exit(main())
