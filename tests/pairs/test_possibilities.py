"""Ways in which a target may be answered: which actuals are looked at, and what is told of each."""

from __future__ import annotations

import pytest

from extract.lexicons import default_units
from extract.pairs.candidates import MOST, NEIGHBOURS, TELLING, ActualIndex
from extract.pairs.features import open_features, pair_features, unit_fit, word_features
from extract.pairs.pairing import pair_claims, target_possibilities
from extract.pairs.wording import WordAnswer, WordAnswers
from extract.pairs.wordings import Wordings
from extract.records import Answer, Claim, Role
from extract.weights import Calibration, Weights
from tests.mentions import drafts_of

HEAD = "三级指标\t年度指标值\t实际完成值\n"
FAR = "".join(f"第{word}项工作办结{number}本。\n" for number, word in enumerate("甲乙丙丁戊己庚辛", 31))


def claims_of(text: str, *roles: Role) -> tuple[Claim, ...]:
    """The claims, those in front with the roles given, the others actuals."""
    return tuple(claim for claim, _ in drafts_of(text, *roles)[1])


def features_of(text: str, target: Claim, actual: Claim) -> dict[str, float]:
    """What is known of the second of two figures that stand beside each other."""
    return pair_features(target, actual, 1, "same unit", Wordings(text, (target, actual)))


def features_by_actual(text: str, *roles: Role) -> dict[str, set[str]]:
    """Written form of each actual → what is told of it as an answer to the first target."""
    document, drafts = drafts_of(text, *roles)
    _, possibilities = next(target_possibilities(document, [claim for claim, _ in drafts]))
    return {each.actual.span.of(text): set(each.features) for each in possibilities if each.actual is not None}


def candidates_of(text: str, *roles: Role) -> list[str]:
    """The written forms of what may answer the first figure, a target."""
    claims = claims_of(text, Role.TARGET, *roles)
    return [claims[place].span.of(text) for place in ActualIndex(claims, Wordings(text, claims)).candidates(0)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{HEAD}新建泵站\t12座\t13座\n", ["13座"]),  # its row
        ("计划新建泵站12座，建成9座。\n", ["9座"]),  # its neighbour
        (f"计划新建泵站12座。\n{FAR}全年建成泵站9座。\n", ["9座"]),  # shared words, however far
        (f"计划新建泵站12座。\n{FAR}全年解决难题9道。\n", []),  # nothing shared
        (f"计划新建泵站12座。\n{FAR}全年解决难题12座。\n", ["12座"]),  # the same value
        ("计划新建泵站12座，投资9万元。\n", []),  # another dimension
        (f"计划新建泵站12座。\n{FAR}泵站陆续改建成套，净增9座。\n", ["9座"]),  # its sentence says the name
    ],
)
def test_actuals_that_may_answer(text: str, found: list[str]) -> None:
    far = {f"{number}本" for number in range(31, 39)}
    assert [surface for surface in candidates_of(text) if surface not in far] == found


def test_neighbours_are_looked_at_whatever_they_are_called() -> None:
    text = f"计划新建泵站12座。\n{FAR}"
    assert candidates_of(text) == [f"{number}本" for number in range(31, 31 + NEIGHBOURS)]


@pytest.mark.parametrize(
    ("role", "found"),
    [(Role.ACTUAL, True), (Role.CHANGE, True), (Role.TARGET, False), (Role.CONTEXT, False), (Role.BASELINE, False)],
)
def test_only_actuals_and_changes_answer(role: Role, found: bool) -> None:
    assert (candidates_of("计划新建泵站12座，泵站9座。\n", role) == ["9座"]) is found


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("资金由中央补助320万元、省级补助480万元构成。\n", True),
        ("资金由中央补助320万元和市级配套480万元安排。\n", True),
        ("中央补助320万元；省级补助480万元。\n", False),
        ("中央补助320万元，培训480人。\n", False),
    ],
)
def test_targets_in_a_list_of_amounts(text: str, listed: bool) -> None:
    claims = claims_of(text, Role.TARGET, Role.TARGET)
    assert Wordings(text, claims).is_listed(claims, 0) is listed
    assert Wordings(text, claims).is_listed(claims, 1) is listed


def test_names_that_share_nothing_count_where_no_place_brings_two_figures_together() -> None:
    one, other = claims_of("计划新建泵站12座。实际举办培训13座。\n", Role.TARGET)
    assert "names share nothing, apart" in features_of("计划新建泵站12座。实际举办培训13座。\n", one, other)
    text = "计划新建泵站12座，实际举办培训13座。\n"
    one, other = claims_of(text, Role.TARGET)
    assert "names share nothing, apart" not in features_of(text, one, other)


