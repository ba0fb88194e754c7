"""Cuts the fonts of reports out of Noto Sans CJK SC (SIL Open Font License 1.1).

    python scripts/build_fonts.py [FOLDER WITH NotoSansCJK-Regular.ttc AND NotoSansCJK-Bold.ttc]

Debian has the originals in the package ``fonts-noto-cjk``. Kept are: Latin letters with accents,
Greek, punctuation, arrows and mathematical signs; the 6,763 Chinese characters of GB 2312 (levels 1
and 2); and every character of our own texts: the report's catalogue, the dictionary of variables
and the names of places. Run it again when one of these brings a character that the fonts lack (a
test says so). The same originals give the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parents[1] / "src" / "gongfu"
FACES = {"Regular": "NotoSansCJK-Regular.ttc", "Bold": "NotoSansCJK-Bold.ttc"}
FAMILY = "Gongfu Sans SC"
SIMPLIFIED_CHINESE = 2  # position of the SC face in Debian's collection
OWN_TEXTS = ("report/catalogue/*.toml", "data/china/*.csv", "study/studies/*.toml")
RANGES = (
    (0x0020, 0x007E),  # basic Latin
    (0x00A0, 0x017F),  # Latin with accents
    (0x0391, 0x03C9),  # Greek
    (0x2010, 0x2027),  # dashes, quotation marks, ellipsis
    (0x2030, 0x203B),  # per mille, primes, reference mark
    (0x2070, 0x209C),  # superscripts and subscripts
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # mathematical signs, with the true minus U+2212
    (0x2460, 0x2473),  # numbers in circles
    (0x25A0, 0x25CF),  # squares, triangles, circles
    (0x3000, 0x3017),  # Chinese punctuation
    (0xFF01, 0xFF5E),  # full-width forms
)


def main(folder: Path) -> None:
    """Write both faces and print their sizes."""
    characters = wanted_characters()
    for style, file in FACES.items():
        font = TTFont(folder / file, fontNumber=SIMPLIFIED_CHINESE, recalcTimestamp=False)
        cut(font, characters)
        rename(font, style)
        path = ROOT / "report" / "fonts" / f"GongfuSansSC-{style}.otf"
        font.save(path, reorderTables=True)
        print(f"{path.name}: {len(font.getBestCmap())} characters, {path.stat().st_size:,} bytes")


def wanted_characters() -> set[int]:
    """Return the code points to keep, as far as the original has them."""
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    wanted |= {ord(character) for character in gb2312()}
    for pattern in OWN_TEXTS:
        for path in ROOT.glob(pattern):
            wanted |= {ord(character) for character in path.read_text(encoding="utf-8-sig")}
    return {code for code in wanted if code >= 0x20}


def gb2312() -> str:
    """Return the Chinese characters of GB 2312, rows 16 to 87."""
    pairs = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return b"".join(pairs).decode("gb2312", errors="ignore")


def cut(font: TTFont, characters: set[int]) -> None:
    """Leave out all other characters, hints and vertical metrics; keep kerning."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["kern", "halt", "chws"]
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    options.name_IDs = [0, 5, 7, 13, 14]
    options.recalc_timestamp = False
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def rename(font: TTFont, style: str) -> None:
    """Give the family its own name, so that it is never mistaken for the original."""
    texts = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}"}
    texts[6] = f"GongfuSansSC-{style}"
    for number, text in texts.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [texts[6]]
    top.topDictIndex[0].FullName, top.topDictIndex[0].FamilyName = texts[4], FAMILY


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/fonts/opentype/noto"))
