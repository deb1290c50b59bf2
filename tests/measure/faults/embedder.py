"""An embedder that takes no time, and whose vectors are like a real one's: their numbers have both signs."""

import numpy as np

from index.vectors import Vector
from tests.fakes import HashingEmbedder


class SignedEmbedder(HashingEmbedder):
    """A hashing embedder whose vectors are turned: sketches are made of the signs of their numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = np.random.default_rng(0).standard_normal((self.dimensions, self.dimensions)).astype(np.float32)

    def embed_question(self, text: str) -> Vector:
        """Return the words' vector, turned, unit length."""
        turned: Vector = self._turn @ super().embed_question(text)
        return turned / np.linalg.norm(turned)
