"""The identifiers: what is right, each flaw once, and properties over any text."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.dossier import identifiers as ids
from forms.dossier.accounts import SEPA

if TYPE_CHECKING:
    from collections.abc import Callable

IBAN = "FR7630006000011234567890189"


def with_key(body: str) -> str:
    """Add its key to thirteen characters: 97 less the rest of the division by 97, 2A being 19 and 2B 18."""
    number = int(body.replace("2A", "19").replace("2B", "18"))
    return f"{body}{97 - number % 97:02d}"


def iban_of(country: str, account: str) -> str:
    """Put its two check digits in front of an account number (ISO 13616)."""
    number = int("".join(str(int(c, 36)) for c in f"{account}{country}00"))
    return f"{country}{98 - number % 97:02d}{account}"


def french_account(body: str) -> str:
    """Add the RIB key to bank, branch and account (21 characters), by its published weights 89, 15 and 3."""
    digits = "".join(c if c.isdigit() else str((ord(c) - ord("A") + (c > "R")) % 9 + 1) for c in body)
    total = 89 * int(digits[:5]) + 15 * int(digits[5:10]) + 3 * int(digits[10:])
    return f"{body}{97 - total % 97:02d}"


NIRS = {
    "the contract's own": "284053324905162",
    "a man": with_key("1850933249051"),
    "Corse-du-Sud": with_key("284052A004001"),
    "Haute-Corse": with_key("184052B033002"),
    "Corsica before 1976": with_key("1700320004001"),
    "overseas": with_key("2900797411003"),
    "overseas, 98": with_key("2900798818003"),
    "a protectorate": with_key("1450696123003"),
    "abroad": with_key("2791199109012"),
    "month not known": with_key("1842099109012"),
    "month not known, 99": with_key("2849999109012"),
    "registration under way": with_key("3840599109012"),
    "provisional, a man": with_key("7131600000123"),
    "provisional, a woman": with_key("8100000000123"),
    "passing migrant": with_key("6133100004567"),
}


@pytest.mark.parametrize("nir", NIRS.values(), ids=NIRS)
def test_right_nirs(nir: str) -> None:
    """Each kind of number is taken, also as people type it."""
    assert ids.nir_flaw(nir) is None
    typed = f" {nir[0]} {nir[1:3]}.{nir[3:5]}-{nir[5:7].lower()}\u00a0{nir[7:10]}\u202f{nir[10:13]} / {nir[13:]} "
    assert ids.compact_nir(typed) == nir
    assert ids.nir_flaw(typed) is None
    assert ids.format_nir(typed) == ids.format_nir(nir)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("28405332490516", "nir_length", "ici 14"),
        ("", "nir_length", "ici 0"),
        ("2840533249O5162", "nir_characters", "11e caractère"),
        ("284052C00400112", "nir_characters", "«\u00a0C\u00a0»"),
        ("²84053324905162", "nir_characters", "1er caractère"),
        ("٢84053324905162", "nir_characters", "1er caractère"),
        ("28405\x00324905162", "nir_characters", "illisible"),
        (with_key("9840533249051"), "nir_first_digit", "commence par 9"),
        (with_key("0840533249051"), "nir_first_digit", "commence par 0"),
        (with_key("2840033249051"), "nir_month", "00"),
        (with_key("2841933249051"), "nir_month", "19"),
        (with_key("2840500249051"), "nir_department", "00"),
        ("284051A00400112", "nir_department", "1A"),
        ("713162A00012312", "nir_department", "2A"),
        ("2840533249051", "nir_no_key", "clé"),
        ("284053324905163", "nir_key", "clé"),
        ("284053324905100", "nir_key", "clé"),
    ],
)
def test_nir_flaws(text: str, code: str, part: str) -> None:
    """Each flaw is named, and its line says where."""
    assert_flaw(ids.nir_flaw(text), code, part)


def assert_flaw(found: ids.Flaw | None, code: str, part: str) -> None:
    """Check a flaw's code, a part of its line, and that the line is good French typography."""
    assert found is not None
    assert found.code == code
    assert part in found.message
    assert "'" not in found.message
    assert "\n" not in found.message
    assert not any(f" {mark}" in found.message for mark in ":;!?»")


