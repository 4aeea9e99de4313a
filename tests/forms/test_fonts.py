"""The letters of the fonts: whatever a person in Europe is called in Latin script, the paper can write it."""

from __future__ import annotations

import unicodedata

import pytest
from reportlab.pdfbase.ttfonts import TTFontFile

from forms.resources import resource

# What each alphabet has beyond a-z, lower case; Unicode CLDR's exemplar characters, and older letters in use.
ALPHABETS = {
    "Albanian": "ç ë",
    "Azeri": "ə ğ ı i ö ş ü ç",
    "Basque, Spanish, Galician, Asturian": "á é í ó ú ü ñ ç ḥ ḷ",
    "Breton": "â ê î ô û ù ü ñ",
    "Catalan, Occitan": "à á ç è é í ï ò ó ú ü ŀ",
    "Corsican, Italian, Sardinian, Friulian": "à â è é ê ì î ï ò ó ô ù û",
    "Croatian, Bosnian, Montenegrin, Serbian": "č ć đ š ž ś ź",
    "Czech, Slovak": "á ä č ď é ě í ĺ ľ ň ó ô ŕ ř š ť ú ů ý ž",
    "Danish, Norwegian, Swedish, Faroese": "æ ø å ä ö ð á é í ó ú ý ǿ ǽ",
    "Dutch, Frisian": "ĳ ë ï é è ê ô ú û",
    "Estonian, Finnish": "ä ö õ ü š ž å",
    "Esperanto": "ĉ ĝ ĥ ĵ ŝ ŭ",
    "French": "à â æ ç é è ê ë î ï ô œ ù û ü ÿ",
    "German, Alsatian": "ä ö ü ß ẞ à é",
    "Gagauz, Tatar of Crimea, Turkish": "â ç ê ğ ı î ö ş ţ û ü ñ",
    "Greenlandic": "ĸ á â ã é ê í î ĩ ô ú û ũ",
    "Hungarian": "á é í ó ö ő ú ü ű",
    "Icelandic": "á ð é í ó ú ý þ æ ö",
    "Irish, Scottish Gaelic": "á é í ó ú à è ì ò ù ḃ ċ ḋ ḟ ġ ṁ ṗ ṡ ṫ",
    "Latvian, Latgalian": "ā č ē ģ ī ķ ļ ņ ō ŗ š ū ž y",
    "Lithuanian": "ą č ę ė į š ų ū ž",
    "Maltese": "ċ ġ ħ ż à è ì ò ù",
    "Polish, Kashubian, Silesian": "ą ć ę ł ń ó ś ź ż ã é ë ò ô ù õ",
    "Portuguese": "à á â ã ç é ê í ó ô õ ú",
    "Romani, Romansh": "č ć š ž ś ź à é è ê î ì ò ù",
    "Romanian": "ă â î ș ț ş ţ",
    "Sami (Northern, Southern, Lule, Inari)": "á â ä æ å č đ ŋ ń ø ö ï š ŧ ž",
    "Sami (Skolt)": "â č ʒ ǯ đ ǧ ǥ ǩ ŋ õ š ž å ä ö ʹ",
    "Slovene": "č š ž ć đ ä ö ü",
    "Sorbian (Upper, Lower)": "č ć ě ł ń ó ř ŕ š ś ž ź",
    "Livonian": "ā ä ǟ ḑ ē ī ļ ņ ō ȯ ȱ õ ȭ ŗ š ț ū ž",
    "Vietnamese, of many in France": (
        "ă â đ ê ô ơ ư ạ ả ấ ầ ẩ ẫ ậ ắ ằ ẳ ẵ ặ ẹ ẻ ẽ ế ề ể ễ ệ ị ỉ ĩ ọ ỏ ố ồ ổ ỗ ộ ớ ờ ở ỡ ợ ụ ủ ũ ứ ừ ử ữ ự ỳ ỵ ỷ ỹ"
    ),
    "Welsh, Cornish": "â ê î ô û ŵ ŷ ä ë ï ö ü ẅ ÿ à è ì ò ù ẁ ỳ á é í ó ú ẃ ý",
}

# Letters of Skolt Sami and Livonian that Source Sans 3 has in no weight. Their parts (NFD) are there.
MISSING = set("ǩǨǟǞȯȮȱȰȭȬ")

SIGNS = "\u00a0\u202f\u2009«»–—‑-’‘“”…•·°º€%&@+×−½/()[]{}<>#*_§²³✓☐☑→←"


@pytest.fixture(scope="module", params=["SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf"])
def letters(request: pytest.FixtureRequest) -> set[str]:
    """Give the characters of a font, as reportlab reads it to embed it."""
    font = TTFontFile(str(resource("fonts", request.param)))
    return {chr(code) for code, glyph in font.charToGlyph.items() if glyph}


@pytest.mark.parametrize("alphabet", ALPHABETS.values(), ids=ALPHABETS)
def test_every_letter_of_europe(letters: set[str], alphabet: str) -> None:
    """Each letter, small and capital, is in the font, but for a few whose parts are."""
    wanted = {letter for letter in alphabet.replace(" ", "") for letter in (letter, *letter.upper())}
    assert wanted - letters <= MISSING
    assert set(unicodedata.normalize("NFD", "".join(wanted & MISSING))) <= letters


def test_latin_1_and_extended_a_whole(letters: set[str]) -> None:
    """The two blocks where nearly all European letters are hold no hole."""
    assert {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180))} <= letters


def test_signs_of_the_paper(letters: set[str]) -> None:
    """Narrow no-break space, quotation marks, dashes, euro and tick: what French texts are set with."""
    assert set(SIGNS) <= letters


def test_croatian_digraphs_have_their_parts(letters: set[str]) -> None:
    """The one-character digraphs of old files are not in the font: the two letters (NFKC) are."""
    assert set(unicodedata.normalize("NFKC", "ǄǅǆǇǈǉǊǋǌǱǲǳ")) <= letters


def test_licence_lies_beside() -> None:
    """The fonts are passed on with their licence, as it asks."""
    assert "SIL OPEN FONT LICENSE" in resource("fonts", "SourceSans3-OFL.md").read_text(encoding="utf-8")
