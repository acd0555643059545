"""Learns to choose: weights under which the right one of several candidates has the highest score.

The model is the conditional logit (McFadden 1974): the probability of a candidate is the softmax of the scores over
the candidates of its question. With features that a question shares among all candidates it is multinomial logistic
regression; with features of the candidates' own it ranks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.weights import Calibration, Features, Weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

_ROUNDS = 400
CLOSE = 1e-8  #: relative change of the loss at which the weights are settled to more digits than are kept


@dataclass(frozen=True, slots=True)
class Question:
    """One decision: what speaks of the place as a whole, what speaks for each candidate, and which is right."""

    features: Features  #: of the place, which may speak for or against each candidate
    candidates: tuple[tuple[str, Features], ...]  #: choice, and its own features
    right: frozenset[int]  #: indices of candidates; several may be right
    source: str = ""  #: whose question it is: a feature that few sources have says little of others


@dataclass(frozen=True, slots=True)
class Penalty:
    """How dear a weight is (half of this times its square)."""

    place: float = 1.0  #: of features of the place, learnt for each choice apart
    shared: float = 0.1  #: of features that candidates share
    fewest: int = 2  #: sources in which a feature of the place must occur to be learnt; all, where there are fewer
    least: float = 0.04  #: weights of features of the place below this are dropped
    given: Mapping[tuple[str, str], float] = field(default_factory=dict)
    #: (choice, feature of the place) → weight that people gave it; it is kept unless the examples speak strongly
    of_given: float = 300.0  #: how dear it is to leave a given weight
    fallback: str = ""  #: the choice that is taken when nothing speaks for another …
    of_fallback: tuple[str, ...] = ()  #: … and the beginnings of the only features of the place that speak for it


def fit_weights(
    questions: Iterable[Question], *, choices: Sequence[str], penalty: Penalty, close: float = CLOSE
) -> Weights:
    """The weights that make the right candidates of ``questions`` most probable, uncalibrated.

    ``choices`` are all that features of the place may speak for; ``close`` is the relative change of the loss at which
    the weights are settled. A pair of feature and choice that never was right is
    not learnt: its absence says as much, and the model stays small.
    """
    import numpy as np

    asked = [question for question in questions if question.right]
    if not asked:
        return _Table((), penalty).weights(np.array([*penalty.given.values()]), tuple(choices), penalty.least)
    table = _Table(asked, penalty)
    penalties, given = np.array(table.penalties), np.array(table.given)
    solution = _solution(table.matrix(), table.starts, np.array(table.shares), penalties, given, close)
    return table.weights(solution, tuple(choices), penalty.least)


class _Table:
    """Candidates as rows of a sparse matrix, features (shared, or of one choice) as columns."""

    def __init__(self, questions: Sequence[Question], penalty: Penalty) -> None:
        self.columns: dict[tuple[str, str], int] = {}
        self.penalties: list[float] = []
        self.given: list[float] = []
        self.starts: list[int] = []
        self.shares: list[float] = []
        self._rows: list[int] = []
        self._places: list[int] = []
        self._values: list[float] = []
        sources = {(name, question.source) for question in questions for name in question.features}
        fewest = min(penalty.fewest, len({source for _, source in sources}))
        kept = {name for name, count in Counter(name for name, _ in sources).items() if count >= fewest}
        learnt = {
            (name, choice)
            for question in questions
            for choice in {question.candidates[index][0] for index in question.right}
            for name in question.features
            if name in kept and (choice != penalty.fallback or name.startswith(penalty.of_fallback))
        }
        for choice, name in penalty.given:
            learnt.add((name, choice))
            self._column_of_place((choice, name), penalty)
        for question in questions:
            self._add(question, learnt, penalty)

    def _add(self, question: Question, learnt: set[tuple[str, str]], penalty: Penalty) -> None:
        self.starts.append(len(self.shares))
        for index, (choice, own) in enumerate(question.candidates):
            for name, value in own.items():
                self._put(self._column(("", name), penalty.shared, 0.0), value)
            for name, value in question.features.items():
                if (name, choice) in learnt:
                    self._put(self._column_of_place((choice, name), penalty), value)
            self.shares.append(1 / len(question.right) if index in question.right else 0.0)

    def _column_of_place(self, key: tuple[str, str], penalty: Penalty) -> int:
        if key in penalty.given:
            return self._column(key, penalty.of_given, penalty.given[key])
        return self._column(key, penalty.place, 0.0)

    def _column(self, key: tuple[str, str], penalty: float, given: float) -> int:
        if key not in self.columns:
            self.columns[key] = len(self.columns)
            self.penalties.append(penalty)
            self.given.append(given)
        return self.columns[key]

    def _put(self, column: int, value: float) -> None:
        self._rows.append(len(self.shares))
        self._places.append(column)
        self._values.append(value)

    def matrix(self) -> csr_matrix:
        from scipy.sparse import csr_matrix

        return csr_matrix(
            (self._values, (self._rows, self._places)), shape=(len(self.shares), len(self.columns)), dtype=float
        )

    def weights(self, solution: NDArray[np.float64], choices: tuple[str, ...], least: float) -> Weights:
        index = {choice: place for place, choice in enumerate(choices)}
        shared: dict[str, float] = {}
        by_choice: dict[str, list[tuple[int, float]]] = {}
        for (choice, name), column in self.columns.items():
            weight = round(float(solution[column]), 3)
            if not choice:
                shared[name] = weight
            elif abs(weight) >= least:
                by_choice.setdefault(name, []).append((index[choice], weight))
        rows = {name: tuple(sorted(row)) for name, row in by_choice.items()}
        return Weights(choices, shared, rows, Calibration())


def _solution(
    matrix: csr_matrix,
    starts: Sequence[int],
    shares: NDArray[np.float64],
    penalties: NDArray[np.float64],
    given: NDArray[np.float64],
    close: float,
) -> NDArray[np.float64]:
    """The weights, one a column, that minimise penalised log loss; ``starts`` are the first rows of the questions."""
    import numpy as np
    from scipy.optimize import minimize

    firsts = np.asarray(starts)
    question = np.repeat(np.arange(len(firsts)), np.diff(np.append(firsts, matrix.shape[0])))
    turned = matrix.T.tocsr()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, firsts)[question]
        grown = np.exp(scores)
        totals = np.add.reduceat(grown, firsts)
        missing = -(shares * (scores - np.log(totals)[question])).sum()
        slope = turned @ (grown / totals[question] - shares) + penalties * (weights - given)
        return float(missing + 0.5 * (penalties * (weights - given) ** 2).sum()), slope

    options = {"maxiter": _ROUNDS, "maxcor": 20, "ftol": close, "gtol": 1e-6}
    found: NDArray[np.float64] = minimize(loss, given, jac=True, method="L-BFGS-B", options=options).x
    return found


def fit_calibration(probabilities: Sequence[float], right: Sequence[bool]) -> Calibration:
    """How often choices of each probability were right, rising, at up to 22 knots (isotonic regression).

    Where there were none the probabilities are left as they are.
    """
    if not probabilities:
        return Calibration()
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    order = np.argsort(np.asarray(probabilities), kind="stable")
    sure, good = np.asarray(probabilities, dtype=float)[order], np.asarray(right, dtype=float)[order]
    bins = [part for part in np.array_split(np.arange(len(sure)), 20) if len(part)]
    x = np.array([sure[part].mean() for part in bins])
    y = np.array([good[part].mean() for part in bins])
    rising = IsotonicRegression(y_min=0.0, y_max=1.0).fit_transform(x, y, sample_weight=[len(part) for part in bins])
    knots = [(0.0, float(rising[0]) * 0.5), *zip(x.tolist(), rising.tolist(), strict=True), (1.0, float(rising[-1]))]
    return Calibration(tuple((round(a, 3), round(b, 3)) for a, b in knots))
