"""Makes an uploaded file clean, alone in a process of its own: no keys, no network of ours, little memory, little time.

Run as a script: bytes in on standard input, one line of JSON and then the new bytes out. Knows nothing of the rest of
the house, so that whoever breaks a decoder has broken into an empty room.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf
from PIL import Image, ImageOps

MEMORY = 700 * 1024 * 1024
SECONDS = 15
PIXELS = 50_000_000
"""A photo by a good telephone. What says it is larger is not opened."""
LONGEST = 3000
"""Pixels of the longer side that is kept: the print of a page can be read."""
PAGES = 100
NOT_OURS, BROKEN, TOO_LARGE, LOCKED, TOO_LONG = "not_ours", "broken", "too_large", "locked", "too_long"
KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
ACTIVE = frozenset(
    """/AA /OpenAction /JavaScript /JS /EmbeddedFiles /EF /AF /Metadata /PieceInfo /RichMediaContent /Thumb
    /LastModified /URI /Launch /Collection /AcroForm /Outlines /Names /Dests /Perms /Extensions /Threads /SpiderInfo
    /Annots /OCProperties /DSS /Requirements""".split()
)
"""Keys of a document that act, point outside, hide something, or say who made it."""


class Refused(Exception):
    """The file is not taken: a word of the list above."""


def kind_of(content: bytes) -> str:
    """What the first bytes say it is. Raises Refused; a name or a browser's word counts for nothing."""
    for mark, kind in KINDS.items():
        if content.startswith(mark):
            return kind
    raise Refused(NOT_OURS)


def wash(content: bytes) -> tuple[str, int, bytes]:
    """Kind, pages and the bytes anew. Raises Refused."""
    kind = kind_of(content)
    try:
        return (kind, *(_document(content) if kind == "application/pdf" else _picture(content, kind)))
    except Refused:
        raise
    except pikepdf.PasswordError:
        raise Refused(LOCKED) from None
    except MemoryError:
        raise Refused(TOO_LARGE) from None
    except Exception:
        raise Refused(BROKEN) from None


def _picture(content: bytes, kind: str) -> tuple[int, bytes]:
    """The pixels alone, turned the right way: no place, no camera, no name, no earlier picture within."""
    Image.MAX_IMAGE_PIXELS = None
    name = kind.removeprefix("image/").upper()
    with Image.open(io.BytesIO(content), formats=[name]) as found:
        if found.width * found.height > PIXELS or not found.width or not found.height:
            raise Refused(TOO_LARGE)
        found.draft("RGB", (LONGEST, LONGEST))
        found.thumbnail((LONGEST, LONGEST))
        turned = ImageOps.exif_transpose(found)
        plain = turned.convert("RGBA" if name == "PNG" and "A" in turned.getbands() else "RGB")
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    out = io.BytesIO()
    fresh.save(out, name, **({"quality": 85} if name == "JPEG" else {"optimize": False}))
    return 1, out.getvalue()


def _document(content: bytes) -> tuple[int, bytes]:
    """The pages alone. What was written in forms and comments stays as it looked; who commented does not."""
    with pikepdf.open(io.BytesIO(content)) as found:
        if found.is_encrypted:
            raise Refused(LOCKED)
        if not 0 < len(found.pages) <= PAGES:
            raise Refused(TOO_LONG)
        found.flatten_annotations("all")
        fresh = pikepdf.new()
        fresh.pages.extend(found.pages)
        del fresh.docinfo
        for one in _dictionaries(fresh):
            for key in ACTIVE & set(one.keys()):
                del one[key]
        fresh.remove_unreferenced_resources()
        out = io.BytesIO()
        fresh.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return len(fresh.pages), out.getvalue()


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary in the document, also those within others; pictures are washed on the way."""
    waiting: list[tuple[Any, int]] = [(one, 0) for one in document.objects]
    while waiting:
        one, deep = waiting.pop()
        if deep > 50:
            raise Refused(BROKEN)
        if isinstance(one, pikepdf.Stream):
            _wash_stream(one)
        if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            inside = [value for _key, value in one.items()]
        elif isinstance(one, pikepdf.Array):
            inside = list(one)
        else:
            continue
        waiting.extend((value, deep + 1) for value in inside if _direct(value))


def _direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _wash_stream(stream: Any) -> None:
    """A photo in a document may say where it was taken, as any other; it keeps its pixels as they are."""
    if stream.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        stream.write(without_marks(stream.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def without_marks(jpeg: bytes) -> bytes:
    """A JPEG without its segments of text: everything before the pixels but what decodes them."""
    out, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        size = 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        marker = jpeg[at + 1]
        if not (0xE1 <= marker <= 0xEF and marker != 0xEE) and marker != 0xFE:
            out.append(jpeg[at : at + size])
        at += size
    return b"".join([*out, jpeg[at:]])


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    try:
        kind, pages, content = wash(sys.stdin.buffer.read())
        said: dict[str, Any] = {"kind": kind, "pages": pages}
    except Refused as refusal:
        said, content = {"refused": str(refusal)}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