def test_work_does_not_grow_with_the_square_of_a_document() -> None:
    text = "计划新建泵站12座。\n" + "".join(f"建成泵站{number}座。\n" for number in range(100, 200))
    assert len(candidates_of(text)) <= MOST + NEIGHBOURS + TELLING


@pytest.mark.parametrize(
    ("target", "actual", "fit"),
    [
        ("12公里", "13公里", "same unit"),
        ("12座", "12个", "a general unit"),
        ("12座", "12台", "another unit of counting"),
        ("15亩", "1公顷", "units convert"),
        ("12公里", "13座", None),
        ("12公里", "13%", None),
        ("0座", "3台", None),  # none of one thing is not some of another
        ("0起", "3起", "same unit"),
    ],
)
def test_how_units_go_together(target: str, actual: str, fit: str | None) -> None:
    one, other = claims_of(f"计划完成{target}。实际完成{actual}。\n", Role.TARGET)
    assert unit_fit(one, other, default_units()) == fit


def test_figures_whose_units_do_not_go_together_are_no_possibility() -> None:
    text = "计划新建泵站0座。实际新建泵站3台。\n"
    document, drafts = drafts_of(text, Role.TARGET)
    ((_, possibilities),) = target_possibilities(document, [claim for claim, _ in drafts])
    assert [each.answer for each in possibilities] == [Answer.WORDS, Answer.NONE]


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        (f"{HEAD}新建泵站\t12座\t13座\n", {"same row", "columns target and actual", "same name"}, {"both in prose"}),
        ("计划新建泵站12座，实际新建泵站12座。\n", {"same sentence", "same name", "same value"}, {"near value"}),
        ("计划新建泵站12座。实际新建泵站13座。\n", {"next figure", "near value"}, {"same sentence"}),
        ("计划新建泵站12座。实际举办培训130座。\n", {"names share nothing", "values far apart"}, {"same name"}),
        ("计划泵站12座。实际堤防25座。\n", {"values apart", "both of slot other"}, {"values far apart"}),
        (f"{HEAD}新建泵站\t12座\t建成泵站，共9座\n", {"same row, cells of words"} & set(), {"another row"}),
    ],
)
def test_features_of_two_figures(text: str, present: set[str], absent: set[str]) -> None:
    target, actual = claims_of(text, Role.TARGET)
    features = features_of(text, target, actual)
    assert present | {"an answer", "same unit", "behind the target"} <= set(features)
    assert absent & set(features) == set()


@pytest.mark.parametrize(
    ("goal", "result", "told"),
    [
        ("游客增长5%", "游客增长6%", "a rise answered by a rise"),
        ("游客增幅目标5%", "游客增长6%", "a rise answered by a rise"),
        ("能耗下降5%", "能耗降幅6%", "a fall answered by a fall"),
        ("能耗下降5%", "能耗增长6%", "a fall answered by a rise"),
        ("绿地率提高到35%", "绿地率36%", "a level answered by a level"),
    ],
)
def test_movements_of_two_figures(goal: str, result: str, told: str) -> None:
    text = f"{goal}。{result}。\n"
    target, change = claims_of(text, Role.TARGET, Role.CHANGE)
    assert {"answered by a change", told} <= set(features_of(text, target, change))


def test_name_may_stand_anywhere_in_front_of_the_actual() -> None:
    text = "绿色矿山占比45%。建成绿色矿山3座，占全县的46%。\n"
    target, _, actual = claims_of(text, Role.TARGET)
    assert features_of(text, target, actual)["target named in front of the actual, ratio"] > 0.4


def test_first_actual_of_its_unit_is_told() -> None:
    found = features_by_actual("计划新建泵站12座，投资9万元，实际新建泵站11座，改造泵站8座。\n", Role.TARGET)
    assert "first of its unit behind in its sentence" in found["11座"]
    assert "first of its unit behind in its sentence" not in found["8座"]


def test_rival_of_a_better_name_claims_an_actual() -> None:
    text = "泵站完好率目标90%。堤防达标率目标80%。全年泵站完好率92%。\n"
    document, drafts = drafts_of(text, Role.TARGET, Role.TARGET)
    features = {
        target.indicator: next(set(each.features) for each in possibilities if each.actual is not None)
        for target, possibilities in target_possibilities(document, [claim for claim, _ in drafts])
    }
    assert "another target claims it" in features["堤防达标率"]
    assert "no other target claims it" in features["泵站完好率"]


