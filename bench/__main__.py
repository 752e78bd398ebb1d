"""Run one benchmark, or all: python -m bench [NAME] [--quick] [--json]."""

import argparse
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

VENV = Path(".venv")
NAMES = ["ink", "log", "realtime", "render"]


def main() -> None:
    """Run what the command line asks for; with --json the last line holds the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "name", nargs="?", choices=NAMES, help="all of them when absent"
    )
    parser.add_argument(
        "--quick", action="store_true", help="a smaller run, under 50 s"
    )
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    options = parser.parse_args()
    bring_peers()
    figures = {}
    for name in [options.name] if options.name else NAMES:
        print(f"\n{name}")
        figures |= importlib.import_module(f"bench.{name}").run(quick=options.quick)
    if options.json:
        print(json.dumps(figures))


def bring_peers() -> None:
    """Install what is measured against, and what measures, the first time; then go on in the environment it is in."""
    needed = [VENV / "bench", Path("node_modules/dev")]
    missing = [str(path) for path in needed if not path.exists()]
    if missing:
        subprocess.run(["make", *missing], check=True)
    if Path(sys.prefix).resolve() != VENV.resolve():
        python = str(VENV / "bin" / "python")
        os.execv(python, [python, "-m", "bench", *sys.argv[1:]])  # noqa: S606


if __name__ == "__main__":
    main()
