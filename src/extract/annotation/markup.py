"""Inline markup of annotated reports: text with every mention in braces, then pairs and findings.

``annotations/README.md`` teaches the format. ``parse_markup`` and ``render_markup`` are each other's inverse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from extract.annotation.reading import PlainReading, plain_reading
from extract.errors import MarkupError
from extract.lexicons import UnitTable
from extract.offsets import CharSpan
from extract.records import Approx, Dimension, FindingType, Role, UnitFrom

VERDICTS = ("met", "exceeded", "missed", "unclear", "budget")
OPEN_ANSWERS = ("unanswered", "in_words")
FINDING_TYPES = (*FindingType, "holds", "rounding")
_ZONE_OPEN, _ZONE_CLOSE = "{<zone}", "{zone>}"
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_PART = re.compile(r"^--- (text|pairs|findings)\r?\n", re.M)
_LINE_OF_A_PART = re.compile(r"^---", re.M)
_FIELDS = ("number", "low", "high", "unit", "approx", "dimension")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A mention as an annotator marked it."""

    name: str  #: unique in its report
    span: CharSpan
    role: Role
    slot: str
    number: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    unit_from: UnitFrom
    dimension: Dimension
    approx: Approx


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPair:
    target: str
    actual: str | None
    verdict: str  #: one of VERDICTS, or of OPEN_ANSWERS when there is no actual
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldFinding:
    type: str
    names: tuple[str, ...]
    why: str
    stated: str = ""
    right: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedReport:
    """A report's text with what a person found in it."""

    name: str
    text: str
    mentions: tuple[GoldMention, ...]
    pairs: tuple[GoldPair, ...] = ()
    findings: tuple[GoldFinding, ...] = ()
    zones: tuple[CharSpan, ...] = ()  #: stretches that were not annotated
    about: tuple[tuple[str, str], ...] = field(default=())  #: sector, layout, written …


