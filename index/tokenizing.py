"""Open the tokenizers of exported models: models of one family have the same, which is made once."""

from functools import lru_cache
from pathlib import Path

from tokenizers import Tokenizer


def open_tokenizer(path: Path) -> Tokenizer:
    """Return the tokenizer in a file, which neither pads nor truncates; it may serve others, too.

    What tokenizers raises for a damaged file is a bare Exception, and comes through.
    """
    return _made(path.read_bytes())


@lru_cache(maxsize=2)
def _made(content: bytes) -> Tokenizer:
    tokenizer = Tokenizer.from_buffer(content)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
