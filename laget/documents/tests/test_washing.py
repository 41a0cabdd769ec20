"""What is kept is made anew: nothing that acts, hides, or tells where and by whom."""

import io
import zlib

import pikepdf
import pytest
from PIL import Image

from laget.documents import cleaning
from laget.documents.cleaning import Unclean, clean
from laget.documents.tests import corpus

TELLS = (b"Kvitre", b"kvitre", b"69.6492", b"xmpmeta", b"Exif", b"GPS")


def test_a_photo_keeps_its_pixels_and_nothing_else():
    sent = corpus.jpeg()
    assert b"Kvitre" in sent and b"Exif" in sent and b"xmpmeta" in sent
    made = clean(sent)
    assert (made.kind, made.pages) == ("image/jpeg", 1)
    assert not [one for one in TELLS if one in made.content]
    with Image.open(io.BytesIO(made.content)) as photo:
        assert photo.size == (60, 40) and not photo.getexif() and "comment" not in photo.info
        assert photo.getpixel((5, 20))[0] > 200 and photo.getpixel((55, 20))[2] > 200


def test_a_photo_that_lies_on_its_side_is_turned():
    with Image.open(io.BytesIO(clean(corpus.jpeg(turned=True)).content)) as photo:
        assert photo.size == (40, 60)
        assert photo.getpixel((20, 5))[0] > 200 and photo.getpixel((20, 55))[2] > 200


def test_a_png_keeps_what_can_be_seen_through_it():
    made = clean(corpus.png())
    assert made.kind == "image/png" and b"Kvitre" not in made.content and b"tEXt" not in made.content
    with Image.open(io.BytesIO(made.content)) as found:
        assert found.getpixel((3, 3)) == (0, 200, 0, 128)


def test_a_large_photo_is_made_as_small_as_a_page_needs():
    with Image.open(io.BytesIO(clean(corpus.jpeg((6000, 4000), exif=False)).content)) as photo:
        assert max(photo.size) == 3000


def everything(document: bytes) -> bytes:
    """All bytes of a document, with its streams unpacked."""
    with pikepdf.open(io.BytesIO(document)) as found:
        streams = [one.read_bytes() if b"DCT" not in repr(one.get("/Filter")).encode() else one.read_raw_bytes()
                   for one in found.objects if isinstance(one, pikepdf.Stream)]  # fmt: skip
        return b"\n".join([document, *streams, *(repr(one).encode() for one in found.objects)])


def test_a_document_keeps_its_pages_and_nothing_that_acts_or_tells():
    sent = corpus.pdf(pages=2)
    before = everything(sent)
    for one in (b"/JavaScript", b"/URI", b"/Launch", b"Kari Kvitre", b"kvitre.exe", b"/OpenAction", b"xmpmeta"):
        assert one in before, one
    made = clean(sent)
    assert (made.kind, made.pages) == ("application/pdf", 2)
    after = everything(made.content)
    acts = (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction", b"/AA", b"/EmbeddedFile", b"/Metadata",
            b"/Annots", b"/PieceInfo", b"/Names", b"/Author", b"/Producer")  # fmt: skip
    assert not [one for one in (*TELLS, *acts) if one in after]
    assert b"Lest og forstatt" in after and b"/Im1" in after


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (corpus.HTML, "not_ours"), (corpus.SVG, "not_ours"), (b"", "not_ours"), (b"PK\x03\x04docx", "not_ours"),
        (b"GIF89a" + bytes(40), "not_ours"), (corpus.HTML + corpus.png(), "not_ours"),
        (b"\x89PNG\r\n\x1a\n" + corpus.HTML, "broken"), (b"%PDF-1.7\n" + corpus.HTML, "broken"),
        (b"\xff\xd8\xff" + bytes(500), "broken"), (corpus.png_bomb(), "too_large"), (corpus.locked(), "locked"),
        (corpus.pdf(pages=101, hostile=False), "too_long"),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_is_not_taken(sent, reason):
    with pytest.raises(Unclean) as refused:
        clean(sent)
    assert refused.value.reason == cleaning.REASONS[reason]


@pytest.mark.parametrize("made", [corpus.png(), corpus.jpeg(), corpus.pdf()], ids=["png", "jpeg", "pdf"])
def test_what_is_two_things_at_once_becomes_one(made):
    """A page, a script or an archive hidden behind a picture is not there any more."""
    hidden = corpus.HTML + b"PK\x03\x04" + b"kvitre.html"
    assert hidden[:20] not in clean(made + hidden).content


def test_a_document_that_unpacks_without_end_is_stopped():
    """A stream of 2 GB in a few kilobytes: the memory of the wash ends first, or nothing is unpacked at all."""
    bomb = zlib.compress(zlib.compress(bytes(200_000_000), 9), 9)
    made = pikepdf.new()
    page = made.add_blank_page()
    page.Contents = made.make_stream(bomb, Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
    out = io.BytesIO()
    made.save(out, compress_streams=False)
    try:
        assert len(clean(out.getvalue()).content) < 10_000_000
    except Unclean as refused:
        assert refused.reason


def test_the_wash_has_no_keys_and_takes_no_longer_than_it_may(monkeypatch):
    seen = {}

    def run(command, **given):
        seen.update(given, command=command)
        raise cleaning.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setattr(cleaning.subprocess, "run", run)
    with pytest.raises(Unclean):
        clean(corpus.png())
    assert seen["env"] == {} and "-I" in seen["command"] and seen["timeout"] <= 30
