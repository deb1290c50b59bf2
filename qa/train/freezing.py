"""Leave the lowest layers of a model as they are: less of it is to be trained, which takes less time."""

from typing import TYPE_CHECKING

from torch import nn

from index.errors import UsageError

if TYPE_CHECKING:
    from transformers import PreTrainedModel


def freeze_lowest(model: "PreTrainedModel", count: int) -> None:
    """Train neither the lowest `count` layers of the encoder nor anything below or beside them; at 0, train all.

    The layers above and the head stay to be trained. Raises `UsageError` where the encoder has not more layers.
    """
    if not count:
        return
    layers = _layers(model)
    if count >= len(layers):
        raise UsageError(f"the base has {len(layers)} layers that could be frozen", "give fewer --frozen-layers")
    model.base_model.requires_grad_(False)
    for layer in list(layers)[count:]:
        layer.requires_grad_(True)


def _layers(model: "PreTrainedModel") -> nn.ModuleList:
    """Return the encoder's layers, lowest first; none where it has not one list of them."""
    count = getattr(model.config, "num_hidden_layers", None)
    lists = [part for part in model.base_model.modules() if isinstance(part, nn.ModuleList) and len(part) == count]
    return lists[0] if len(lists) == 1 else nn.ModuleList()
