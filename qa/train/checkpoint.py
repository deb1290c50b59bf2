"""Keep what a training run needs to go on after an interruption, and take it up again."""

import os
import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from index.errors import ModelError

if TYPE_CHECKING:
    from transformers import PreTrainedModel


@dataclass(frozen=True, slots=True)
class State:
    """How far a run is: batches done of how many, the smoothed loss, seconds taken."""

    done: int
    total: int
    loss: float
    seconds: float


def keep(path: Path, model: "PreTrainedModel", optimizer: torch.optim.Optimizer, state: State) -> None:
    """Write a checkpoint; the one before stays until this one is whole."""
    part = path.with_suffix(".part")
    kept = {
        "done": state.done,
        "total": state.total,
        "loss": state.loss,
        "seconds": state.seconds,
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    with part.open("wb") as file:
        torch.save(kept, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def take_up(path: Path, model: "PreTrainedModel", optimizer: torch.optim.Optimizer, total: int) -> State:
    """Set `model` and `optimizer` to the checkpoint; return how far it is. Without one, at the start.

    Raises `ModelError` where the checkpoint is damaged, or of a run that has not `total` batches.
    """
    if not path.exists():
        return State(0, total, 0.0, 0.0)
    remedy = f"delete {path} to begin anew"
    try:
        kept = torch.load(path, weights_only=True)
        state = State(kept["done"], kept["total"], kept["loss"], kept["seconds"])
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
    except (RuntimeError, ValueError, TypeError, LookupError, EOFError, pickle.UnpicklingError) as error:
        raise ModelError(f"{path} is damaged", remedy) from error
    if state.total != total:
        raise ModelError(f"{path} is of a run of {state.total} batches, not {total}", remedy)
    return state
