"""The gate on what leaves finds where somebody lives in many spellings, and leaves ordinary text alone."""

import re
import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laget.protection.rules.geodata import Known, Sort, found

SEED = 20261124
STEMS = (
    "Solbakk Fjord Kirke Bjørke Elve Nordli Møllehaug Skole Strand Åsheim Tverr Grønn Hegge Rogne Ospe Lauv Myr Kvern "
    "Sætre Torvmyr Løvås Breidabl Vårsol Hammer Klokker Prestegard Stasjons Seljord Furuly Eike"
).split()
KINDS = (
    "vegen",
    "veien",
    "gata",
    "gaten",
    "plassen",
    "bakken",
    "stredet",
    "svingen",
    "alleen",
    "tunet",
    "ringen",
    "haugen",
)
PLACES = "Leirvik Sagvåg Hystad Rommetveit Kvernhusdalen Litlabø Ørland Åfjord Øystese Heimdalsmoen".split()
UNITS = ("Solbakken barnehage", "Nordre skole", "Bjørkelia barneskole", "Fjordvik krisesenter", "Åsheim ungdomsskole")
CODES = ("5417", "7160", "9750", "0182", "5600", "3714")
PHONES = ("41234567", "90817263", "53441122", "+47 98765432")
LOOK_ALIKE = str.maketrans("aeopcxykAEOPCXK", "аеорсхукАЕОРСХК")
ORDINARY = """
Vi snakket om hvordan det går på skolen og i barnehagen. Mor sier at hun sover bedre nå, og at veien videre er klarere.
Målet er at Nora leker med to andre barn hver dag. Møtet er tirsdag 3. mars 2027 klokka 12.30 og varer i 45 minutter.
Pedagogisk leder ringer helsestasjonen i løpet av uka. Det koster 5417 kroner, og gruppa har 12 barn og 3 voksne.
Faren er bekymret for økonomien, og vil ha hjelp av Nav til å søke. Vi ser på planen igjen om seks uker, i uke 14.
På sporet: hun går ut i gata og leker, på plassen foran huset, oppe på haugen, nede ved stranda, i bakken bak skolen.
Barnet ble født i 2016 og begynte i 1. klasse i 2022. Vedtak 26-114 etter § 3-4. Referanse 2026/1043. Kl. 14.17.
Læreren sier at han trives i svingen, har vært i ringen rundt bålet, og at alle i tunet kjenner hverandre godt.
Da bruker vi fem minutter på å lese, og ti på å tegne. Tallene er 41 23 45, og målet er 70 prosent innen 1. mai.
Den nordre delen av bygget er stengt. Kirken holdt konsert, og elven gikk stor. En grønn vei, en myr og en strand.
Skolen ligger nord for senteret. Barnehagen har ti ansatte. Krisen er over. Hun spiller i elvekanten og i fjorden.
""".strip().splitlines()


def addresses(random, count):
    """Roads with numbers, some with a letter."""
    for _one in range(count):
        road = random.choice(STEMS) + random.choice(KINDS)
        yield f"{road} {random.randint(1, 199)}{random.choice(('', '', 'B', 'c'))}"


def other_ending(road):
    for one, other in (("vegen", "veien"), ("veien", "vegen"), ("gata", "gate"), ("gaten", "gata"),
                       ("plassen", "plass"), ("bakken", "bakkane"), ("stredet", "strede"), ("svingen", "sving"),
                       ("haugen", "haug"),
                       ("alleen", "allé"), ("tunet", "tun"), ("ringen", "ring")):  # fmt: skip
        if road.endswith(one):
            return road[: -len(one)] + other
    return road


def short(road):
    for one, other in (("vegen", "vn."), ("veien", "v."), ("gata", "gt."), ("gaten", "g."), ("plassen", "pl."),
                       ("svingen", "sving"), ("haugen", "haug"), ("bakken", "bk."), ("stredet", "str.")):  # fmt: skip
        if road.endswith(one):
            return road[: -len(one)] + other
    return road


