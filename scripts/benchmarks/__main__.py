"""Prints every table of ``scripts/bench``."""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.growth import print_growth
from benchmarks.peers import environments
from benchmarks.pipeline import print_pipeline
from benchmarks.processes import print_processes
from benchmarks.readers import OURS, PEERS, print_readers
from benchmarks.reading import print_reading

CAP = 5.0  #: seconds of CPU for one row of a peer


def main() -> None:
    arguments = parsed()
    paths = [str(Path(path).absolute()) for path in arguments.files]
    rows = list(OURS)
    print_processes(max(paths, key=lambda path: Path(path).stat().st_size))
    pythons = {}
    if arguments.peers:
        pythons = environments(arguments.cache)
        rows += [row for row in PEERS if row.peer in pythons]
    print_readers(rows, pythons, paths, cap=arguments.cap)
    print_growth(paths)
    print_pipeline(paths)
    if arguments.documents is not None:
        print_reading(arguments.documents)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description="Speed and memory as ratios measured in one run.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="UTF-8 texts")
    parser.add_argument("--peers", action="store_true", help="readers of others too, each in an environment of its own")
    parser.add_argument("--documents", type=Path, metavar="FOLDER", help="PDF files to read beside pdfminer")
    parser.add_argument("--cap", type=float, default=CAP, metavar="SECONDS", help="CPU time for one row of a peer")
    parser.add_argument("--cache", type=Path, required=True, metavar="FOLDER", help="where those environments are kept")
    return parser.parse_args()


if __name__ == "__main__":
    main()
