"""What ``scripts/mutations`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from mutating.detecting import WITH_SLIP, Measured, Outcome

_KIND = 14


def print_table(results: Sequence[Measured], kinds: Iterable[str]) -> None:
    outcomes = [outcome for result in results for outcome in result.outcomes]
    head = ("planted", "provable", "detected", "", "with hints", "slip right", "")
    print(f"{'kind':{_KIND}}  " + "  ".join(f"{word:>10}" for word in head))
    for kind in kinds:
        of_kind = [outcome for outcome in outcomes if outcome.fault.kind == kind]
        if of_kind:
            _print_row(kind, of_kind)
    _print_row("all", outcomes)
    print("not provable (rounding, truncation or another mention explains them) are planted, not counted as undetected")
    _print_excuses(outcomes)


def _print_excuses(outcomes: Iterable[Outcome]) -> None:
    """Of what is not provable, how many for which reason, where the operator gives one."""
    excuses = Counter((one.fault.kind, one.fault.excuse) for one in outcomes if one.fault.excuse)
    for kind in sorted({kind for kind, _ in excuses}):
        told = ", ".join(f"{why} {count}" for (own, why), count in sorted(excuses.items()) if own == kind)
        print(f"{kind}, not provable: {told}")


def print_alarms(results: Sequence[Measured]) -> None:
    """Findings in clean reports: every one is false."""
    for word, hints in (("findings", False), ("hints", True)):
        said = [alarm for result in results for alarm in result.alarms if alarm.is_hint is hints]
        rules = Counter(f"{alarm.rule} {alarm.type}" for alarm in said)
        told = ", ".join(f"{rule} {count}" for rule, count in sorted(rules.items())) or "none"
        free = sum(not any(alarm.is_hint is hints for alarm in result.alarms) for result in results)
        each = len(said) / len(results)
        print(f"false {word}: {len(said)} in {len(results)} clean reports, {each:.2f} each, {free} without; {told}")


def print_undetected(results: Sequence[Measured], most: int) -> None:
    """Of each kind so many that nothing found, from reports far apart."""
    left: dict[str, list[Outcome]] = {}
    for result in results:
        for outcome in result.outcomes:
            if outcome.fault.provable and not outcome.detected:
                left.setdefault(outcome.fault.kind, []).append(outcome)
    for outcomes in left.values():
        for outcome in outcomes[:: max(1, -(-len(outcomes) // most))]:
            print(_told(outcome))


def _told(outcome: Outcome) -> str:
    fault = outcome.fault
    broken = ", ".join(f"{one.kind} {one.formula}" for one in fault.broken) or "nothing else"
    hint = ", a hint only" if outcome.by_hint else ""
    right = f" for {fault.right!r}" if fault.right else ""
    return f"{fault.report}: {fault.kind}{hint}: {outcome.context}{right}; breaks {broken}"


def print_alarm_list(results: Sequence[Measured], most: int) -> None:
    for result in results:
        for alarm in result.alarms[:most]:
            print(f"{result.report}: {alarm.rule} {alarm.type} {alarm.severity}: {alarm.message}")


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"


def _print_row(kind: str, outcomes: Sequence[Outcome]) -> None:
    provable = [outcome for outcome in outcomes if outcome.fault.provable]
    detected = sum(outcome.detected for outcome in provable)
    hinted = detected + sum(outcome.by_hint for outcome in provable)
    named = [outcome for outcome in provable if outcome.fault.kind in WITH_SLIP]
    right = sum(outcome.slip_right for outcome in named)
    cells = (
        len(outcomes),
        len(provable),
        detected,
        share(detected, len(provable)),
        hinted,
        right if named else "—",
        share(right, len(named)),
    )
    print(f"{kind:{_KIND}}  " + "  ".join(f"{cell:>10}" for cell in cells))