def wide(text):
    """The same in the full width of East Asian type."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


def variants_of_address(value):
    """Forty-four ways to write one address."""
    road, number, letter = re.match(r"(\S+) (\d+)(\w?)", value).groups()
    whole = f"{number}{letter}"
    return [
        value, value.upper(), value.lower(), value.swapcase(), value.title(), road, road.upper(), f"{road}s",
        f"{road} nr. {whole}", f"{road}, {whole}", f"{road}{whole}", f"{road}  {whole}", f"{road}\u00a0{whole}",
        f"{road}\n{whole}", f"{road}-{whole}", f"{road}_{whole}", f"{road}/{whole}", f"{road} {number} {letter}",
        f"{other_ending(road)} {whole}", other_ending(road), f"{short(road)} {whole}", f"{short(road).upper()} {whole}",
        f"{short(road)}{whole}", " ".join(road), f"{' '.join(road)} {whole}", "-".join(road), ".".join(road),
        "\u00ad".join(road), "\u200b".join(road), "\u2060".join(value), road.translate(LOOK_ALIKE),
        f"{road.translate(LOOK_ALIKE)} {whole}", unicodedata.normalize("NFD", road), wide(road),
        road.replace("ø", "o").replace("å", "a").replace("æ", "ae").replace("Å", "A"),
        road.replace("ø", "oe").replace("å", "aa").replace("Å", "Aa"), road.replace("ø", "ö").replace("æ", "ä"),
        f"({value})", f"«{value}»", f"bor i {value}.", f"<b>{road}</b> {whole}", f"https://kart.example/?q={road}+{whole}",
        f"{road}%20{whole}", f"{road[:4]}-\n{road[4:]}",
    ]  # fmt: skip


def variants_of_phone(value):
    digits = re.sub(r"\D", "", value)[-8:]
    pairs, threes = [digits[n : n + 2] for n in range(0, 8, 2)], [digits[:3], digits[3:5], digits[5:]]
    arabic = "".join(chr(0x0660 + int(one)) for one in digits)
    return [
        digits, " ".join(pairs), " ".join(threes), "-".join(pairs), ".".join(pairs), f"+47{digits}",
        f"+47 {' '.join(pairs)}",
        f"0047 {digits}", f"0047{digits}", f"(+47) {digits}", f"tlf. {digits}", f"tel:+47{digits}", " ".join(digits),
        "\u00a0".join(pairs), "\u2009".join(threes), arabic, "".join(chr(0xFF10 + int(one)) for one in digits),
        f"ring {digits}, eller", "/".join(pairs), "\u2011".join(pairs),
    ]  # fmt: skip


def variants_of_name(value):
    return [
        value, value.upper(), value.lower(), f"{value}s", " ".join(value), "-".join(value), "\u00ad".join(value),
        "\u200b".join(value), value.translate(LOOK_ALIKE), unicodedata.normalize("NFD", value), f"«{value}»",
        f"til {value}.", value.replace("ø", "oe").replace("å", "aa").replace("Å", "Aa").replace("Ø", "Oe"),
        value.replace("ø", "o").replace("å", "a").replace("Å", "A").replace("Ø", "O"),
        f"#{value.lower().replace(' ', '')}",
    ]  # fmt: skip


def variants_of_code(value):
    return [value, " ".join(value), f"N-{value}", f"NO-{value}", f"{value} Stedet", f"postnr. {value}", f"({value})",
            f"{value[:2]} {value[2:]}", f"{value},", f"\u00a0{value}\u00a0"]  # fmt: skip


def seeded():
    """(what is known, one spelling of it), the same every time."""
    random = Random(SEED)  # noqa: S311 - spellings are no secrets
    for address in addresses(random, 120):
        yield from ((Known(Sort.ADDRESS, address), text) for text in variants_of_address(address))
    for sort, values, spell in (
        (Sort.PHONE, PHONES, variants_of_phone), (Sort.PLACE, PLACES, variants_of_name),
        (Sort.UNIT, UNITS, variants_of_name), (Sort.POSTAL_CODE, CODES, variants_of_code),
    ):  # fmt: skip
        for value in values:
            yield from ((Known(sort, value), text) for text in spell(value))


def test_at_least_99_of_100_spellings_are_found():
    random = Random(SEED + 1)  # noqa: S311
    all_of_them = list(seeded())
    missed = []
    for known, text in all_of_them:
        around = f"{random.choice(ORDINARY)} {text} {random.choice(ORDINARY)}"
        if not found(around, [known]):
            missed.append((known.value, text))
    assert len(all_of_them) > 5000
    assert len(missed) / len(all_of_them) <= 0.01, (len(missed), len(all_of_them), missed[:40])


def everything_known():
    return list(dict.fromkeys(known for known, _text in seeded()))


def test_ordinary_text_is_let_through():
    known = everything_known()
    alarms = [(line, [one.value for one in found(line, known)]) for line in ORDINARY if found(line, known)]
    assert len(alarms) <= 1, alarms


@pytest.mark.parametrize(
    ("value", "sort", "text"),
    [
        ("5417", Sort.POSTAL_CODE, "Det koster 5417 kroner"),
        ("5417", Sort.POSTAL_CODE, "sak 254170"),
        ("2017", Sort.POSTAL_CODE, "Hun ble født i 2017."),
        ("Nes", Sort.PLACE, "nesten ferdig"),
        ("Fjordgata 3", Sort.ADDRESS, "ute på fjorden, i gata"),
        ("41234567", Sort.PHONE, "sak 2026/141234567"),
        ("Nordre skole", Sort.UNIT, "i den nordre enden av skolen"),
    ],
)
def test_what_only_looks_like_it_is_let_through(value, sort, text):
    assert not found(text, [Known(sort, value)])


def test_a_postal_code_that_could_be_a_year_is_found_where_it_is_none():
    known = [Known(Sort.POSTAL_CODE, "2017")]
    assert found("Storgata 1, 2017 Frogner", known) and found("N-2017", known)


@given(st.text(max_size=200), st.sampled_from(["Solbakkvegen 12B", "Åsheimgata 3"]))
def test_whatever_stands_around_it_it_is_found(text, value):
    assert found(f"{text}\n\n {value} \n\n{text}", [Known(Sort.ADDRESS, value)])


def test_nothing_is_found_for_nothing():
    assert not [sort for sort in Sort if found("Hva som helst 1234 12345678", [Known(sort, "")])]
