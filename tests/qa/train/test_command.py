"""`qa train reader`: data in, a model folder out, whatever happens in between."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from safetensors.torch import load_file

from qa.cli import main
from qa.train import reader
from qa.train.progress import TrainingProgress
from qa.train.step import Step
from tests.fakes import HashingEmbedder
from tests.qa.train.toy import asked, town_paragraphs, write_squad

Train = Callable[..., int]


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Return the folder that models are trained into."""
    return tmp_path / "out"


@pytest.fixture
def train(tiny_base: Path, towns: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> Train:
    """Return a function that trains the tiny model on the towns, with the hashing embedder for negatives."""
    monkeypatch.setattr(reader, "export_embedder", lambda _name, models: models)
    monkeypatch.setattr(reader, "OnnxEmbedder", lambda _folder: HashingEmbedder())

    def command(*arguments: str, data: Path = towns, epochs: int = 3) -> int:
        options = ("--output", str(output), "--base", str(tiny_base), "--epochs", str(epochs))
        sizes = ("--batch-tokens", "512", "--max-tokens", "64", "--learning-rate", "0.01")
        return main(["train", "reader", str(data), *options, *sizes, *arguments])

    return command


@pytest.fixture
def interrupt_after(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that makes Ctrl-C come after so many batches."""

    def come(batches: int) -> None:
        def step(self: TrainingProgress, step: Step) -> None:
            if step.done == batches:
                signal.raise_signal(signal.SIGINT)

        monkeypatch.setattr(TrainingProgress, "step", step)

    return come


def test_model_folder(
    train: Train, output: Path, towns: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is a Hugging Face question-answering model that answers, with a report, and nothing of the work is left."""
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    dev = write_squad(tmp_path / "dev.json", town_paragraphs(8, seed=2))
    assert train("--dev", str(dev), epochs=30) == 0
    said = capsys.readouterr()
    assert "40 questions about 20 paragraphs" in said.err
    assert "dev.json: EM " in said.err
    assert said.out.startswith(f"{output}: trained on 40 questions")
    assert {path.name for path in output.iterdir()} >= {
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "tokenizer_config.json",
        "training.json",
    }
    assert not (output / "work").exists()
    report = json.loads((output / "training.json").read_text(encoding="utf-8"))
    assert [file["name"] for file in report["recipe"]["data"]] == ["towns.json"]
    assert (report["recipe"]["base"], report["recipe"]["seed"], report["examples"]) == ("base", 13, 40)
    assert str(tmp_path) not in json.dumps(report)
    assert report["loss"] < 1.5
    assert report["dev"][0]["score"]["exact_match"] > 50
    tokenizer, model = AutoTokenizer.from_pretrained(output), AutoModelForQuestionAnswering.from_pretrained(output)
    given = tokenizer("Who is the mayor of Arle?", "The mayor of Arle is Clara.", return_tensors="pt")
    start = int(model(**given).start_logits.argmax())
    assert tokenizer.decode(given["input_ids"][0, start]) == "clara"


def test_interrupted_run_goes_on(
    train: Train,
    output: Path,
    interrupt_after: Callable[[int], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Ctrl-C keeps a checkpoint and says how to go on; the same command ends as if nothing had been."""
    undisturbed = output.with_name("undisturbed")
    assert train("--output", str(undisturbed)) == 0
    interrupt_after(4)
    assert train() == 130
    assert "stopped after 4 of" in capsys.readouterr().err
    assert (output / "work" / "checkpoint.pt").exists()
    assert not (output / "model.safetensors").exists()
    assert train() == 0
    assert "going on with the unfinished run" in capsys.readouterr().err
    weights = [(folder / "model.safetensors").read_bytes() for folder in (output, undisturbed)]
    assert weights[0] == weights[1]


def test_negatives_are_found_once(
    train: Train, output: Path, interrupt_after: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that goes on does not look for negatives again."""
    interrupt_after(1)
    assert train() == 130
    monkeypatch.setattr(reader, "find_negatives", None)
    assert train() == 0


def test_no_negatives_need_no_embedder(train: Train, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `--negatives 0` nothing is exported."""
    monkeypatch.setattr(reader, "export_embedder", None)
    assert train("--negatives", "0") == 0


def test_finished_folder_is_not_overwritten(train: Train, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same command, once it is done, is refused."""
    assert train(epochs=1) == 0
    before = (output / "model.safetensors").read_bytes()
    assert train(epochs=1) == 2
    assert "is finished" in capsys.readouterr().err
    assert (output / "model.safetensors").read_bytes() == before


def test_other_options_do_not_go_on(
    train: Train, interrupt_after: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    """An unfinished run is not taken up with another seed."""
    interrupt_after(2)
    assert train() == 130
    assert train("--seed", "14") == 2
    assert "other seed" in capsys.readouterr().err


def test_limit_of_the_base(train: Train, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """More tokens than the base has positions for are cut to those, and that is said."""
    assert train("--max-tokens", "100", epochs=1) == 0
    assert "the base reads at most 64 tokens" in capsys.readouterr().err
    assert json.loads((output / "training.json").read_text(encoding="utf-8"))["max_tokens"] == 64


def test_frozen_layers_stay(train: Train, output: Path, tiny_base: Path) -> None:
    """What `--frozen-layers` names is in the model as it was in the base, and the report says so; the rest moves."""
    assert train("--frozen-layers", "1") == 0
    before, after = (load_file(folder / "model.safetensors") for folder in (tiny_base, output))
    changed = {name for name, weight in before.items() if not weight.equal(after.get(f"bert.{name}", weight))}
    assert changed
    assert all(name.startswith("encoder.layer.1.") for name in changed)
    assert json.loads((output / "training.json").read_text(encoding="utf-8"))["recipe"]["frozen_layers"] == 1


def test_data_without_a_place(train: Train, tmp_path: Path, output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Data none of whose answers stands where it says is refused, and leaves nothing."""
    question = asked("Who?", "Anna", "Anna")
    question["answers"][0]["answer_start"] = 3
    assert train(data=write_squad(tmp_path / "bad.json", [{"context": "Anna", "qas": [question]}])) == 2
    assert "no question has an answer where its file says" in capsys.readouterr().err
    assert not (output / "work").exists()


def test_dev_data_is_read_first(train: Train, tmp_path: Path, output: Path) -> None:
    """A mistake in the dev data is found before anything is trained."""
    (tmp_path / "dev.json").write_text("{}", encoding="utf-8")
    assert train("--dev", str(tmp_path / "dev.json")) == 2
    assert not output.exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--epochs", "0"),
        ("--learning-rate", "0"),
        ("--learning-rate", "fast"),
        ("--batch-tokens", "-1"),
        ("--max-tokens", "8"),
        ("--negatives", "1.5"),
        ("--negatives", "nan"),
        ("--seed", "x"),
        ("--frozen-layers", "-1"),
    ],
)
def test_wrong_options(option: str, value: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers that make no sense are wrong usage."""
    with pytest.raises(SystemExit) as leaving:
        main(["train", "reader", "data.json", "--output", "out", option, value])
    assert leaving.value.code == 2
    assert option in capsys.readouterr().err


def test_batch_holds_a_pair(capsys: pytest.CaptureFixture[str]) -> None:
    """A batch that could not hold one pair is refused."""
    assert main(["train", "reader", "data.json", "--output", "out", "--batch-tokens", "100"]) == 2
    assert "--batch-tokens 100 is less than --max-tokens 320" in capsys.readouterr().err


def test_missing_file(train: Train, output: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there is named."""
    assert train(data=tmp_path / "nosuch.json") == 2
    assert "nosuch.json: No such file or directory" in capsys.readouterr().err
    assert not output.exists()


def test_help_of_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    """Every option is described."""
    with pytest.raises(SystemExit) as leaving:
        main(["train", "reader", "--help"])
    assert leaving.value.code == 0
    assert "--negatives SHARE" in capsys.readouterr().out


def test_lessons_are_kept_for_other_runs_with_the_same_teacher(
    train: Train, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second student reads what its teacher has said to the first, and nothing that another teacher said."""
    teachers = [tmp_path / "first", tmp_path / "second"]
    for seed, teacher in enumerate(teachers):
        assert train("--output", str(teacher), "--seed", str(seed), epochs=1) == 0
    lessons = tmp_path / "lessons"

    def learn_from(teacher: Path, student: str) -> bool:
        capsys.readouterr()
        told = ("--teacher", str(teacher), "--lessons", str(lessons))
        assert train(*told, "--output", str(tmp_path / student), epochs=1) == 0
        return "the teacher has read" in capsys.readouterr().err

    assert learn_from(teachers[0], "a")
    assert not learn_from(teachers[0], "b")
    assert learn_from(teachers[1], "c")
    assert len(list(lessons.iterdir())) == 2
    recipe = json.loads((tmp_path / "c" / "training.json").read_text(encoding="utf-8"))["recipe"]
    assert (recipe["teacher"], recipe["teacher_weight"]) == ("second", 0.5)