def test_a_missing_key_is_not_told() -> None:
    """The computed key would make a number with a wrong digit look right."""
    found = ids.nir_flaw("2840533249051")
    assert found is not None
    assert "62" not in found.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("284053324905162", "2 84 05 33 249 051 62"),
        ("284052a004001 12", "2 84 05 2A 004 001 12"),
        ("2840533249051", "2 84 05 33 249 051"),
        ("284053324905163", "2 84 05 33 249 051 63"),
        ("28405 3324", "28405 3324"),
        ("à demander", "à demander"),
    ],
)
def test_format_nir(text: str, expected: str) -> None:
    """A wrong key does not hinder the grouping; what has another shape stays as typed."""
    assert ids.format_nir(text) == expected


def test_what_a_nir_says() -> None:
    """Sex and birth are read where the number has them."""
    assert ids.nir_sex(NIRS["the contract's own"]) == "mme"
    assert ids.nir_birth(NIRS["the contract's own"]) == (84, 5)
    assert ids.nir_birth("2840533249051") == (84, 5)
    assert ids.nir_birth(NIRS["month not known"]) == (84, None)
    assert ids.nir_sex(NIRS["provisional, a man"]) == "m"
    assert ids.nir_sex(NIRS["passing migrant"]) == "mme"
    assert ids.nir_birth(NIRS["provisional, a man"]) is None
    assert ids.nir_sex("284053324905163") is None
    assert ids.nir_birth("284053324905163") is None


MAY_1984 = dt.date(1984, 5, 2)


@pytest.mark.parametrize(
    ("nir", "title", "born", "codes"),
    [
        (NIRS["the contract's own"], "mme", MAY_1984, []),
        (NIRS["the contract's own"], "m", MAY_1984, ["nir_sex"]),
        (NIRS["the contract's own"], "mme", dt.date(1984, 6, 2), ["nir_birth_date"]),
        (NIRS["the contract's own"], "m", dt.date(1985, 5, 2), ["nir_sex", "nir_birth_date"]),
        (NIRS["the contract's own"], None, None, []),
        (None, "m", MAY_1984, []),
        ("28405 ?", "m", MAY_1984, []),
        ("284053324905163", "m", dt.date(1990, 1, 1), []),
        (NIRS["month not known"], "m", dt.date(1984, 6, 2), []),
        (NIRS["month not known"], "m", dt.date(1985, 6, 2), ["nir_birth_date"]),
        (NIRS["provisional, a man"], "m", dt.date(1990, 1, 1), []),
        (NIRS["provisional, a man"], "mme", dt.date(1990, 1, 1), ["nir_sex"]),
    ],
)
def test_disagreements(nir: str | None, title: str | None, born: dt.date | None, codes: list[str]) -> None:
    """A number is compared with what is known, as far as it goes; these are to check, not errors."""
    found = ids.nir_disagreements(nir, title, born)
    assert [flaw.code for flaw in found] == codes
    assert set(codes) <= ids.TO_CHECK
    for flaw in found:
        assert_flaw(flaw, flaw.code, "vérifiez")


@pytest.mark.parametrize("siret", ["21330249000015", "213 302 490 00015", "35600000000048", "35600000049837"])
def test_right_sirets(siret: str) -> None:
    """A SIRET is taken, La Poste's head office by Luhn and its other places by their sum."""
    assert ids.siret_flaw(siret) is None


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("213302490", "siret_length", "SIREN"),
        ("2133024900001", "siret_length", "ici 13"),
        ("2133024900001X", "siret_characters", "place 14"),
        ("21330249000016", "siret_key", "dernier chiffre"),
        ("35600000049838", "siret_key", "dernier chiffre"),
        ("00000000000000", "siret_key", "dernier chiffre"),
    ],
)
def test_siret_flaws(text: str, code: str, part: str) -> None:
    """Each flaw is named."""
    assert_flaw(ids.siret_flaw(text), code, part)


IBANS = {
    "the contract's own": IBAN,
    "letters in the account": iban_of("FR", french_account("200410100505000AJKRSZ")),
    "Monaco": iban_of("MC", french_account("112220000101234567890")),
    "Germany": "DE89370400440532013000",
    "Belgium": "BE68539007547034",
    "Malta": "MT84MALT011000012345MTLCAST001S",
    "United Kingdom": "GB29NWBK60161331926819",
    "San Marino": "SM86U0322509800000000270100",
    "Serbia": "RS35260005601001611379",
}


