"""Fit the calibration of a reader: what ranks its sentences, and how sure it is of the first.

    python -m tests.measure.fit_calibration MODEL dev-a.json ... --distractors train.json ... --output READER

MODEL is a folder that `qa train reader` made, or a reader that is exported already. It is exported or
copied to READER, with what was fitted; with `--keep-ranking` an exported reader keeps its own.
The questions of the datasets are asked of an index of all articles and distractors, of indexes that
lack every second article, and every second paragraph, and of the same three without distractors:
confidence is to hold in small folders as in large ones. The ranking makes the
right sentence win among those read (a softmax over the question's sentences); the confidence is a
logistic function of `qa.confidence.SIGNS`. The threshold is the least at which at most one question
in `ODD_ANSWERS` about an article left out is answered. Questions that their article does not answer,
marked so in the datasets, are near misses: they teach the confidence, and the threshold is not set by them.
What was weighed for the questions takes long to collect; `--weighed FILE` keeps it, and fits to it the next time.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import numpy as np
from tqdm import tqdm

from index.build import update_index
from index.errors import QuestionError
from index.inputs import BuildOptions
from index.records import StoredText
from index.schema import open_catalog
from index.snapshot import reading
from index.store import STORE_NAME, Store
from index.words import Stemmer
from qa.confidence import SIGNS, Array, Calibration, probability, rank, signs
from qa.engine import Engine
from qa.evaluate.asking import is_present
from qa.evaluate.corpus import LeaveOut, Places, lay_out
from qa.evaluate.dataset import Dataset, GoldQuestion, gold_questions, read_dataset, sample
from qa.evaluate.metrics import auroc, brier, expected_calibration_error
from qa.evidence import FEATURES, Evidence, features, gather
from qa.export_reader import export_reader
from qa.merging import answer_key
from qa.onnx_span_model import OnnxSpanModel
from qa.question import Question
from qa.reader import Reading
from qa.reader_folder import ReaderFolder
from qa.readers import SHIPPED
from qa.retrieval import Hit
from qa.span_reader import READ_HITS, SpanReader
from tests.fakes import SilentProgress
from tests.measure.weighed import Example, Parts, keep, take_up

ODD_ANSWERS = 0.04
"""At 0.03, as many near misses in news are answered, and fewer of the questions that have an answer."""

ROUNDS = 300
_OF_READING = [
    FEATURES.index(name) for name in ("margin", "answer may be of the kind asked for", "words of the answer")
]
_EVEN = Calibration(ranking=(1.0,) * len(FEATURES), weights=(0.0,) * len(SIGNS), bias=0.0, threshold=0.0)


class Recorder:
    """A reader that keeps what it weighed for the last question."""

    threshold = 0.0

    def __init__(self, model: OnnxSpanModel, stemmer: Stemmer) -> None:
        self._reader = SpanReader(model, _EVEN, stemmer)
        self._stemmer = stemmer
        self.evidence: list[Evidence] = []
        self.features: Array = np.zeros((0, len(FEATURES)))
        self.answers: tuple[str, ...] = ()

    def read(self, question: Question, hits: Sequence[Hit], texts: Mapping[int, StoredText]) -> Reading:
        """Weigh the passages; return nothing."""
        read = hits[:READ_HITS]
        self.evidence = gather(read, self._reader.find(question, read, texts), texts)
        self.features = features(question, self.evidence, texts, self._stemmer)
        self.answers = tuple(answer_key(e.best.of(texts[e.text_id].content)) for e in self.evidence)
        return Reading((), range(len(read)))


def collect(
    model: OnnxSpanModel,
    datasets: Sequence[Dataset],
    distractors: Sequence[Dataset],
    leave_out: LeaveOut | None,
    limit: int | None,
    work: Path,
) -> list[Example]:
    """Index the articles in `work`, ask every question, and return what was weighed for each.

    What an index there has already is not embedded again.
    """
    examples = []
    folder, store = work / "articles", Store(work / STORE_NAME)
    shutil.rmtree(folder, ignore_errors=True)
    places = lay_out(datasets, distractors, folder, leave_out=leave_out)
    update_index(store, BuildOptions(roots=(folder,)), notify=print, progress=SilentProgress())
    recorders: list[Recorder] = []

    def record(_embedder: object, stemmer: Stemmer) -> Recorder:
        recorders.append(Recorder(model, stemmer))
        return recorders[-1]

    asked = [question for dataset in datasets for question in sample(gold_questions(dataset), limit)]
    with (
        Engine(store, notify=print, make_reader=record) as engine,
        closing(open_catalog(store.catalog)) as connection,
        reading(connection, store) as snapshot,
    ):
        for question in tqdm(asked, desc=str(leave_out or "all"), disable=None):
            try:
                engine.ask(question.text, verify=False)
            except QuestionError:
                continue
            recorder = recorders[0]
            paths = {e.text_id: {p.path for p in snapshot.places(e.text_id)} for e in recorder.evidence}
            right = np.array([_holds(e, paths[e.text_id], question, places) for e in recorder.evidence], bool)
            present = is_present(question, places)
            left_out = bool(question.spans) and not present
            examples.append(Example(recorder.features, recorder.answers, right, present, left_out))
    return examples


def _holds(evidence: Evidence, paths: set[Path], question: GoldQuestion, places: Places) -> bool:
    """Tell whether the sentences cover a gold span at its own place."""
    return any(
        place.path in paths and any(place.gold_span(span) in evidence.sentences for span in question.spans)
        for place in places.get(question.context, ())
    )


def fit_ranking(examples: Sequence[Example], *, decay: float = 1e-3) -> tuple[float, ...]:
    """Return the weights under which the right sentences take most of each question's softmax, by Adam.

    What only reading tells may speak for a sentence alone, or `qa.hopes` would hope for too little.
    """
    answerable = [(e.features, e.right) for e in examples if e.present and e.right.any()]
    bounded = [(rank_inputs(known), right) for known, right in answerable]
    weights, first, second = (np.zeros(len(FEATURES)) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        gradient = decay * weights
        for known, right in bounded:
            logits = known @ weights
            chances = np.exp(logits - logits.max())
            chances /= chances.sum()
            wanted = chances * right
            gradient = gradient - known.T @ (wanted / wanted.sum() - chances) / len(bounded)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        weights = weights - 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        weights[_OF_READING] = np.maximum(weights[_OF_READING], 0)
    return tuple(round(float(weight), 3) for weight in weights)


def rank_inputs(known: Array) -> Array:
    """Return the features as `qa.confidence.rank` weighs them, each apart."""
    single = np.eye(len(FEATURES))
    return np.stack([rank(known, tuple(row)) for row in single], axis=1)


def fit_logistic(inputs: Array, right: Array) -> Array:
    """Return the weights and, last, the bias of a logistic function, by Newton's method."""
    padded = np.column_stack([inputs, np.ones(len(inputs))])
    weights = np.zeros(padded.shape[1])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-np.clip(padded @ weights, -30, 30)))
        curvature = padded.T @ (padded * (chances * (1 - chances))[:, None]) + 1e-2 * np.eye(len(weights))
        weights = weights - np.linalg.solve(curvature, padded.T @ (chances - right) + 1e-2 * weights)
    return weights


