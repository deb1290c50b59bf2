"""Say what machine and which versions the figures are of."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.processors import processors
from qa.version import VERSION

_PACKAGES = (
    "onnxruntime", "chromadb", "numpy", "torch", "transformers", "sentence-transformers",
    "txtai", "haystack-ai", "bm25s",
)  # fmt: skip
_TELLING_FLAGS = ("avx2", "avx_vnni", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "asimddp", "i8mm", "sve")
"""What decides how fast int8 is."""

_GIGABYTE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine, in words."""

    processor: str
    flags: tuple[str, ...]
    cores: int
    memory_bytes: int
    system: str
    versions: tuple[str, ...]

    def lines(self) -> tuple[str, ...]:
        """Return it as lines for a table's head."""
        flags = " ".join(self.flags) or "none that is known to matter"
        return (
            f"{self.processor} ({flags}), {self.cores} cores, {self.memory_bytes / _GIGABYTE:.0f} GB of memory",
            self.system,
            ", ".join(self.versions),
        )


def describe_machine() -> Machine:
    """Return this machine."""
    name, flags = _processor()
    return Machine(
        processor=name,
        flags=flags,
        cores=processors(),
        memory_bytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        system=f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        versions=(f"qa {VERSION}", *(each for name in _PACKAGES if (each := _version(name)))),
    )


def _processor() -> tuple[str, tuple[str, ...]]:
    """Return the processor's name and those of its instructions that matter, from Linux' own description."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    fields = {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    known = set((fields.get("flags") or fields.get("Features") or "").split())
    name = fields.get("model name") or platform.processor() or platform.machine()
    return name, tuple(flag for flag in _TELLING_FLAGS if flag in known)


def _version(package: str) -> str | None:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return None
