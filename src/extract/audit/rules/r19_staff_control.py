"""R19: staff in service over posts; above 100 % there are more people than posts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.audit.findings import Checked, finding
from extract.audit.graph import Graph
from extract.audit.relations import Figure, Relation, RelationKind
from extract.audit.wording import written
from extract.records import FindingType, Severity

RULE = "R19"
_RATE = re.compile(r"人员控制率|在编率|满编率|编制使用率")
_POSTS = re.compile(r"(?:编制|核定编制|编制数|编制人数|定编|人员编制)(?:人数|总数|数|共)*[为:]?$")
_IN_SERVICE = re.compile(r"(?:在职|实有|在岗|在编)(?:在编|在岗)?(?:职工|人员|干部)*(?:人数|总数|数|共)*[为:]?$")


def owns(relation: Relation) -> bool:
    return relation.result.kind == "%" and _RATE.search(relation.result.before[-12:]) is not None


def check_staff(graph: Graph) -> Iterator[Checked]:
    """A finding where the first stated headcount is above the first stated number of posts."""
    posts = next((f for f in graph.figures if f.kind == "人" and _is(f, _POSTS)), None)
    staff = next((f for f in graph.figures if f.kind == "人" and _is(f, _IN_SERVICE)), None)
    if posts is None or staff is None or _is_part(graph, posts, staff):
        return
    together = (f for f in graph.figures if f.kind == "人" and f.sentence == posts.sentence and f.span < staff.span)
    most = max(together, key=lambda figure: figure.value, default=posts)
    if staff.value > most.value > 0:
        yield _overstaffed(graph, staff, most)


def _is_part(graph: Graph, one: Figure, whole: Figure) -> bool:
    """Whether a figure is a part that adds up to another with its like: 实有37人：事业编制24人、劳务派遣13人."""
    sums = (r for r in graph.judgement.holding if r.kind is RelationKind.SUM and r.result == whole)
    return any(one in relation.figures[1:] for relation in sums)


def _is(figure: Figure, pattern: re.Pattern[str]) -> bool:
    cell = figure.claim.cell
    alone = cell is not None and not figure.before
    return pattern.search(cell.row_label if alone and cell else figure.before) is not None


def _overstaffed(graph: Graph, staff: Figure, posts: Figure) -> Checked:
    text = graph.document.text
    stated, allowed = written(staff.claim, text), written(posts.claim, text)
    worked = f"{stated}÷{allowed}={staff.value / posts.value * 100:.2f}%"
    return finding(
        graph.document,
        FindingType.BUDGET,
        RULE,
        (staff.claim, posts.claim),
        severity=Severity.MEDIUM,
        confidence=0.7,
        stated=stated,
        workings=worked,
        message=f"在职人员{stated}，编制{allowed}，{worked}，超过100%。请说明超编原因，或更正人数。",
    )