def fit_upward(inputs: Array, right: Array) -> Array:
    """Return such weights and bias with no weight below 0: what would get one is left out, the least first."""
    kept = list(range(inputs.shape[1]))
    while True:
        fitted = fit_logistic(inputs[:, kept], right)
        if (fitted[:-1] >= 0).all():
            break
        del kept[int(np.argmin(fitted[:-1]))]
    weights = np.zeros(inputs.shape[1] + 1)
    weights[[*kept, -1]] = fitted
    return weights


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print and, if asked to, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("datasets", nargs="+")
    parser.add_argument("--distractors", nargs="+", default=[])
    parser.add_argument("--limit", type=int, help="questions of each dataset, evenly spread")
    parser.add_argument("--output", type=Path, required=True, metavar="READER")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keeps the index for another reader to be fitted")
    parser.add_argument("--weighed", type=Path, metavar="FILE", help="keeps what was weighed; is read if it is there")
    parser.add_argument("--keep-ranking", action="store_true", help="fit the confidence and the threshold alone")
    options = parser.parse_args(arguments)
    if options.keep_ranking and not _is_exported(options.model):
        parser.error(f"{options.model} is not an exported reader: it has no ranking to keep")
    folder = reader_in(options.model, options.output)
    settings = folder.read_settings(remedy="export it again")
    known = options.weighed and options.weighed.exists()
    parts = take_up(options.weighed) if known else _collect_all(folder, options)
    if options.weighed and not known:
        keep(options.weighed, parts)
    calibration = fit(parts, settings.calibration.ranking if options.keep_ranking else None)
    print(calibration)
    folder.write_settings(replace(settings, name=SHIPPED, calibration=calibration))
    return 0