@pytest.mark.parametrize("iban", IBANS.values(), ids=IBANS)
def test_right_ibans(iban: str) -> None:
    """An account of any SEPA country is taken, also as people paste it."""
    assert ids.iban_flaw(iban) is None
    grouped = ids.format_iban(iban)
    assert grouped.replace(" ", "") == iban
    for typed in (
        grouped.lower(),
        f"IBAN : {grouped}",
        grouped.replace(" ", "-"),
        grouped.replace(" ", "\u00a0"),
    ):
        assert ids.compact_iban(typed) == iban
        assert ids.iban_flaw(typed) is None


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("", "iban_country", "deux lettres"),
        ("30006000011234567890189", "iban_country", "FR"),
        ("ZZ7630006000011234567890189", "iban_country", "deux lettres"),
        ("FR76é0006000011234567890189", "iban_characters", "«\u00a0é\u00a0»"),
        ("TN5910006035183598478831", "iban_not_sepa", "TN"),
        (IBAN[:-1], "iban_length", "a 27 caractères\u202f; ici 26"),
        ("DE8937040044053201300", "iban_length", "a 22 caractères"),
        ("FR7530006000011234567890189", "iban_key", "FR"),
        ("FR99" + IBAN[4:], "iban_key", "FR"),
        (iban_of("FR", "3000600001123456789A1B9"), "iban_structure", "FR"),
        (iban_of("GB", "1WBK60161331926819"), "iban_structure", "GB"),
        (iban_of("FR", "30006000011234567890188"), "iban_rib_key", "clé RIB"),
        (iban_of("MC", "11222000010123456789099"), "iban_rib_key", "clé RIB"),
    ],
)
def test_iban_flaws(text: str, code: str, part: str) -> None:
    """Each flaw is named, with the length that the country expects."""
    assert_flaw(ids.iban_flaw(text), code, part)


def test_every_sepa_country_has_a_length() -> None:
    """No country of the list is unknown to the registry that gives the lengths."""
    found = {country: ids.iban_flaw(f"{country}00") for country in SEPA}
    assert {flaw.code for flaw in found.values() if flaw} == {"iban_length"}
    assert len(SEPA) == 42


@pytest.mark.parametrize("bic", ["AGRIFRPP", "agri fr pp", "AGRIFRPP882", "CMCIFR2A", "BNPAFRPPXXX"])
def test_right_bics(bic: str) -> None:
    """A BIC of 8 or 11 is taken."""
    assert ids.bic_flaw(bic) is None
    assert ids.format_bic(bic) == ids.compact_bic(bic)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("AGRIFRP", "bic_length", "ici 7"),
        ("AGRI1RPP", "bic_structure", "quatre lettres"),
        ("AGRIFRP²", "bic_structure", "quatre lettres"),
        ("AGRIZZPP", "bic_country", "ZZ"),
    ],
)
def test_bic_flaws(text: str, code: str, part: str) -> None:
    """Each flaw is named."""
    assert_flaw(ids.bic_flaw(text), code, part)


def test_bic_and_iban_of_two_countries() -> None:
    """Two countries are to check; the overseas and Monaco live with France, Jersey with Great Britain."""
    assert_flaw(ids.bic_disagrees(IBAN, "DEUTDEFF"), "bic_country_differs", "(DE)")
    assert "bic_country_differs" in ids.TO_CHECK
    pairs = [
        (IBAN, "AGRIFRPP"),
        (IBAN, "CRPPREPP"),
        (IBANS["Monaco"], "CMCIFR2A"),
        ("GB29NWBK60161331926819", "RBOSJESX"),
    ]
    unknown = [(None, "DEUTDEFF"), (IBAN, None), (IBAN[:-1], "DEUTDEFF"), (IBAN, "DEUTDE")]
    assert [ids.bic_disagrees(*pair) for pair in pairs + unknown] == [None] * 8


