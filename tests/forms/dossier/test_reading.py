"""The door of a dossier file: whatever comes in, a dossier or one French line."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.dossier.reading import SIZE_LIMIT, dossier_from_json, reference_of
from forms.faults import Fault
from tests.making import family, kept, put, read

FORMAT = '{"format": "permanence.dossier/1"'


def refusal(text: str) -> str:
    """Give the line with which a text is refused."""
    with pytest.raises(Fault) as caught:
        dossier_from_json(text)
    line = str(caught.value)
    assert "\n" not in line
    assert line.isprintable() or "\u00a0" in line
    assert len(line) < 250
    return line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "pas du JSON (ligne 1, colonne 1)"),
        ("bonjour", "pas du JSON"),
        ('{"format": "permanence.dossier/1",}', "pas du JSON"),
        ("\ufeff{}", "pas du JSON"),
        ("{}", "« format » manque"),
        ('{"format": null}', "« format » manque"),
        ('{"format": 1}', "format « 1 »"),
        ('{"format": ["permanence.dossier/1"]}', "permanence.dossier/1 est attendu"),
        ('{"format": "permanence.dossier/2"}', "permanence.dossier/2"),
        ('{"format": "autre chose"}', "autre chose"),
        ("[]", "un bloc { … } est attendu"),
        ("null", "un bloc { … } est attendu"),
        ("12", "un bloc { … } est attendu"),
        (f"[{FORMAT}}}]", "un bloc { … } est attendu"),
        (f'{FORMAT}, "formula": "a", "formula": "b"}}', "« formula » est écrite deux fois"),
        (f'{FORMAT}, "member": {{"nir": "1", "nir": "1"}}}}', "« nir » est écrite deux fois"),
        (f'{FORMAT}, "member": {"[" * 100_000}', "imbriqué trop profondément"),
        (f'{FORMAT}, "member": {"[" * 300 + "]" * 300}}}', "Dossier refusé"),
        ("9" * 5_000, "Ce n’est pas un dossier"),
        (f'{FORMAT}, "formula": "{"é" * SIZE_LIMIT}"}}', "trop long"),
        (f'{FORMAT}, "member": {{"first_name": "\\ud800"}}}}', "Dossier refusé"),
        (f'{FORMAT}, "member": NaN}}', "Dossier refusé"),
        (f'{FORMAT}, "reference": "abc"}}', "reference"),
    ],
)
def test_what_is_no_dossier_is_told_in_one_line(text: str, words: str) -> None:
    """No JSON, no block, another format, twice the same key, too deep, too long: one line says which."""
    assert words in refusal(text)


@pytest.mark.parametrize(
    "path",
    [
        "nom",
        "member.nom",
        "member.address.pays",
        "employer.phone",
        "beneficiaries.1.nom",
        "previous_contract.address.pays",
        "request.when",
        "payment.card",
        "refund.card",
        "documents.0.page",
        "acknowledgements.statuts",
        "consents.phone",
        "event.why",
        "current.why",
    ],
)
def test_an_unknown_key_is_named_with_its_path(path: str) -> None:
    """At each level, the key that the schema does not know is named where it stands."""
    assert f"clé inconnue « {path} »" in refusal(json.dumps(put(family(), {path: "x"})))


def test_an_unknown_key_deep_in_a_change_is_named() -> None:
    """Inside what is in force before a change too."""
    said = family(current={"beneficiaries": [{"refund": {"iban": None, "card": 1}}]})
    assert "« current.beneficiaries.0.refund.card »" in refusal(json.dumps(said))


def test_a_long_or_odd_key_stays_on_one_short_line() -> None:
    """A key of a thousand letters, of line breaks or of bidirectional controls does not reach the screen as is."""
    for key in ("x" * 1_000, "a\nb", "\u202egnp.exe", "\0"):
        assert "clé inconnue" in refusal(json.dumps(put(family(), {f"member.{key}": 1})))


def each(path: str, words: str, *values: Any) -> list[tuple[str, Any, str]]:
    """Give a row of the table for each value."""
    return [(path, value, words) for value in values]


DATE, MONEY, TEXT, FLAG = "member.birth_date", "employer.participation", "member.first_name", "request.current_month"


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        *each(DATE, "une date s’écrit AAAA-MM-JJ",
            "1772323200", 1772323200, "demain", "03/02/2026", "2026-2-3", "2026-02-30", "2026-02-03T00:00:00", "", True,
            "٢٠٢٦-٠٢-٠٣", "2026-02-03 ", ["2026-02-03"], {}),
        *each(DATE, "entre 1880 et 2200", "0001-01-01", "9999-12-31"),
        *each(MONEY, "un montant s’écrit entre guillemets",
            15, 15.0, "15,00", "15.000", "-1", "1e3", "quinze", "", " 15", "١٥", "99999999.00", "NaN", True),
        *each(TEXT, "un texte entre guillemets est attendu", 12, 1.5, True, ["Zoé"], {}),
        (TEXT, "é" * 301, "dépasse 300 caractères"),
        *each(TEXT, "caractère invisible",
            "Zo\0é", "Zo\u202eé", "Zo\u2066é", "Zo\né", "Zo\u200fé", "Zo\x7fé"),
        *each(FLAG, "true, false ou null", "yes", "false", 1, 0, 1.0, []),
        ("beneficiaries.1.disabled", "non", "true, false ou null"),
        ("beneficiaries.1.birth_rank", "2", "un nombre entier"),
        ("beneficiaries.1.birth_rank", 12, "Dossier refusé : beneficiaries.1.birth_rank"),
        ("member.title", "mlle", "member.title n’accepte que 'm' ou 'mme'"),
        ("kind", "resiliation", "kind n’accepte que"),
        ("member", [], "un bloc { … } est attendu"),
        ("member", "Zoé", "un bloc { … } est attendu"),
        ("beneficiaries", {}, "une liste est attendue"),
        ("beneficiaries", [None], "beneficiaries.0 : un bloc { … } est attendu"),
        ("beneficiaries", [{}] * 31, "a trop d’éléments"),
        ("member.address.lines", "8 rue du Four", "une liste est attendue"),
        ("member.address.lines", [None], "un texte entre guillemets est attendu"),
        ("member.address.lines", ["a"] * 7, "a trop d’éléments"),
        ("documents", [{"person": "voisin"}], "documents.0.person"),
        *each("unread", "un bloc { … } est attendu", [], "", 0, False),
        ("unread", {"member.birth_date": 12}, "unread.member.birth_date"),
        ("unread", {"member.birth_date": "x\0"}, "caractère invisible"),
        ("unread", {"member.birth_date": "x" * 301}, "dépasse 300 caractères"),
        *each("unread", "unread nomme un champ inconnu", *({key: "x"} for key in (
            "member.nom", "", "member", "beneficiaries.*.birth_date", "beneficiaries.birth_date",
            f"beneficiaries.{'9' * 5_000}.birth_date", "beneficiaries.٣.birth_date", "beneficiaries.-1.birth_date"))),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_refused_where_it_stands(path: str, value: Any, words: str) -> None:
    """A word for a date, a number for an amount, a list for a block: one line, with what is expected."""
    assert words in refusal(json.dumps(put(family(), {path: value})))


@pytest.mark.parametrize(
    "name", ["O'Neil & <Fils>", "%s {0} {name}", "Škvorecký", "Nguyễn", "d’Aço\u0327", "𝒵oé", "a" * 300]
)
def test_any_name_is_read_as_it_is(name: str) -> None:
    """Markup, format marks, accents and long names are names."""
    assert read(family(member__first_name=name)).member.first_name == name


@pytest.mark.parametrize(
    "path", ["beneficiaries.0.birth_date", "beneficiaries.12.birth_date", "employer.participation"]
)
def test_unread_texts_are_kept_by_path(path: str) -> None:
    """What could not be read is there as it was typed, also for a person that is not there any more."""
    assert read(family(unread={path: "32/13/2026"})).unread == {path: "32/13/2026"}


def test_what_is_said_is_never_a_reason_to_refuse() -> None:
    """A wrong NIR, an unknown formula, a birth in the future: shapes are right, so the dossier reads."""
    said = family(member__nir="1", formula="dorée", member__birth_date="2199-01-01", convention="ailleurs")
    assert read(said).member.nir == "1"


def test_a_dossier_without_reference_gets_the_one_of_its_content() -> None:
    """Same content, same reference; another content, another; one that is given stays."""
    said = kept("cdg62-retired")
    first, again, other = (reference_of(read(s)) for s in (said, said, put(said, {"formula": "renforcee"})))
    assert first == again != other
    assert read({**said, "reference": first}).reference == first
    assert reference_of(read({"reference": "7K3M-Q2XD"})) == "7K3M-Q2XD"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just("2026-02-03"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
PATHS = ["member", "member.birth_date", "beneficiaries", "beneficiaries.0", "request.signed_on", "unread", "kind",
         "employer.participation", "documents.0.person", "member.address.lines", "refund", "format"]  # fmt: skip


@given(path=st.sampled_from(PATHS), value=JSON)
def test_anything_anywhere_is_read_or_refused(path: str, value: Any) -> None:
    """No JSON value at any place ends in anything but a dossier or a Fault."""
    with contextlib.suppress(Fault):
        dossier_from_json(json.dumps(put(family(), {path: value})))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Nor does any text."""
    with contextlib.suppress(Fault):
        dossier_from_json(text)
