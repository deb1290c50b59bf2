"""`qa train reader`: make a model that finds answers, from questions whose answers are known."""

import argparse
import importlib.util
import sys
from pathlib import Path

from index.errors import UsageError
from qa.commands.options import Subparsers
from qa.opening import notify
from qa.sanitise import sanitise_path

_NEEDED = ("torch", "transformers", "safetensors")
_LEAST_TOKENS = 32


def add(commands: Subparsers) -> None:
    """Add the command's options."""
    parser = commands.add_parser(
        "train",
        help="train a model on your own questions and answers",
        description="Train a model on questions whose answers are known.",
    )
    models = parser.add_subparsers(metavar="MODEL", required=True, help="the model to train: reader")
    _add_reader(models)


def _add_reader(models: Subparsers) -> None:
    parser = models.add_parser(
        "reader",
        help="the model that finds the answer in a passage",
        description="Train the model that finds the answer in a passage. Interrupted, the same command goes on."
        " Exit status: 0 trained, 2 wrong usage, 130 interrupted.",
    )
    parser.add_argument(
        "data", metavar="DATA", nargs="+", type=Path, help="a file of questions in SQuAD 1.1 or 2.0 format"
    )
    parser.add_argument("--output", metavar="FOLDER", type=Path, required=True, help="a new folder for the model")
    parser.add_argument(
        "--base",
        metavar="NAME",
        help="the Hugging Face encoder or question-answering model to begin with, by hub name or folder"
        " (default: the encoder of all-MiniLM-L6-v2)",
    )
    parser.add_argument("--epochs", metavar="N", type=_positive, default=2, help="passes over the data (default: 2)")
    parser.add_argument(
        "--learning-rate", metavar="X", type=_rate, default=2e-4, help="the learning rate at its peak (default: 2e-4)"
    )
    parser.add_argument(
        "--batch-tokens", metavar="N", type=_positive, default=5120, help="tokens of a batch (default: 5120)"
    )
    parser.add_argument(
        "--max-tokens",
        metavar="N",
        type=_tokens,
        default=320,
        help="tokens of a question and its passage together; longer passages are trained on in parts (default: 320)",
    )
    parser.add_argument(
        "--negatives",
        metavar="SHARE",
        type=_share,
        default=0.3,
        help="the share of answerable questions that are asked of a passage that seems to answer and does not, too"
        " (default: 0.3)",
    )
    parser.add_argument(
        "--teacher",
        metavar="NAME",
        help="a larger question-answering model to learn from, by hub name or folder, with the base's vocabulary",
    )
    parser.add_argument(
        "--teacher-weight",
        metavar="SHARE",
        type=_share,
        default=0.5,
        help="how much what the teacher finds likely counts, beside what the data say (default: 0.5)",
    )
    parser.add_argument(
        "--lessons",
        metavar="FOLDER",
        type=Path,
        help="where to keep what teachers say, for other runs with the same ones (default: with this run alone)",
    )
    parser.add_argument(
        "--frozen-layers",
        metavar="N",
        type=_whole,
        default=0,
        help="leave the lowest N layers of the encoder as they are, which takes less time (default: 0)",
    )
    parser.add_argument("--seed", metavar="N", type=int, default=13, help="of all that is random (default: 13)")
    parser.add_argument(
        "--dev",
        metavar="DATA",
        nargs="+",
        type=Path,
        default=[],
        help="files of questions to score the model on, after",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(f"training needs {', '.join(missing)}", "run pip install 'qa-articles[train]'")
    if options.batch_tokens < options.max_tokens:
        raise UsageError(
            f"--batch-tokens {options.batch_tokens} is less than --max-tokens {options.max_tokens}",
            "give more of the one, or less of the other",
        )
    from qa.train.base import DEFAULT_BASE
    from qa.train.progress import TrainingProgress
    from qa.train.reader import TrainingOptions, train_reader

    asked = TrainingOptions(
        data=tuple(options.data),
        dev=tuple(options.dev),
        output=options.output,
        base=options.base or DEFAULT_BASE,
        epochs=options.epochs,
        learning_rate=options.learning_rate,
        batch_tokens=options.batch_tokens,
        max_tokens=options.max_tokens,
        negatives=options.negatives,
        seed=options.seed,
        frozen_layers=options.frozen_layers,
        teacher=options.teacher,
        teacher_weight=options.teacher_weight,
        lessons=options.lessons,
    )
    progress = TrainingProgress(sys.stderr, notify)
    try:
        report = train_reader(asked, notify=progress.tell, each=progress.step)
    finally:
        progress.end()
    done = f"trained on {report.examples:,} questions in {report.minutes:.1f} minutes, loss {report.loss:.3f}"
    print(f"{sanitise_path(str(options.output))}: {done}")
    return 0


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number above 0")
    return int(text)


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text} is not a whole number")
    return int(text)


def _tokens(text: str) -> int:
    if not text.isdecimal() or int(text) < _LEAST_TOKENS:
        raise argparse.ArgumentTypeError(f"{text} is not a whole number from {_LEAST_TOKENS} up")
    return int(text)


def _rate(text: str) -> float:
    rate = _number(text)
    if not 0 < rate < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number above 0 and below 1")
    return rate


def _share(text: str) -> float:
    share = _number(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 1")
    return share


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is not a number") from error
