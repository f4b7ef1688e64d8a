"""The commands, in the order that `polyseek --help` shows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """`module` of polyseek.cli holds `run(session, ...)`, whose docstring is the help, and `EXAMPLE`."""

    module: str
    summary: str


COMMANDS: dict[str, Command] = {
    "index": Command("index", "add folders, archives and files to the library, or bring it up to date"),
    "watch": Command("watch", "keep the library up to date while folders change"),
    "search": Command("search", "find models by words, by an example model, or both"),
    "similar": Command("similar", "more like this: the models nearest to one of the library"),
    "classify": Command("classify", "which of some labels a model is"),
    "show": Command("show", "everything the library knows of a model"),
    "list": Command("list_records", "list models, filtered and sorted"),
    "duplicates": Command("duplicates", "files of the same bytes, and what they waste"),
    "tag": Command("tag", "add or take away tags"),
    "teach": Command("teach", "learn your own tags from the models that have them"),
    "remove": Command("remove", "take models out of the library (the files stay)"),
    "prune": Command("prune", "forget the models whose files are missing"),
    "undo": Command("undo", "take back the last edit"),
    "restore": Command("restore", "take back every edit after a moment"),
    "info": Command("info", "size, formats, encoders and health of the library"),
    "repair": Command("repair", "save what can be read of a damaged library"),
    "serve": Command("serve", "open the library's page in the browser"),
    "demo": Command("demo", "make a sample library, or one of a folder, and open its page"),
    "inspect": Command("inspect", "what a reading of model files finds, without a library"),
    "convert": Command("convert", "write any model as GLB"),
    "render": Command("render", "draw a model as PNG, one view or a turntable"),
    "embed": Command("embed", "write the vectors of model files as .npz"),
    "evaluate": Command("evaluate", "measure how well the encoders find models of one label"),
    "train": Command("train", "train a shipped encoder again"),
    "formats": Command("formats", "the kinds of files that are read"),
    "encoders": Command("encoders", "the encoders, what each is good for, and its figures"),
    "models": Command("models", "bring encoders of your own, such as CLIP or SigLIP"),
    "doctor": Command("doctor", "what works on this machine, and what to do about the rest"),
}
