"""The image that a model names, wherever beside the model it is."""

from __future__ import annotations

from pathlib import PurePosixPath

from polyseek.errors import FileError, FileNotFound
from polyseek.formats.source import Source

# Where exporters and asset packs put images that a file names by a path of another machine.
IMAGE_FOLDERS = (
    "textures",
    "Textures",
    "texture",
    "images",
    "../textures",
    "../Textures",
    "../images",
    "../materials/textures",
    "..",
)


def image_beside(source: Source, names: list[str]) -> bytes:
    """Bytes of the first of `names` that is there: as stated, beside the model, in a usual folder of images.

    Raises FileNotFound or OutsideReference, about the first name, when none is.
    """
    failure: FileError | None = None
    for name in names:
        try:
            return source.resolve(name).read()
        except FileError as error:
            failure = failure or error
    for name in dict.fromkeys(PurePosixPath(each.replace("\\", "/")).name for each in names):
        for folder in IMAGE_FOLDERS:
            try:
                return source.resolve(f"{folder}/{name}").read()
            except FileError:
                continue  # the usual folders are a guess: the error is about the file's own name
    raise failure or FileNotFound("a texture names no image")