def test_goal_told_again_is_no_rival() -> None:
    text = "泵站完好率目标90%。年初泵站完好率目标90%。全年泵站完好率92%。\n"
    assert "another target claims it" not in features_by_actual(text, Role.TARGET, Role.TARGET)["92%"]


def test_row_that_lacks_an_actual_is_told() -> None:
    text = f"{HEAD}新建泵站\t12座\t13座\n群众满意度\t95%\t良好\n"
    document, drafts = drafts_of(text, Role.TARGET, Role.ACTUAL, Role.TARGET)
    told = [set(each[-1].features) for _, each in target_possibilities(document, [claim for claim, _ in drafts])]
    assert "no answer in a row with an actual" in told[0]
    assert "no answer in a row without an actual" in told[1]


@pytest.mark.parametrize(
    ("result", "in_row", "not_yet"),
    [
        ("良好", True, False),
        ("全部完成", True, False),
        ("尚未完成", True, True),
        ("正在推进中", True, True),
        ("暂没有统计", True, True),
    ],
)
def test_words_beside_the_target_answer_it(result: str, in_row: bool, not_yet: bool) -> None:
    text = f"{HEAD}新建泵站\t12座\t{result}\n群众满意度\t95%\t96%\n"
    document, drafts = drafts_of(text, Role.TARGET)
    told = WordAnswers(document).best(drafts[0][0])
    assert (told.in_row, told.not_yet) == (in_row, not_yet)
    assert told.segment is not None
    assert told.segment.span.of(text) == result


@pytest.mark.parametrize(("goals", "in_row"), [("12座", True), ("1.新建泵站12座；2.群众满意度不低于95%", False)])
def test_words_in_the_cell_beside_answer_a_goal_that_is_alone_in_its_own(goals: str, in_row: bool) -> None:
    text = f"{HEAD}总体目标\t{goals}\t工作按期完成\n群众满意度\t95%\t96%\n"
    document, drafts = drafts_of(text, Role.TARGET, Role.TARGET)
    assert WordAnswers(document).best(drafts[0][0]).in_row is in_row


def test_clause_with_most_of_the_name_answers_from_afar() -> None:
    text = "一、绩效目标\n新建泵站12座。\n二、完成情况\n各项培训全部完成，新建泵站全部完成。会议按期召开。\n"
    document, drafts = drafts_of(text, Role.TARGET)
    told = WordAnswers(document).best(drafts[0][0])
    assert told.segment is not None
    assert "新建泵站全部完成" in told.segment.span.of(text)
    assert (told.likeness, told.in_row, told.not_yet) == (1.0, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "计划新建泵站12座。会议按期召开。\n",  # nothing shared
        "一、绩效目标\n新建泵站12座。新建泵站按期完成。\n",  # told among goals
        "计划新建泵站12座。新建泵站9座已完成。\n",  # a clause with a figure
    ],
)
def test_clause_that_does_not_answer(text: str) -> None:
    document, drafts = drafts_of(text, Role.TARGET)
    assert WordAnswers(document).best(drafts[0][0]) == WordAnswer(None)


def test_features_of_words_and_of_no_answer() -> None:
    document, drafts = drafts_of(f"{HEAD}新建泵站\t0座\t尚未开工\n", Role.TARGET)
    told = WordAnswers(document).best(drafts[0][0])
    assert {"in words", "in words beside the target", "in words, not yet done"} <= set(word_features(told))
    assert "in words, but no clause" in word_features(WordAnswer(None))
    assert {"no answer", "no answer to a column's target", "no answer to zero"} <= set(
        open_features(drafts[0][0], 0.0, "", told)
    )
    assert {"no answer, and no candidate", "no answer, and words that say not yet"} <= set(
        open_features(drafts[0][0], None, "", told)
    )


@pytest.mark.parametrize(
    ("shared", "answer"),
    [
        ({"an answer": 5.0}, Answer.FIGURE),
        ({"in words": 5.0}, Answer.WORDS),
        ({"no answer": 5.0}, Answer.NONE),
    ],
)
def test_weights_choose_the_answer(shared: dict[str, float], answer: Answer) -> None:
    text = "一、绩效目标\n新建泵站12座。\n二、完成情况\n新建泵站13座，新建泵站按期完成。\n"
    document, drafts = drafts_of(text, Role.TARGET)
    weights = Weights((), shared, {}, Calibration(((0.0, 0.0), (1.0, 0.5))))
    (pair,) = pair_claims(document, [claim for claim, _ in drafts], weights=weights)
    assert pair.answer is answer
    assert 0.45 < pair.confidence <= 0.5
    assert (pair.actual is not None) == (answer is Answer.FIGURE)