def parse_markup(source: str, *, name: str, units: UnitTable) -> AnnotatedReport:
    """The report that ``source`` marks up.

    Raises:
        MarkupError: naming ``name``, the line and the reason, at the first breach of the format.
    """
    parts = _parts(source, name)
    text, mentions, zones = _read_text(parts["text"], name, units)
    known = {mention.name for mention in mentions}
    return AnnotatedReport(
        name=name,
        text=text,
        mentions=mentions,
        pairs=tuple(_read_pair(line, where, known) for where, line in _lines(parts.get("pairs"), name)),
        findings=tuple(_read_finding(line, where, known) for where, line in _lines(parts.get("findings"), name)),
        zones=zones,
        about=tuple(_read_about(line, where) for where, line in _lines(parts["about"], name)),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    line: int  #: number of its first line in the file


def _parts(source: str, name: str) -> dict[str, _Part]:
    marks = list(_PART.finditer(source))
    if not marks or marks[0][1] != "text":
        raise MarkupError(f"{name}:1: no line '--- text'; the report's text begins behind such a line")
    parts = {"about": _Part(source[: marks[0].start()], 1)}
    ends = [mark.start() for mark in marks[1:]] + [len(source)]
    for mark, following, end in zip(marks, [*marks[1:], None], ends, strict=True):
        line = source.count("\n", 0, mark.end()) + 1
        if mark[1] in parts:
            raise MarkupError(f"{name}:{line - 1}: a second part '--- {mark[1]}'; each part stands once")
        body = source[mark.end() : end]
        parts[mark[1]] = _Part(body if following is None else body.removesuffix(_line_break(following[0])), line)
    return parts


def _line_break(line: str) -> str:
    """How ``line`` ends: the break in front of it is of the same kind and belongs to it, not to the text above."""
    return "\r\n" if line.endswith("\r\n") else "\n"


def _lines(part: _Part | None, name: str) -> Iterator[tuple[str, str]]:
    if part is None:
        return
    for number, line in enumerate(part.text.splitlines(), part.line):
        if line.strip() and not line.startswith("#"):
            yield f"{name}:{number}", line.strip()


def _read_about(line: str, where: str) -> tuple[str, str]:
    key, colon, value = line.partition(":")
    if not colon:
        raise MarkupError(f"{where}: {line!r} is no 'key: value'")
    return key.strip(), value.strip()


_TOKEN = re.compile(r"\\(?P<escaped>.)|(?P<zone>\{<zone\}|\{zone>\})|(?P<open>\{)|(?P<close>\})", re.S)


def _read_text(part: _Part, name: str, units: UnitTable) -> tuple[str, tuple[GoldMention, ...], tuple[CharSpan, ...]]:
    out: list[str] = []
    length, position, zone_start = 0, 0, -1
    mentions: list[GoldMention] = []
    zones: list[CharSpan] = []
    names: set[str] = set()

    def put(piece: str) -> None:
        nonlocal length
        out.append(piece)
        length += len(piece)

    while token := _TOKEN.search(part.text, position):
        put(part.text[position : token.start()])
        position = token.end()
        where = f"{name}:{part.line + part.text.count(chr(10), 0, token.start())}"
        if token["escaped"] is not None:
            put(token["escaped"])
        elif token["zone"] == _ZONE_OPEN:
            zone_start = length
        elif token["zone"]:
            if zone_start < 0:
                raise MarkupError(f"{where}: {_ZONE_CLOSE} without {_ZONE_OPEN} before it")
            zones.append(CharSpan(zone_start, length))
            zone_start = -1
        elif token["close"]:
            raise MarkupError(f"{where}: '}}' without '{{'; write \\}} for a brace of the text")
        else:
            surface, fields, position = _mention_parts(part.text, position, where)
            mention = _mention(surface, fields, length, len(mentions), where, units)
            if mention.name in names:
                raise MarkupError(f"{where}: name #{mention.name} is given twice")
            names.add(mention.name)
            mentions.append(mention)
            put(surface)
    put(part.text[position:])
    if zone_start >= 0:
        raise MarkupError(f"{name}: {_ZONE_OPEN} is never closed")
    return "".join(out), tuple(mentions), tuple(zones)


def _mention_parts(text: str, position: int, where: str) -> tuple[str, str, int]:
    """Surface, fields and end of the mention whose brace opened before ``position``."""
    match = re.compile(r"((?:\\.|[^{}|\\])*)\|([^{}]*)\}", re.S).match(text, position)
    if match is None:
        raise MarkupError(f"{where}: {text[position - 1 : position + 20]!r} is no {{surface|role slot …}}")
    return re.sub(r"\\(.)", r"\1", match[1], flags=re.S), match[2], match.end()


def _mention(surface: str, fields: str, start: int, index: int, where: str, units: UnitTable) -> GoldMention:
    if not surface.strip() or surface != surface.strip():
        raise MarkupError(f"{where}: surface {surface!r} is empty or begins or ends with a space")
    words = fields.split()
    if len(words) < 2 or words[0] not in set(Role):
        raise MarkupError(f"{where}: {fields!r} must begin with a role ({', '.join(Role)}) and a slot")
    given: dict[str, str] = {}
    name = _default_name(index)
    for word in words[2:]:
        if word.startswith("#"):
            name = word[1:]
            if not _NAME.fullmatch(name):
                raise MarkupError(f"{where}: name {word!r} has other signs than letters, digits, _ and -")
            continue
        key, equals, value = word.partition("=")
        if not equals or key not in _FIELDS or key in given:
            raise MarkupError(f"{where}: {word!r} is no field, or stands twice; fields are {', '.join(_FIELDS)}, #name")
        given[key] = value
    return _completed(surface, given, CharSpan(start, start + len(surface)), name, words[0], words[1], where, units)


def _default_name(index: int) -> str:
    return f"m{index + 1:04d}"


def _completed(
    surface: str, given: dict[str, str], span: CharSpan, name: str, role: str, slot: str, where: str, units: UnitTable
) -> GoldMention:
    unit_text, at, source = given.get("unit", "").partition("@")
    if at and source not in (UnitFrom.HEADER, UnitFrom.IMPLIED):
        raise MarkupError(f"{where}: unit@{source}: a unit comes from @header or @implied")
    spoken = "number" in given or "low" in given
    reading = None if spoken else plain_reading(surface, units, unit_text)
    if reading is None and not spoken:
        raise MarkupError(f"{where}: {surface!r} is not plain; say number= (or low= and high=) and unit=")
    low, high = (_number(given.get(key), where) for key in ("low", "high"))
    if spoken:
        row = units.by_surface.get(unit_text)
        dimension = row.dimension if row else Dimension.COUNT
        reading = PlainReading(_number(given.get("number"), where), low, high, unit_text, dimension, Approx.EXACT)
    if reading is None:
        raise MarkupError(f"{where}: {surface!r} cannot be read")
    return GoldMention(
        name=name,
        span=span,
        role=Role(role),
        slot=slot,
        number=reading.number,
        low=reading.low,
        high=reading.high,
        unit=reading.unit,
        unit_from=UnitFrom(source),
        dimension=_member(Dimension, given.get("dimension"), reading.dimension, where),
        approx=_member(Approx, given.get("approx"), reading.approx, where),
    )


def _number(text: str | None, where: str) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise MarkupError(f"{where}: {text!r} is no plain number") from error


def _member(kind: type, text: str | None, default: object, where: str):  # type: ignore[no-untyped-def]
    if text is None:
        return default
    if text not in set(kind):  # type: ignore[call-overload]
        raise MarkupError(f"{where}: {text!r} is none of {', '.join(kind)}")  # type: ignore[arg-type]
    return kind(text)


def _read_pair(line: str, where: str, known: set[str]) -> GoldPair:
    body, _, note = line.partition(" # ")
    match = re.fullmatch(rf"(\S+) <- (\S+) ({'|'.join(VERDICTS)})", body.strip())
    if match:
        _check_names(match.groups()[:2], where, known)
        return GoldPair(target=match[1], actual=match[2], verdict=match[3], note=note.strip())
    match = re.fullmatch(rf"(\S+) ({'|'.join(OPEN_ANSWERS)})", body.strip())
    if match is None:
        raise MarkupError(
            f"{where}: {line!r} is no 'TARGET <- ACTUAL {'|'.join(VERDICTS)}' nor 'TARGET unanswered|in_words'"
        )
    _check_names((match[1],), where, known)
    return GoldPair(target=match[1], actual=None, verdict=match[2], note=note.strip())


def _read_finding(line: str, where: str, known: set[str]) -> GoldFinding:
    head, *rest = (piece.strip() for piece in line.split(" | "))
    words = head.split()
    type_, optional = words[0].removesuffix("?"), words[0].endswith("?")
    if type_ not in FINDING_TYPES:
        raise MarkupError(f"{where}: finding type {type_!r} is none of {', '.join(FINDING_TYPES)}")
    _check_names(words[1:], where, known)
    said = {"stated": "", "right": ""}
    while rest and rest[0].split(" ", 1)[0] in said:
        key, _, value = rest.pop(0).partition(" ")
        said[key] = value.strip()
    if len(rest) > 1:
        raise MarkupError(f"{where}: {rest[0]!r} is neither stated …, right … nor the last part, the reason")
    return GoldFinding(type=type_, names=tuple(words[1:]), why="".join(rest), optional=optional, **said)


def _check_names(names: tuple[str, ...] | list[str], where: str, known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise MarkupError(f"{where}: no mention is named #{name}")


def render_markup(report: AnnotatedReport, *, units: UnitTable) -> str:
    """The markup of ``report``; what a plain reading gives is not spelt out."""
    used = {name for pair in report.pairs for name in (pair.target, pair.actual) if name}
    used |= {name for finding in report.findings for name in finding.names}
    used |= {mention.name for index, mention in enumerate(report.mentions) if mention.name != _default_name(index)}
    lines = [f"{key}: {value}\n" for key, value in report.about]
    body = _marked_text(report, used, units)
    parts = ["".join(lines), "--- text\n", body]
    parts += ["\n--- pairs\n", *(f"{_pair_line(pair)}\n" for pair in report.pairs)]
    parts += ["\n--- findings\n", *(f"{_finding_line(finding)}\n" for finding in report.findings)]
    return "".join(parts)


def _marked_text(report: AnnotatedReport, used: set[str], units: UnitTable) -> str:
    insertions = [(zone.start, 0, _ZONE_OPEN, zone.start) for zone in report.zones]
    insertions += [(zone.end, 2, _ZONE_CLOSE, zone.end) for zone in report.zones]
    for mention in report.mentions:
        marked = f"{{{_escaped(mention.span.of(report.text))}|{_fields_of(mention, report.text, used, units)}}}"
        insertions.append((mention.span.start, 1, marked, mention.span.end))
    out, position = [], 0
    for start, _, piece, end in sorted(insertions):
        out += [_escaped(report.text[position:start]), piece]
        position = end
    return _LINE_OF_A_PART.sub(r"\\---", "".join([*out, _escaped(report.text[position:])]))


def _escaped(text: str) -> str:
    return re.sub(r"([\\{}|])", r"\\\1", text)


def _fields_of(mention: GoldMention, text: str, used: set[str], units: UnitTable) -> str:
    fields = [mention.role.value, mention.slot]
    plain = None
    unit = mention.unit
    at = f"@{mention.unit_from}" if mention.unit_from else ""
    for try_unit in [unit, f"万{unit}", f"亿{unit}"] if at else [""]:
        plain = plain_reading(mention.span.of(text), units, try_unit)
        if plain and (plain.number, plain.low, plain.high, plain.unit) == (
            mention.number,
            mention.low,
            mention.high,
            mention.unit,
        ):
            fields += [f"unit={try_unit}{at}"] if at else []
            break
        plain = None
    if plain is None:
        row = units.by_surface.get(unit)
        plain = PlainReading(None, None, None, unit, row.dimension if row else Dimension.COUNT, Approx.EXACT)
        ends = (
            [("low", mention.low), ("high", mention.high)] if mention.low is not None else [("number", mention.number)]
        )
        fields += [f"{key}={'' if value is None else format(value, 'f')}" for key, value in ends]
        fields += [f"unit={unit}{at}"] if unit else []
    fields += [f"dimension={mention.dimension}"] if mention.dimension != plain.dimension else []
    fields += [f"approx={mention.approx}"] if mention.approx != plain.approx else []
    return " ".join([*fields, *([f"#{mention.name}"] if mention.name in used else [])])


def _pair_line(pair: GoldPair) -> str:
    note = f" # {pair.note}" if pair.note else ""
    return (
        f"{pair.target} <- {pair.actual} {pair.verdict}{note}" if pair.actual else f"{pair.target} {pair.verdict}{note}"
    )


def _finding_line(finding: GoldFinding) -> str:
    head = " ".join([finding.type + "?" * finding.optional, *finding.names])
    said = [f"{key} {value}" for key, value in (("stated", finding.stated), ("right", finding.right)) if value]
    return " | ".join([head, *said, finding.why])
