"""The one-time export: near to the original, whole or not at all, any sentence-transformers model."""

from pathlib import Path

import numpy as np
import pytest

from index import export
from index.embedder import OnnxEmbedder
from index.errors import ModelError
from index.export import DEFAULT_EMBEDDER, LEAST_COSINE, export_embedder
from index.model_folder import ModelFolder
from index.probes import PROBES

HELD_OUT = (
    "The minister resigned on Friday after the report was published.",
    "Which team won the final?",
    "Prices rose 3% in May.",
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an untrained sentence-transformers model of 32 dimensions and prompts."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny")
    words = sorted({word.lower() for text in (*PROBES, *HELD_OUT) for word in text.replace(".", " ").split()})
    vocabulary = folder / "vocab.txt"
    vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]), encoding="utf-8")
    encoder = folder / "encoder"
    BertTokenizer(vocab=str(vocabulary)).save_pretrained(encoder)
    config = BertConfig(
        vocab_size=len(words) + 5, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )
    BertModel(config).save_pretrained(encoder)
    transformer = Transformer(str(encoder), max_seq_length=40)
    model = SentenceTransformer(
        modules=[transformer, Pooling(32)], prompts={"query": "query: ", "document": "passage: "}, device="cpu"
    )
    model.save(str(folder / "model"))
    return folder / "model"


def test_default_is_int8_and_near_the_original(exported_models: Path) -> None:
    """The default's graph is int8, and its vectors are those of sentence-transformers, nearly."""
    from sentence_transformers import SentenceTransformer

    (path,) = exported_models.iterdir()
    folder = ModelFolder(path)
    folder.check()
    settings = folder.read_settings()
    assert (settings.name, settings.dimensions, settings.weights) == (DEFAULT_EMBEDDER, 384, "int8")
    assert settings.cosine >= LEAST_COSINE
    original = SentenceTransformer(str(export.default_folder()), device="cpu")
    wanted = original.encode(list(HELD_OUT), normalize_embeddings=True)
    cosines = np.sum(OnnxEmbedder(folder).embed_passages(HELD_OUT) * wanted, axis=1)
    assert cosines.mean() >= LEAST_COSINE


def test_a_text_has_one_vector_whatever_its_company(exported_models: Path) -> None:
    """A text gives the same bits alone and among others."""
    (path,) = exported_models.iterdir()
    embedder = OnnxEmbedder(ModelFolder(path))
    together = embedder.embed_passages(PROBES)
    alone = [embedder.embed_passages([text])[0] for text in PROBES]
    assert np.array_equal(together, np.stack(alone))
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)


def test_text_beyond_the_limit_is_not_seen(exported_models: Path) -> None:
    """Tokens beyond the model's limit change nothing, and the last one still ends the text."""
    (path,) = exported_models.iterdir()
    embedder = OnnxEmbedder(ModelFolder(path))
    longest = "word " * embedder.most_tokens
    assert np.array_equal(embedder.embed_passages([longest]), embedder.embed_passages([longest + "more words"]))


def test_any_folder_of_sentence_transformers_is_exported(tiny: Path, tmp_path: Path) -> None:
    """A model with prompts and another size gives the original's vectors, with its prompts."""
    from sentence_transformers import SentenceTransformer

    folder = export_embedder(str(tiny), tmp_path)
    settings = folder.read_settings()
    assert (settings.dimensions, settings.max_tokens) == (32, 40)
    assert (settings.question_prompt, settings.passage_prompt) == ("query: ", "passage: ")
    original = SentenceTransformer(str(tiny), device="cpu")
    embedder = OnnxEmbedder(folder)
    passages = original.encode(list(HELD_OUT), prompt="passage: ", normalize_embeddings=True)
    question = original.encode(HELD_OUT[1], prompt="query: ", normalize_embeddings=True)
    assert np.sum(embedder.embed_passages(HELD_OUT) * passages, axis=1).mean() >= LEAST_COSINE
    assert embedder.embed_question(HELD_OUT[1]) @ question >= LEAST_COSINE
    assert [path.name for path in tmp_path.iterdir()] == [folder.path.name]


def test_float_graph_is_kept_where_int8_is_too_far_off(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where int8 misses the least cosine, the float32 graph is used: the original's vectors."""
    monkeypatch.setattr(export, "LEAST_COSINE", 1.1)
    settings = export_embedder(str(tiny), tmp_path).read_settings()
    assert settings.weights == "float32"
    assert settings.cosine > 0.9999


def test_weights_that_are_not_the_official_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packaged model is used only if its weights have the official hash."""
    monkeypatch.setattr(export, "DEFAULT_SHA256", "0" * 64)
    with pytest.raises(ModelError, match="is not the official"):
        export_embedder(DEFAULT_EMBEDDER, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_failed_export_leaves_nothing(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong in a library becomes a `ModelError`, and no half-made folder stays."""

    def fail(*_: object) -> None:
        raise RuntimeError("no such operator")

    monkeypatch.setattr(export, "_trace", fail)
    with pytest.raises(ModelError, match="no such operator"):
        export_embedder(str(tiny), tmp_path)
    assert list(tmp_path.iterdir()) == []
