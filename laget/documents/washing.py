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
    /Annots /OCProperties /DSS /Requirements /VP /Measure /PtData /LGIDict /OPI /SourceInfo /URLS""".split()
)
"""Keys of a document that act, point outside, hide something, or say who made it or which place it shows."""
SCAN, END, NOTE, TILE = 0xDA, 0xD9, 0x64, 0x90
"""Marks of a JPEG before and after its pixels; in a JPEG 2000 a note, and before the first tile."""
SHOWN = frozenset({b"jP  ", b"ftyp", b"jp2h", b"jp2c"})
"""Boxes of a JPEG 2000 that its pixels need."""


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
        for page in fresh.pages:
            page.externalize_inline_images()  # then they are washed as all others
        del fresh.docinfo
        for one in _dictionaries(fresh):
            for key in ACTIVE & set(one.keys()):
                del one[key]
        _no_photo_left(fresh)
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


def _no_photo_left(document: pikepdf.Pdf) -> None:
    """Raises Refused for a photo that is still among the strokes: nobody has washed it."""
    if any(b"\xff\xd8\xff" in strokes for strokes in _strokes(document)):
        raise Refused(BROKEN)


def _strokes(document: pikepdf.Pdf) -> Iterator[bytes]:
    """What draws the pages, and what they draw with."""
    for page in document.pages:
        contents = page.get("/Contents", pikepdf.Array())
        yield from (one.read_bytes() for one in (contents if isinstance(contents, pikepdf.Array) else [contents]))
    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and (one.get("/Subtype") == "/Form" or "/PatternType" in one):
            yield one.read_bytes()
        elif isinstance(one, pikepdf.Dictionary) and isinstance(one.get("/CharProcs"), pikepdf.Dictionary):
            yield from (sign.read_bytes() for _name, sign in one.CharProcs.items() if isinstance(sign, pikepdf.Stream))


def _direct(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _wash_stream(stream: Any) -> None:
    """A photo in a document may say where it was taken, as any other; it keeps its pixels as they are."""
    filters = stream.get("/Filter")
    found = list(filters) if isinstance(filters, pikepdf.Array) else [filters]
    clean = CLEAN.get(str(found[-1])) if found else None
    if clean is not None:
        raw = stream.read_raw_bytes()
        stream.write(clean(_unpacked(raw, found[:-1]) if found[:-1] else raw), filter=pikepdf.Name(str(found[-1])))


def _unpacked(raw: bytes, filters: list[Any]) -> bytes:
    """A photo that was packed once more."""
    holds = pikepdf.new()
    alone = pikepdf.Stream(holds, raw)
    alone["/Filter"] = pikepdf.Array([pikepdf.Name(str(one)) for one in filters])
    held: bytes = alone.read_bytes()
    return held


def without_marks(jpeg: bytes) -> bytes:
    """A JPEG without its segments of text, and without what stands after it, such as a picture in another size.

    Raises Refused when it is not built as a JPEG is.
    """
    out, at = [jpeg[:2]], 2
    while True:
        at = _mark(jpeg, at)
        marker = jpeg[at]
        if marker == END:
            return b"".join([*out, b"\xff\xd9"])
        until = at + 1 + _size(jpeg, at + 1, 2)
        pixels = _pixels_end(jpeg, until) if marker == SCAN else until
        if not (0xE1 <= marker <= 0xEF and marker != 0xEE) and marker != 0xFE:
            out += [b"\xff", jpeg[at:pixels]]
        at = pixels


def _mark(jpeg: bytes, at: int) -> int:
    """Where the next mark stands, behind bytes that only fill. Raises Refused when there is none."""
    if at >= len(jpeg) or jpeg[at] != 0xFF:
        raise Refused(BROKEN)
    while at < len(jpeg) and jpeg[at] == 0xFF:
        at += 1
    if at >= len(jpeg) or jpeg[at] == 0:
        raise Refused(BROKEN)
    return at


def _size(content: bytes, at: int, least: int) -> int:
    """The length that two bytes say. Raises Refused when there is less than that."""
    size = int.from_bytes(content[at : at + 2], "big")
    if size < least or at + size > len(content):
        raise Refused(BROKEN)
    return size


def _pixels_end(jpeg: bytes, at: int) -> int:
    """Where the pixels of a scan end: at the first mark that is neither data nor a restart."""
    while (at := jpeg.find(b"\xff", at)) >= 0:
        if at + 1 < len(jpeg) and jpeg[at + 1] not in (0x00, *range(0xD0, 0xD8)):
            return at
        at += 2
    raise Refused(BROKEN)


def without_boxes(picture: bytes) -> bytes:
    """A JPEG 2000 with the boxes that its pixels need, and no note in them. Raises Refused as `without_marks`."""
    if picture.startswith(b"\xff\x4f"):
        return _without_notes(picture)
    out, at = [], 0
    while at < len(picture):
        size, head = int.from_bytes(picture[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(picture[at + 8 : at + 16], "big"), 16
        size = size or len(picture) - at
        name, inside = picture[at + 4 : at + 8], picture[at + head : at + size]
        if size < head or at + size > len(picture):
            raise Refused(BROKEN)
        if name in SHOWN:
            kept = _without_notes(inside) if name == b"jp2c" else inside
            out.append((len(kept) + 8).to_bytes(4, "big") + name + kept)
        at += size
    return b"".join(out)


def _without_notes(stream: bytes) -> bytes:
    """The pixels of a JPEG 2000 without the notes before its first tile."""
    out, at = [stream[:2]], 2
    while stream[at : at + 1] == b"\xff" and stream[at + 1] != TILE:
        until = at + 2 + _size(stream, at + 2, 2)
        if stream[at + 1] != NOTE:
            out.append(stream[at:until])
        at = until
    if stream[at : at + 2] != b"\xff\x90":
        raise Refused(BROKEN)
    return b"".join([*out, stream[at:]])


CLEAN = {"/DCTDecode": without_marks, "/JPXDecode": without_boxes}


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
