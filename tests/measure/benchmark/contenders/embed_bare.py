"""Run the exported embedder bare: a single-threaded session a core, on ids that are made beforehand.

The most that the graph of `qa` gives on this machine, with nothing around it.
"""

import queue
from collections.abc import Callable
from contextlib import suppress
from threading import Thread

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.processors import processors
from tests.measure.benchmark.contenders.models import exported_embedder
from tests.measure.benchmark.contenders.serving import serve_timed
from tests.measure.benchmark.layout import Layout


def prepare(layout: Layout) -> Callable[[str], object]:
    """Return what runs the sessions over the texts, whatever the line says."""
    folder = exported_embedder(layout)
    tokenizer = Tokenizer.from_file(str(folder.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.read_settings().max_tokens)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    sessions = [onnxruntime.InferenceSession(str(folder.graph), options) for _ in range(processors())]
    names = {node.name for node in sessions[0].get_inputs()}
    feeds = []
    for text in layout.read_texts():
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        feeds.append({name: given[name] for name in names})

    def embed(_: str) -> int:
        waiting: queue.SimpleQueue[dict[str, np.ndarray]] = queue.SimpleQueue()
        for feed in feeds:
            waiting.put(feed)

        def work(session: onnxruntime.InferenceSession) -> None:
            with suppress(queue.Empty):
                while True:
                    session.run(None, waiting.get_nowait())

        threads = [Thread(target=work, args=(session,)) for session in sessions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(feeds)

    return embed


if __name__ == "__main__":
    serve_timed(prepare)
