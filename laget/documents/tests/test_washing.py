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


def photo(**more):
    out = io.BytesIO()
    picture = Image.new("RGB", (64, 40), "red")
    exif = picture.getexif()
    exif[0x010E] = "Kvitre"
    picture.save(out, "JPEG", exif=exif, **more)
    return out.getvalue()


def page_with(stored, filters, on_page=(), on_picture=()):
    """A document with one picture on its page, stored as it is given."""
    made = pikepdf.new()
    image = pikepdf.Stream(made, stored)
    facts = {
        "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 64, "/Height": 40,
        "/ColorSpace": pikepdf.Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": filters, **dict(on_picture),
    }  # fmt: skip
    for key, value in facts.items():
        image[key] = value
    drawn = pikepdf.Stream(made, b"q 64 0 0 40 0 0 cm /Im0 Do Q")
    images = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=made.make_indirect(image)))
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, 64, 40], Contents=made.make_indirect(drawn), Resources=images
    )
    for key, value in dict(on_page).items():
        page[key] = value
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def drawn_with(stored, where):
    """A document whose one photo stands among the strokes: of the page, of a drawing on it, a pattern, or a letter."""
    made = pikepdf.new()
    strokes = b"q 64 0 0 40 0 0 cm BI /W 64 /H 40 /CS /RGB /BPC 8 /F /DCT ID " + stored + b"\nEI Q"
    resources, contents = pikepdf.Dictionary(), strokes
    if where != "page":
        inner = pikepdf.Stream(made, strokes)
        facts = {"/BBox": [0, 0, 64, 40], "/Resources": pikepdf.Dictionary()}
        if where == "drawing":
            facts |= {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Form}
            contents, resources = (
                b"/Fm0 Do",
                pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=made.make_indirect(inner))),
            )
        elif where == "letter":
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 64, 40], FirstChar=97, LastChar=97,
                FontMatrix=[1, 0, 0, 1, 0, 0], CharProcs=pikepdf.Dictionary(a=made.make_indirect(inner)), Widths=[64],
                Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=[97, pikepdf.Name.a]),
            )  # fmt: skip
            contents, facts = b"BT /F0 1 Tf (a) Tj ET", {}
            resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=made.make_indirect(font)))
        else:
            facts |= {"/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/XStep": 64, "/YStep": 40}
            contents = b"/Pattern cs /P0 scn 0 0 64 40 re f"
            resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P0=made.make_indirect(inner)))
        for key, value in facts.items():
            inner[key] = value
    page = pikepdf.Dictionary(
        Type=pikepdf.Name.Page, MediaBox=[0, 0, 64, 40], Resources=resources,
        Contents=made.make_indirect(pikepdf.Stream(made, contents)),
    )  # fmt: skip
    made.pages.append(pikepdf.Page(made.make_indirect(page)))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


DCT, JPX = pikepdf.Name.DCTDecode, pikepdf.Name.JPXDecode
TOLD = pikepdf.Dictionary(Name="Kvitre", GPTS=[69.6492, 18.9553])
PLAIN = photo()
AFTER = Image.new("RGB", (64, 40), "red")


def bare(**more):
    out = io.BytesIO()
    AFTER.save(out, "JPEG", **more)
    return out.getvalue()


@pytest.mark.parametrize(
    "sent",
    [
        page_with(PLAIN, DCT),
        page_with(photo(progressive=True), DCT),
        page_with(PLAIN.replace(b"\xff\xe1", b"\xff\xff\xe1"), DCT),
        page_with(bare() + PLAIN, DCT),
        page_with(zlib.compress(PLAIN), pikepdf.Array([pikepdf.Name.FlateDecode, DCT])),
        page_with(bare(), DCT, on_page={"/VP": pikepdf.Array([TOLD])}),
        page_with(bare(), DCT, on_page={"/LGIDict": TOLD}),
        page_with(bare(), DCT, on_picture={"/OPI": TOLD, "/Measure": TOLD}),
    ],
    ids=["plain", "in steps", "filled", "two pictures", "packed", "a map", "a place", "a file's name"],
)
def test_a_photo_in_a_document_tells_nothing_and_looks_the_same(sent):
    made = clean(sent).content
    assert not [one for one in TELLS if one in everything(made)]
    with pikepdf.open(io.BytesIO(made)) as found:
        (kept,) = found.pages[0].get_images().values()
        shown = pikepdf.PdfImage(kept).as_pil_image()
    assert shown.size == (64, 40) and shown.convert("RGB").getpixel((30, 20))[0] > 200


@pytest.mark.parametrize("where", ["page", "drawing"])
def test_a_photo_among_the_strokes_tells_nothing_and_looks_the_same(where):
    made = clean(drawn_with(PLAIN, where)).content
    assert not [one for one in TELLS if one in everything(made)]
    with pikepdf.open(io.BytesIO(made)) as found:
        images = [one for one in found.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        shown = pikepdf.PdfImage(images[0]).as_pil_image()
    assert shown.size == (64, 40) and shown.convert("RGB").getpixel((30, 20))[0] > 200


@pytest.mark.parametrize("where", ["pattern", "letter"])
def test_a_photo_that_cannot_be_taken_out_is_not_taken(where):
    with pytest.raises(Unclean):
        clean(drawn_with(PLAIN, where))


def test_a_jpeg_2000_in_a_document_keeps_its_pixels_alone():
    out = io.BytesIO()
    AFTER.save(out, "JPEG2000")
    inside = out.getvalue()
    told = b"\x00\x00\x00\x20xml " + b"<x>Kvitre GPS 69.6492</x".ljust(22)
    made = clean(page_with(inside + told, JPX)).content
    with pikepdf.open(io.BytesIO(made)) as found:
        (kept,) = found.pages[0].get_images().values()
        raw = kept.read_raw_bytes()
    assert not [one for one in TELLS if one in raw]
    with Image.open(io.BytesIO(raw)) as shown:
        assert shown.size == (64, 40) and shown.convert("RGB").getpixel((30, 20))[0] > 200


@pytest.mark.parametrize(
    "stored", [b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\x00\x00", PLAIN[:200], bare()[:-2], b"\xff\xd8abc"]
)
def test_a_photo_that_is_built_otherwise_is_not_kept(stored):
    with pytest.raises(Unclean) as refused:
        clean(page_with(stored, DCT))
    assert str(refused.value) == "broken"


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
