"""Read passages with a Hugging Face model in torch, as its documentation shows it: one padded batch, float32."""

from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from tests.measure.benchmark.contenders.serving import Found

MOST_TOKENS = 384
LONGEST_ANSWER = 40


class TorchSpans:
    """A question-answering model, loaded."""

    def __init__(self, folder: Path) -> None:
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self._model = AutoModelForQuestionAnswering.from_pretrained(folder).eval()

    def find(self, question: str, passages: Sequence[str]) -> Found:
        """Return the span with the best margin over no answer, in the passages by their position."""
        batch = self._tokenizer(
            [question] * len(passages),
            list(passages),
            padding=True,
            truncation="only_second",
            max_length=MOST_TOKENS,
            return_tensors="pt",
        )
        with torch.inference_mode():
            logits = self._model(**batch)
        best, found = -torch.inf, Found(0, 0, 0)
        for number, encoding in enumerate(batch.encodings):
            context = torch.tensor([each == 1 for each in encoding.sequence_ids])
            start = logits.start_logits[number].masked_fill(~context, -torch.inf)
            end = logits.end_logits[number].masked_fill(~context, -torch.inf)
            allowed = torch.ones(len(start), len(end)).triu().tril(LONGEST_ANSWER - 1).bool()
            spans = (start[:, None] + end[None, :]).masked_fill(~allowed, -torch.inf)
            first, last = divmod(int(spans.argmax()), len(end))
            margin = spans[first, last] - logits.start_logits[number, 0] - logits.end_logits[number, 0]
            if margin > best:
                best, found = margin, Found(number, encoding.offsets[first][0], encoding.offsets[last][1])
        return found
