"""Average the weights of models that were trained one from another (Wortsman et al. 2022, arXiv 2109.01903).

    python -m tests.measure.average_models MODEL MODEL ... OUT

The models are folders that `qa train reader` made, of the same shape; OUT gets the means of their weights
and the other files of the last.
"""

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WEIGHTS = "model.safetensors"


def average(models: Sequence[Path], out: Path) -> None:
    """Write the mean of some models; raise `ValueError` where their weights have other names or shapes."""
    states = [load_file(model / WEIGHTS) for model in models]
    shapes = [{name: weight.shape for name, weight in state.items()} for state in states]
    if any(each != shapes[0] for each in shapes):
        raise ValueError("the models are not of the same shape")
    mean = {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}
    out.mkdir()
    for file in models[-1].iterdir():
        if file.is_file() and file.name not in (WEIGHTS, "training.json"):
            shutil.copy(file, out)
    save_file(mean, out / WEIGHTS, metadata={"format": "pt"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Average the folders that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="+", type=Path, metavar="MODEL")
    parser.add_argument("out", type=Path, metavar="OUT")
    options = parser.parse_args(arguments)
    average(options.models, options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
