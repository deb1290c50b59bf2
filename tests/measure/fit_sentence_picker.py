"""Fit the sentence picker's weights on training articles, and choose its threshold on dev-a.

    python -m tests.measure.fit_sentence_picker new_wiki.json

Prints what belongs into qa/sentence_picker.py. The weights make the right sentence win among those
considered (a softmax over the question's sentences); bias and scale then make the winner's score
its chance of being right (a logistic fit), over the questions asked of an index that has their
articles and of one that has not.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.build import update_index
from index.embedder import OnnxEmbedder
from index.inputs import BuildOptions
from index.model_folder import ModelFolder
from index.nearest import VectorSearch
from index.schema import open_catalog
from index.snapshot import reading
from index.store import STORE_NAME, Store
from index.words import Stemmer
from qa.evaluate.corpus import LeaveOut, Places, lay_out
from qa.evaluate.dataset import Dataset, GoldQuestion, gold_questions, read_dataset
from qa.finding import HITS
from qa.question import parse_question
from qa.retrieval import retrieve
from qa.sentence_picker import FEATURES, READ_HITS, SentencePicker, consider
from tests.fakes import SilentProgress

DEV_A = (0, 12, 24, 36)
"""Articles of new_wiki.json, counted from 0, to choose the threshold on."""

DEV_B = (6, 18, 30, 42)
"""Articles of new_wiki.json to report on, and for nothing else."""

Array = npt.NDArray[np.float64]
ROUNDS = 600


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a question's sentences, a row each, and which of them hold a gold answer."""

    features: Array
    right: npt.NDArray[np.bool_]


def build(work: Path, dataset: Dataset, *, leave_out: LeaveOut | None = None) -> tuple[Store, Places]:
    """Index a dataset's articles in the folder `work`; return where their paragraphs stand."""
    places = lay_out([dataset], [], work / "articles", leave_out=leave_out)
    store = Store(work / STORE_NAME)
    options = BuildOptions(roots=(work / "articles",))
    update_index(store, options, notify=lambda line: print(line, file=sys.stderr), progress=SilentProgress())
    return store, places


def collect(store: Store, places: Places, questions: Sequence[GoldQuestion]) -> list[Example]:
    """Run the questions up to the picker's features."""
    examples = []
    stemmer, search = Stemmer(), VectorSearch(store, notify=print)
    with closing(open_catalog(store.catalog)) as connection, reading(connection, store) as snapshot:
        settings = snapshot.settings()
        assert settings is not None
        embedder = OnnxEmbedder(ModelFolder(store.models / snapshot.recipe(settings.recipe_id).model))
        picker = SentencePicker(embedder, stemmer)
        for gold in questions:
            question = parse_question(gold.text, stemmer, snapshot)
            hits = retrieve(question, embedder.embed_question(question.text), snapshot, search, limit=HITS)
            texts = {hit.passage.text_id: snapshot.text(hit.passage.text_id) for hit in hits}
            paths = {id: snapshot.places(id)[0].path for id in texts}
            wanted = [
                (place.path, place.gold_span(span)) for place in places.get(gold.context, ()) for span in gold.spans
            ]
            considered = consider(hits[:READ_HITS], texts)
            right = [any(path == paths[s.text_id] and span in s.span for path, span in wanted) for s in considered]
            examples.append(Example(picker.features(question, considered, texts), np.array(right)))
    search.close()
    return examples


def fit_weights(examples: Sequence[Example], *, decay: float = 1e-3) -> Array:
    """Return the weights under which the right sentences take most of each question's softmax."""
    answerable = [e for e in examples if e.right.any()]
    weights, first, second = (np.zeros(len(FEATURES)) for _ in range(3))
    for step in range(1, ROUNDS + 1):
        gradient = decay * weights
        for example in answerable:
            logits = example.features @ weights
            chances = np.exp(logits - logits.max())
            chances /= chances.sum()
            wanted = chances * example.right
            gradient = gradient - example.features.T @ (wanted / wanted.sum() - chances) / len(answerable)
        first, second = 0.9 * first + 0.1 * gradient, 0.99 * second + 0.01 * gradient**2
        weights = weights - 0.1 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return weights


def winners(examples: Sequence[Example], weights: Array) -> tuple[Array, Array]:
    """Return the winning sentence's logit for each question, and whether it is right."""
    best = [int(np.argmax(e.features @ weights)) for e in examples]
    logits = np.array([float(e.features[b] @ weights) for e, b in zip(examples, best, strict=True)])
    return logits, np.array([float(e.right[b]) for e, b in zip(examples, best, strict=True)])


def fit_logistic(logits: Array, right: Array) -> tuple[float, float]:
    """Return scale and bias of the logistic function by Newton's method."""
    inputs = np.stack([logits, np.ones_like(logits)], axis=1)
    scale = np.array([1.0 / logits.std(), -logits.mean() / logits.std()])
    for _ in range(50):
        chances = 1 / (1 + np.exp(-inputs @ scale))
        curvature = inputs.T @ (inputs * (chances * (1 - chances))[:, None]) + 1e-6 * np.eye(2)
        scale = scale - np.linalg.solve(curvature, inputs.T @ (chances - right))
    return float(scale[0]), float(scale[1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, choose and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path, help="new_wiki.json of SQuADShifts")
    parser.add_argument("--questions", type=int, default=2500, help="training questions (default: 2500)")
    options = parser.parse_args(arguments)
    articles = read_dataset(str(options.dataset)).articles

    def chosen(*positions: int) -> Dataset:
        return Dataset(options.dataset.name, tuple(articles[position] for position in positions))

    train = chosen(*sorted(set(range(len(articles))) - {*DEV_A, *DEV_B}))
    drawn = random.Random(7).sample(gold_questions(train), options.questions)
    asked = gold_questions(chosen(*DEV_A))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        present = collect(*build(work / "whole", train), drawn)
        half = build(work / "half", train, leave_out=LeaveOut.ARTICLES)
        absent = collect(*half, [q for q in drawn if q.context not in half[1]])
        dev_present = collect(*build(work / "dev", chosen(*DEV_A)), asked)
        other = build(work / "other", chosen(*DEV_A[1::2]))
        dev_absent = collect(*other, [q for q in asked if q.context not in other[1]])
    weights = fit_weights(present)
    logits, right = winners([*present, *absent], weights)
    scale, bias = fit_logistic(logits, right)
    for name, weight in zip(FEATURES, weights * scale, strict=True):
        print(f"{weight:7.3f}  {name}")
    print(f"WEIGHTS = {tuple(round(float(w), 2) for w in weights * scale)}\nBIAS = {bias:.2f}")
    print(f"training: {len(present)} present, {right[: len(present)].mean():.1%} right; {len(absent)} absent")
    choose_threshold(winners(dev_present, weights * scale), winners(dev_absent, weights * scale), bias)
    return 0


def choose_threshold(present: tuple[Array, Array], absent: tuple[Array, Array], bias: float) -> None:
    """Print what each threshold would do on dev-a."""
    print(f"dev-a: {len(present[0])} present, {present[1].mean():.1%} right; {len(absent[0])} absent")
    there, gone = (1 / (1 + np.exp(-(logits + bias))) for logits in (present[0], absent[0]))
    for threshold in np.arange(0.05, 0.75, 0.05):
        right = float(((there >= threshold) & (present[1] > 0)).mean())
        print(
            f"threshold {threshold:.2f}  present answered {float((there >= threshold).mean()):.1%}"
            f"  answered and right {right:.1%}  absent answered {float((gone >= threshold).mean()):.1%}"
        )


if __name__ == "__main__":
    sys.exit(main())
