"""Files as they come, and as somebody with bad intentions sends them: made here, none fetched."""

import io
import struct
import zlib

import pikepdf
from PIL import Image

WHERE = b"Kvitreveien 7, 69.6492N"


def jpeg(size=(60, 40), *, turned=False, exif=True) -> bytes:
    """A photo that says where it was taken, by whom, and has an earlier picture in it; red on the left half."""
    photo = Image.new("RGB", size, "blue")
    photo.paste("red", (0, 0, size[0] // 2, size[1]))
    notes = Image.Exif()
    if exif:
        notes[0x010E], notes[0x013B] = WHERE.decode(), "Kari Kvitre"
        notes.get_ifd(0x8825).update({1: "N", 2: (69.0, 38.0, 57.0), 3: "E", 4: (18.0, 57.0, 19.0)})
    if turned:
        notes[0x0112] = 6
    out = io.BytesIO()
    photo.save(out, "JPEG", quality=95, exif=notes, comment=WHERE if exif else b"")
    made = out.getvalue()
    xmp = b"http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>" + WHERE + b"</x:xmpmeta>"
    return made[:2] + b"\xff\xe1" + struct.pack(">H", len(xmp) + 2) + xmp + made[2:] if exif else made


def png(*, text=True) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (30, 30), (0, 200, 0, 128)).save(out, "PNG")
    made = out.getvalue()
    if not text:
        return made
    body = b"tEXt" + b"Comment\x00" + WHERE
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return made[:33] + chunk + made[33:]


def png_bomb() -> bytes:
    """A few bytes that say they are 60,000 by 60,000 pixels."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    body = b"IDAT" + zlib.compress(bytes(1_000_000))
    return start + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))


def pdf(*, pages=1, hostile=True) -> bytes:
    """A document with everything in it that acts, hides or tells."""
    made = pikepdf.new()
    for _each in range(pages):
        page = made.add_blank_page(page_size=(200, 200))
        page.Contents = made.make_stream(b"BT /F1 12 Tf 20 100 Td (Lest og forstatt) Tj ET")
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=pikepdf.Dictionary(
                    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
                )
            )
        )
    if hostile:
        _poison(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _poison(made: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('Kvitre')"))
    made.Root.OpenAction = script
    made.Root.AA = pikepdf.Dictionary(WC=script)
    made.docinfo[pikepdf.Name.Author] = "Kari Kvitre"
    with made.open_metadata() as about:
        about["dc:description"] = WHERE.decode()
    made.attachments["kvitre.exe"] = b"MZ" + WHERE
    page = made.pages[0]
    page.obj.AA = pikepdf.Dictionary(O=script)
    page.obj.PieceInfo = pikepdf.Dictionary(Kvitre=pikepdf.Dictionary(Private=pikepdf.String(WHERE)))
    photo = made.make_stream(
        jpeg(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=60, Height=40,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page.Resources.XObject = pikepdf.Dictionary(Im1=photo)
    page.contents_add(b"q 60 0 0 40 10 10 cm /Im1 Do Q")
    rect = pikepdf.Array([0, 0, 10, 10])
    page.obj.Annots = made.make_indirect(
        pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect,
                    A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://kvitre.example/")),
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=rect,
                    A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
                ),
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=rect, T=pikepdf.String("Kari Kvitre"),
                    Contents=pikepdf.String(WHERE),
                ),
            ]
        )
    )  # fmt: skip


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(hostile=False))) as made:
        made.save(out, encryption=pikepdf.Encryption(owner="x", user="hemmelig"))
    return out.getvalue()


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EICAR = (  # the harmless string that scanners are tried with, written so that none is set off by this file
    b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
)
