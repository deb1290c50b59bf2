"""A tiny model and data that it can learn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from tests.qa.train.pieces import tiny_bert
from tests.qa.train.toy import town_paragraphs, write_squad


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """Let torch use one thread: for so small a model others only cost time."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an untrained BERT of 2 layers and 32 dimensions, without a head, and its tokenizer."""
    base = tmp_path_factory.mktemp("tiny") / "base"
    tiny_bert(base, positions=64).save_pretrained(base)
    return base


@pytest.fixture
def words(tiny_base: Path) -> Tokenizer:
    """Return the tiny model's tokenizer, which neither cuts nor pads."""
    tokenizer = Tokenizer.from_file(str(tiny_base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    """Return a SQuAD-format file of 40 questions about towns."""
    return write_squad(tmp_path / "towns.json", town_paragraphs(20, seed=1))
