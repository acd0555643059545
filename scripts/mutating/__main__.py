"""Prints the tables of ``scripts/mutations``."""

from __future__ import annotations

import argparse
import sys
import time
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from extract.annotation.related import RelatedReport, read_related_reports
from extract.errors import RelatedError
from mutating.blind import BlindError, print_blind, read_cases
from mutating.detecting import Measured, measured
from mutating.operators import OPERATORS, planted
from mutating.tables import print_alarm_list, print_alarms, print_table, print_undetected

PROCESSES = 2
REPORTS, BLIND = "clean_reports", "blind_faults"


def main() -> None:
    arguments = parsed()
    try:
        if arguments.blind:
            print_blind(read_cases(arguments.folder / arguments.blind, arguments.report), errors=arguments.errors)
        else:
            print_planted(arguments, read_related_reports(arguments.folder / arguments.reports, arguments.report))
    except (RelatedError, BlindError) as error:
        sys.exit(f"mutations: {error}")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutations", description="Which faults planted in right reports are found.")
    parser.add_argument("--kind", action="append", default=[], choices=list(OPERATORS), help="faults of this kind only")
    parser.add_argument("--report", action="append", default=[], metavar="NAME", help="this report only")
    parser.add_argument("--reports", default=REPORTS, metavar="FOLDER", help=f"those of this folder, not of {REPORTS}")
    parser.add_argument("--limit", type=int, metavar="N", help="at most N faults of a kind in a report")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="show N undetected of each kind, false alarms"
    )
    parser.add_argument(
        "--blind", nargs="?", const=BLIND, metavar="FOLDER", help=f"the faults by hand of {BLIND} or FOLDER instead"
    )
    parser.add_argument("--processes", type=int, default=PROCESSES, metavar="N")
    parser.add_argument("--folder", type=Path, required=True, help="tests/audit, which holds the reports")
    return parser.parse_args()


def print_planted(arguments: argparse.Namespace, reports: list[RelatedReport]) -> None:
    start = time.monotonic()
    kinds = tuple(arguments.kind)
    with Pool(arguments.processes) as pool:
        results = pool.map(partial(_measured, kinds=kinds, limit=arguments.limit), reports, chunksize=1)
    if arguments.errors:
        print_undetected(results, arguments.errors)
        print_alarm_list(results, arguments.errors)
        print()
    print_table(results, OPERATORS)
    print_alarms(results)
    print(f"{time.monotonic() - start:.0f} s with {arguments.processes} processes", file=sys.stderr)


def _measured(report: RelatedReport, *, kinds: tuple[str, ...], limit: int | None) -> Measured:
    return measured(report, planted(report, kinds=kinds, limit=limit))


if __name__ == "__main__":
    main()
