"""Read passages with the reader of `qa`, as it is run for a question."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from index.processors import processors
from qa.onnx_span_model import OnnxSpanModel
from qa.readers import SHIPPED_FOLDER
from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Return what reads the passages of the task with the number on the line, and gives the best span's words."""
    model, tasks = OnnxSpanModel(SHIPPED_FOLDER), layout.read_tasks()

    def read(line: str) -> str:
        task = tasks[int(line)]
        with ThreadPoolExecutor(processors()) as pool:
            found = list(pool.map(lambda passage: model.find_spans(task.question, passage), task.passages))
        best, passage = max(
            ((spans[0], passage) for spans, passage in zip(found, task.passages, strict=True) if spans),
            key=lambda pair: pair[0].margin,
        )
        return best.span.of(passage)

    return read


if __name__ == "__main__":
    serve_timed(prepare)