def test_email_and_postal_code() -> None:
    """An address needs a name, one @ and a dotted domain; a postal code five digits, or a look."""
    assert ids.email_flaw(" elodie.nunez@example.fr ") is None
    assert ids.format_email(" elodie.nunez@example.fr ") == "elodie.nunez@example.fr"
    for wrong in (
        "",
        "elodie",
        "elodie@example",
        "a@b@c.fr",
        "a b@c.fr",
        "@c.fr",
        "a@c..fr",
        "a@c.fr.",
        "a@c.fr;b@c.fr",
    ):
        assert_flaw(ids.email_flaw(wrong), "email_shape", "arobase")
    assert ids.postal_code_flaw("33 310") is None
    assert ids.format_postal_code("33 310") == "33310"
    assert_flaw(ids.postal_code_flaw("1050 BX"), "postal_code_shape", "cinq chiffres")
    assert ids.format_postal_code("1050 BX") == "1050 BX"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0612345678", "06 12 34 56 78"),
        ("06.12.34.56.78", "06 12 34 56 78"),
        ("+33 6 12 34 56 78", "+33 6 12 34 56 78"),
        ("+33(0)612345678", "+33 6 12 34 56 78"),
        ("0033612345678", "+33 6 12 34 56 78"),
        ("+32 470 12 34 56", "+32 470 12 34 56"),
    ],
)
def test_phones(text: str, expected: str) -> None:
    """A French number is shown by pairs; one of another country as typed."""
    assert ids.phone_flaw(text) is None
    assert ids.format_phone(text) == expected


@pytest.mark.parametrize("text", ["", "12", "061234567", "0012", "06 12 34 56 7é", "１234567890"])
def test_phone_flaw(text: str) -> None:
    """What is no number is said to be none, and stays as typed."""
    assert_flaw(ids.phone_flaw(text), "phone_shape", "dix chiffres")
    assert ids.format_phone(text) == text


KINDS: dict[str, tuple[Callable[[str], str], Callable[[str], ids.Flaw | None], Callable[[str], str]]] = {
    "nir": (ids.compact_nir, ids.nir_flaw, ids.format_nir),
    "siret": (ids.compact_siret, ids.siret_flaw, ids.format_siret),
    "iban": (ids.compact_iban, ids.iban_flaw, ids.format_iban),
    "bic": (ids.compact_bic, ids.bic_flaw, ids.format_bic),
    "email": (ids.compact_email, ids.email_flaw, ids.format_email),
    "phone": (ids.compact_phone, ids.phone_flaw, ids.format_phone),
    "postal_code": (ids.compact_postal_code, ids.postal_code_flaw, ids.format_postal_code),
}
# Near misses reach further than noise: right numbers with characters put in, and texts of their letters.
SEEDS = st.sampled_from([*NIRS.values(), *IBANS.values(), "21330249000015", "AGRIFRPP", "+33612345678"])
NEAR = st.builds(lambda seed, at, put: seed[:at] + put + seed[at:], SEEDS, st.integers(0, 27), st.text(max_size=3))
ALIKE = st.text(st.sampled_from("0123456789ABFR ab.-²٣é\u200f\x00:IN"), max_size=34)


@pytest.mark.parametrize("kind", KINDS)
@given(text=st.text() | NEAR | ALIKE)
def test_any_text(kind: str, text: str) -> None:
    """Nothing raises; compact and format are idempotent, and format keeps the number and the verdict."""
    compact, flaw, fmt = KINDS[kind]
    shown = fmt(text)
    assert fmt(shown) == shown
    assert compact(compact(text)) == compact(text)
    assert (flaw(text) is None) == (flaw(shown) is None) == (flaw(compact(text)) is None)
    found = flaw(text)
    assert found is None or (found.code.startswith(kind) and "\n" not in found.message)
    ids.nir_disagreements(text, "m", MAY_1984)
    ids.bic_disagrees(text, "AGRIFRPP")


def slips(number: str) -> list[str]:
    """Give every number that differs by one digit."""
    return [
        f"{number[:at]}{digit}{number[at + 1 :]}"
        for at, typed in enumerate(number)
        if typed.isdigit()
        for digit in "0123456789"
        if digit != typed
    ]


@given(st.from_regex(r"\A[12][0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[3-9][0-9]|2[AB])[0-9]{6}\Z"))
def test_a_wrong_digit_of_a_nir_is_found(body: str) -> None:
    """97 is prime and does not divide a power of ten: no single slip passes."""
    nir = with_key(body)
    assert ids.nir_flaw(nir) is None
    assert [slip for slip in slips(nir) if ids.nir_flaw(slip) is None] == []


@given(st.from_regex(r"\A[0-9]{10}[0-9A-Z]{11}\Z"))
def test_a_wrong_digit_of_an_iban_is_found(body: str) -> None:
    """Any right French account is taken, and no single slip passes."""
    iban = iban_of("FR", french_account(body))
    assert ids.iban_flaw(iban) is None
    assert [slip for slip in slips(iban) if ids.iban_flaw(slip) is None] == []
