"""What a reader weighed for questions with known answers: collected once, fitted to as often as wanted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from qa.confidence import Array
from qa.evaluate.corpus import LeaveOut
from qa.evidence import FEATURES

Condition = tuple[bool, LeaveOut | None]
"""With or without distractors, and what is left out."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question's sentences: their features, a row each, and which of them hold a gold answer.

    `present` says that its paragraph is indexed and answers it, `left_out` that it would and is not.
    """

    features: Array
    answers: tuple[str, ...]
    right: npt.NDArray[np.bool_]
    present: bool
    left_out: bool


Parts = Mapping[Condition, Sequence[Example]]


def keep(path: Path, parts: Parts) -> None:
    """Write what was collected as JSON."""
    told = [
        {"many": many, "left_out": kind, "examples": [_told(example) for example in examples]}
        for (many, kind), examples in parts.items()
    ]
    path.write_text(json.dumps(told), encoding="utf-8")


def take_up(path: Path) -> Parts:
    """Return what `keep` wrote."""
    return {
        (part["many"], LeaveOut(part["left_out"]) if part["left_out"] else None): [
            _example(told) for told in part["examples"]
        ]
        for part in json.loads(path.read_text(encoding="utf-8"))
    }


def _told(example: Example) -> Mapping[str, Any]:
    return {
        "features": example.features.tolist(),
        "answers": example.answers,
        "right": example.right.tolist(),
        "present": bool(example.present),
        "left_out": bool(example.left_out),
    }


def _example(told: Mapping[str, Any]) -> Example:
    return Example(
        np.array(told["features"], dtype=np.float64).reshape(len(told["answers"]), len(FEATURES)),
        tuple(told["answers"]),
        np.array(told["right"], dtype=np.bool_),
        told["present"],
        told["left_out"],
    )
