"""Every part measured beside the tools others take: `python -m benchmarks.matching --peers FOLDER`.

Each part is a program of its own that prints its table; here they run one after the other. FOLDER
holds a folder of packages for each peer (`pip install --target FOLDER/polars polars` …); without one its
rows are left out.
"""

import argparse
import subprocess
import sys
import time
from importlib.util import find_spec

#: In the order of the chain.
PARTS = ("pairs", "assignment", "sides", "stable", "timetable", "shortlists", "chain", "scale")


def main() -> int:
    """Run the parts; how many of them failed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), metavar=" ".join(PARTS))
    parser.add_argument("--peers", default="", help="a folder with a folder of packages for each peer")
    asked = parser.parse_args()
    failed = 0
    for part in asked.parts:
        name = f"benchmarks.matching.{part}"
        if find_spec(name) is None:
            print(f"\n{part}: not measured, there is no {name} yet", flush=True)
            continue
        begun = time.monotonic()
        ended = subprocess.run([sys.executable, "-m", name, "--peers", asked.peers], check=False).returncode
        print(f"{part}: {time.monotonic() - begun:.0f} s{' and FAILED' if ended else ''}", flush=True)
        failed += bool(ended)
    return failed


if __name__ == "__main__":
    sys.exit(main())