def _collect_all(folder: ReaderFolder, options: argparse.Namespace) -> Parts:
    """Ask all questions in all conditions."""
    model = OnnxSpanModel(folder)
    datasets = [read_dataset(name) for name in options.datasets]
    distractors = [read_dataset(name) for name in options.distractors]
    with nullcontext(options.work) if options.work else tempfile.TemporaryDirectory() as work:
        return {
            (many, kind): collect(model, datasets, distractors if many else (), kind, options.limit, Path(work))
            for many in (True, False)
            for kind in (None, *LeaveOut)
        }


def reader_in(model: str, output: Path) -> ReaderFolder:
    """Return the exported reader at `output`: a copy of `model`, where that is one, or else its export."""
    if _is_exported(model):
        return ReaderFolder(Path(shutil.copytree(model, output)))
    return ReaderFolder(export_reader(model, output.parent, _EVEN).path.rename(output))


def _is_exported(model: str) -> bool:
    return ReaderFolder(Path(model)).settings.exists()


def fit(parts: Parts, ranking: tuple[float, ...] | None = None) -> Calibration:
    """Return the calibration for what was collected, and print how well it does there.

    The ranking is fitted, too, unless one is given.
    """
    ranking = ranking or fit_ranking([*parts[True, None], *parts[False, None]])
    signed = {
        kind: [(signs(e.features, rank(e.features, ranking), e.answers), e) for e in part if len(e.features)]
        for kind, part in parts.items()
    }
    every = [pair for part in signed.values() for pair in part]
    inputs = np.stack([sign for sign, _ in every])
    right = np.array([float(_first_is_right(e, ranking)) for _, e in every])
    *weights, bias = (round(float(weight), 4) for weight in fit_upward(inputs, right))
    calibration = Calibration(ranking=ranking, weights=tuple(weights), bias=bias, threshold=0.0)
    for name, weight in (*zip(FEATURES, ranking, strict=True), *zip(SIGNS, weights, strict=True)):
        print(f"{weight:8.3f}  {name}")
    left_out = [pair for many in (True, False) for pair in signed[many, LeaveOut.ARTICLES]]
    away = [probability(sign, calibration) for sign, e in left_out if e.left_out]
    threshold = round(float(np.quantile(away, 1 - ODD_ANSWERS)), 2)
    for (many, kind), part in signed.items():
        sure = np.array([probability(sign, calibration) for sign, _ in part])
        hit = np.array([_first_is_right(e, ranking) for _, e in part])
        present = np.array([e.present for _, e in part])
        gone = np.array([e.left_out for _, e in part])
        line = f"{'many' if many else 'few':<5}{kind or 'all'!s:<11} first right {hit[present].mean():.1%}"
        line += f"  reachable {np.mean([e.right.any() for _, e in part if e.present]):.1%}"
        line += f"  answered and right {((sure >= threshold) & hit)[present].mean():.1%}"
        line += f"  Brier {brier(sure, hit):.3f}  ECE {expected_calibration_error(sure, hit):.3f}"
        if not present.all():
            line += f"  AUROC {auroc(sure[present], sure[~present]):.3f}"
        for name, absent in (("left out", gone), ("near misses", ~present & ~gone)):
            if absent.any():
                line += f"  {name} answered {(sure[absent] >= threshold).mean():.1%}"
        print(line)
    return replace(calibration, threshold=threshold)


def _first_is_right(example: Example, ranking: tuple[float, ...]) -> bool:
    return bool(example.right[int(np.argmax(rank(example.features, ranking)))])


if __name__ == "__main__":
    sys.exit(main())
