"""Take turns: each round every contender once, so that what disturbs the machine disturbs all alike."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

_Input = TypeVar("_Input")
_Sample = TypeVar("_Sample")


def take_turns(
    contenders: Mapping[str, Callable[[_Input], _Sample]], inputs: Iterable[_Input]
) -> dict[str, list[_Sample]]:
    """Give each input to each contender, A B A B; return the samples of each, in the order of inputs."""
    samples: dict[str, list[_Sample]] = {name: [] for name in contenders}
    for given in inputs:
        for name, contender in contenders.items():
            samples[name].append(contender(given))
    return samples
