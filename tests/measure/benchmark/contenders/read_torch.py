"""Read passages with the same weights in float32 torch, all of a question in one batch."""

from collections.abc import Callable

from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.contenders.torch_spans import TorchSpans
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Return what reads the passages of the task with the number on the line, and gives the best span's words."""
    model, tasks = TorchSpans(layout.reader), layout.read_tasks()

    def read(line: str) -> str:
        task = tasks[int(line)]
        found = model.find(task.question, task.passages)
        return task.passages[found.paragraph][found.start : found.end]

    return read


if __name__ == "__main__":
    serve_timed(prepare)
