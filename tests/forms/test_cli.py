"""The command line: each verb, its exit code, the shapes it prints, and one French line for what is wrong."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from forms.cli import main
from forms.resources import resource
from tests.making import DOSSIERS, Said, alone, changed, child, family, folder, kept, put

ROOT = Path(__file__).parents[2]
TODAY = dt.date(2026, 2, 3)
CDG62 = str(resource("conventions", "cdg62-mnt"))

Answer = tuple[int, str, list[str]]


def no_clock() -> Any:
    """Fail: the day was given."""
    raise AssertionError("the clock was asked")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run a verb on a file, on lines of standard input, or on neither."""

    def runs(*argv: str, said: Said | str | None = None, lines: Sequence[str] = (), clock: Any = None) -> Answer:
        words = list(argv)
        if said is not None:
            path = tmp_path / "dossier.json"
            path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
            words.insert(1, str(path))
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("".join(f"{line}\n" for line in lines).encode())))
        code = main(words, today=clock or (lambda: TODAY), now=no_clock)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err.splitlines()

    return runs


WRONG = family(member__nir="1", beneficiaries=[child("1990-01-01")])


# --- Exit codes


@pytest.mark.parametrize(
    ("argv", "said", "code"),
    [
        (["conventions"], None, 0),
        (["conventions", "--json"], None, 0),
        (["schema"], None, 0),
        (["quote"], family(), 0),
        (["quote", "--json"], family(), 0),
        (["quote", "--formula", "renforcee"], family(formula=None), 0),
        (["quote", "--formula", "all"], family(formula=None), 0),
        (["quote"], WRONG, 0),
        (["quote"], family(member__birth_date=None), 1),
        (["quote"], family(member__category="survivor"), 1),
        (["quote"], alone(signed="2040-01-01"), 1),
        (["quote"], family(formula=None), 1),
        (["quote"], family(convention="ailleurs"), 1),
        (["check"], family(), 0),
        (["check", "--json"], family(), 0),
        (["check"], WRONG, 1),
        (["check"], family(member__phone=None), 0),
        (["check"], family(unread={"member.birth_date": "x"}), 1),
        (["check"], family(convention=None), 1),
        (["check"], "bonjour", 1),
        (["convention", "check", CDG62], None, 0),
        (["convention", "check", str(DOSSIERS)], None, 1),
        (["quote", "nowhere.json"], None, 1),
        (["check", str(ROOT)], None, 1),
        ([], None, 2),
        (["dance"], None, 2),
        (["check"], None, 2),
        (["check", "a.json", "b.json"], None, 2),
        (["check", "--colour"], family(), 2),
        (["check", "--today", "demain"], family(), 2),
        (["check", "--today"], family(), 2),
        (["print"], family(), 2),
        (["convention"], None, 2),
        (["convention", "dance"], None, 2),
        (["print", "-o", "x.pdf", "--version", "0"], family(), 2),
        (["print", "-o", "x.pdf", "--now", "midi"], family(), 2),
    ],
)
def test_each_verb_exits_as_the_contract_says(run: Any, argv: list[str], said: Said | str | None, code: int) -> None:
    """0 done, 1 refused, 2 called wrongly; a wrong call or a refused file is one French line on standard error."""
    got, out, err = run(*argv, said=said)
    assert got == code
    if code == 2:
        assert len(err) == 1
        assert err[0].startswith("Commande mal écrite : ")
        assert not any(word in err[0] for word in ("invalid", "required", "expected", "unrecognized", "argument"))
        assert out == ""
    if code == 0:
        assert out


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("bonjour", "n’est pas du JSON"),
        (put(family(), {"member.nom": "x"}), "clé inconnue « member.nom »"),
        (family(member__birth_date="demain"), "member.birth_date : une date s’écrit AAAA-MM-JJ"),
        (family(format="permanence.dossier/9"), "permanence.dossier/9"),
        (family(convention="ailleurs"), "« ailleurs » n’est pas installée"),
        ("[]", "un bloc { … } est attendu"),
    ],
)
@pytest.mark.parametrize("verb", ["quote", "check", "print"])
def test_a_file_that_is_no_dossier_is_one_line_and_1(
    run: Any, tmp_path: Path, verb: str, said: Said | str, words: str
) -> None:
    """Nothing on standard output, nothing written."""
    extra = ["-o", str(tmp_path / "out.pdf")] if verb == "print" else []
    code, out, err = run(verb, *extra, said=said)
    assert (code, out, len(err)) == (1, "", 1)
    assert words in err[0]
    assert not (tmp_path / "out.pdf").exists()


def test_files_that_cannot_be_read_are_named(run: Any, tmp_path: Path) -> None:
    """Not there, a folder, not UTF-8, too big."""
    (tmp_path / "latin.json").write_bytes(b"\xe9")
    with (tmp_path / "big.json").open("wb") as big:
        big.truncate(50_000_000)
    for name, words in (("none.json", "n’existe pas"), ("", "dossier de fichiers"), ("latin.json", "UTF-8"),
                        ("big.json", "trop gros")):  # fmt: skip
        code, out, err = run("check", str(tmp_path / name))
        assert (code, out, len(err)) == (1, "", 1)
        assert words in err[0]


def test_a_byte_order_mark_is_no_part_of_a_dossier(run: Any) -> None:
    """Windows' Notepad puts one."""
    assert run("check", said=f"\ufeff{json.dumps(family())}")[0] == 0


# --- Shapes

TEXT, LIST, FLAG = str, list, bool
MAYBE = (str, type(None))
QUOTE = {"convention": TEXT, "formula": TEXT, "effective_date": MAYBE, "lines": LIST, "total": MAYBE,
         "employer_participation": MAYBE, "net": MAYBE, "notes": LIST}  # fmt: skip
LINE = {"person": TEXT, "label": TEXT, "age": (int, type(None)), "band": MAYBE, "amount": MAYBE, "reason": TEXT,
        "source": TEXT}  # fmt: skip
CHECK = {"issues": LIST, "effective_date": (dict, type(None)), "missing": LIST, "next": MAYBE,
         "missing_documents": LIST, "documents_due": LIST, "printable": FLAG}  # fmt: skip
ISSUE = dict.fromkeys(("path", "severity", "code", "message", "source"), TEXT)
DATE = dict.fromkeys(("date", "reason", "source", "certainty"), TEXT)
PAPER = {"kind": TEXT, "person": TEXT, "why": TEXT, "by": MAYBE, "state": TEXT}


def shaped(data: dict[str, Any], shape: dict[str, Any]) -> None:
    """Check that each key of the contract is there, of its type."""
    assert set(shape) <= set(data)
    for key, kind in shape.items():
        assert isinstance(data[key], kind), key


def test_quote_json_has_the_contract_s_shape(run: Any) -> None:
    """Each key, each amount a text with two places, a line a person."""
    code, out, err = run("quote", "--json", said=family())
    data = json.loads(out)
    assert (code, err, out.count("\n")) == (0, [], 1)
    shaped(data, QUOTE)
    assert (data["convention"], data["formula"], data["effective_date"]) == ("cdg62-mnt", "essentielle", "2026-04-01")
    assert (data["total"], data["employer_participation"], data["net"]) == ("151.78", "15.00", "136.78")
    for line in data["lines"]:
        shaped(line, LINE)
        assert line["reason"]
        assert line["source"]
    assert [line["person"] for line in data["lines"]] == ["member", *(f"beneficiaries.{i}" for i in range(3))]
    assert [line["amount"] for line in data["lines"]] == ["49.88", "49.88", "26.01", "26.01"]


def test_quote_all_gives_each_formula_in_order(run: Any) -> None:
    """Wrapped once, each as it is alone."""
    data = json.loads(run("quote", "--json", "--formula", "all", said=family())[1])
    assert set(data) == {"convention", "quotes"}
    assert [quote["formula"] for quote in data["quotes"]] == ["securite", "essentielle", "renforcee"]
    alone_ = json.loads(run("quote", "--json", "--formula", "securite", said=family())[1])
    assert data["quotes"][0] == alone_


def test_a_line_without_a_price_is_null_and_says_what_lacks(run: Any) -> None:
    """Amount, total and net null, the paths under « missing », the same on standard error, exit 1."""
    code, out, err = run("quote", "--json", said=family(beneficiaries__2__birth_date=None))
    data = json.loads(out)
    assert (code, data["total"], data["net"]) == (1, None, None)
    assert data["lines"][3]["amount"] is None
    assert data["missing"] == ["beneficiaries.2.birth_date"]
    assert len(err) == 1
    assert err[0].startswith("beneficiaries.2.birth_date")


def test_no_tariff_and_no_row_say_who_and_why(run: Any) -> None:
    """One line on standard error."""
    code, _, err = run("quote", said=alone(signed="2040-01-01"))
    assert (code, len(err)) == (1, 1)
    assert "la convention finit le 31 décembre 2031" in err[0]
    code, _, err = run("quote", said=alone(member__category="survivor"))
    assert (code, len(err)) == (1, 1)
    assert "Maïa" in err[0]


def test_a_quote_without_a_date_takes_today_and_says_so(run: Any) -> None:
    """The clock is asked once, and --today instead of it."""
    data = json.loads(run("quote", "--json", said=alone(request__signed_on=None))[1])
    assert data["effective_date"] == "2026-03-01"
    assert "3 février 2026" in data["notes"][0]
    said = alone(request__signed_on=None)
    data = json.loads(run("quote", "--json", "--today", "2026-05-05", said=said, clock=no_clock)[1])
    assert data["effective_date"] == "2026-06-01"


def test_check_json_has_the_contract_s_shape(run: Any) -> None:
    """Issues, date, missing, papers."""
    said = put(WRONG, {"member.phone": None, "documents": []})
    code, out, err = run("check", "--json", said=said)
    data = json.loads(out)
    assert (code, err, out.count("\n")) == (1, [], 1)
    shaped(data, CHECK)
    for issue in data["issues"]:
        shaped(issue, ISSUE)
        assert issue["severity"] in {"error", "warning", "info"}
        assert "\n" not in issue["message"]
    shaped(data["effective_date"], DATE)
    assert data["effective_date"]["certainty"] in {"stated", "assumed"}
    for paper in data["documents_due"]:
        shaped(paper, PAPER)
        assert paper["state"] == "missing"
    assert {"member.nir", "beneficiaries.0.birth_date"} <= {i["path"] for i in data["issues"]}
    assert data["printable"] is False
    assert data["next"] == "member.phone"
    assert data["missing_documents"][0] == "bank_details"


def test_check_of_a_dossier_without_a_date_gives_null(run: Any) -> None:
    """No date is null, and what it lacks is missing."""
    data = json.loads(run("check", "--json", said=alone(request__signed_on=None))[1])
    assert data["effective_date"] is None
    assert "request.signed_on" in data["missing"]


def test_today_moves_only_the_signature_s_warning(run: Any) -> None:
    """Two days, one answer but for « signed_ahead »."""
    one, other = (json.loads(run("check", "--json", "--today", day, said=family(), clock=no_clock)[1])
                  for day in ("2026-01-01", "2031-01-01"))  # fmt: skip
    assert [i["code"] for i in one["issues"] if i not in other["issues"]] == ["signed_ahead"]
    assert {**one, "issues": []} == {**other, "issues": []}


def test_conventions_and_schema_are_json(run: Any) -> None:
    """The list with id, title, period and formulas; the schema of a dossier."""
    listed = json.loads(run("conventions", "--json")[1])
    cdg62 = next(entry for entry in listed if entry["id"] == "cdg62-mnt")
    assert (cdg62["starts_on"], cdg62["ends_on"]) == ("2026-01-01", "2031-12-31")
    assert [formula["id"] for formula in cdg62["formulas"]] == ["securite", "essentielle", "renforcee"]
    assert "cdg62-mnt : " in run("conventions")[1]
    assert json.loads(run("schema")[1])["title"] == "Dossier"


def test_french_answers_hold_what_the_json_holds(run: Any) -> None:
    """The same prices, date, papers and problems, to be read."""
    quoted = run("quote", said=family())[1]
    assert "151,78\u00a0€" in quoted
    assert "136,78\u00a0€" in quoted
    assert "Zoé Roy" in quoted
    _, checked, wrong = run("check", said=WRONG)
    assert any("[member.nir]" in line for line in wrong)
    assert "[member.nir]" not in checked
    assert "1er avril 2026" in checked
    assert "ne peut pas encore être imprimé" in checked


# --- JSON lines


def test_each_line_gets_its_answer_in_order(run: Any) -> None:
    """Good, no JSON, wrong, no dossier, good: five answers, and 1 for the whole."""
    lines = [json.dumps(family()), "bonjour", json.dumps(WRONG), "[]", json.dumps(kept("cdg62-retired"))]
    code, out, _ = run("check", "-", "--json", lines=lines)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [set(a) == {"error"} for a in answers] == [False, True, False, True, False]
    assert [a.get("printable") for a in answers] == [True, None, False, None, True]
    assert json.loads(run("check", "--json", said=WRONG)[1]) == answers[2]


def test_lines_that_are_all_right_exit_0(run: Any) -> None:
    """Also without --json: lines in are lines out."""
    code, out, err = run("quote", "-", lines=[json.dumps(family()), json.dumps(kept("cdg62-retired"))])
    assert (code, err) == (0, [])
    assert [json.loads(line)["total"] for line in out.splitlines()] == ["151.78", "113.38"]
    assert run("check", "-", lines=[])[:2] == (0, "")


def test_print_takes_no_lines(run: Any, tmp_path: Path) -> None:
    """One dossier at a time, said in one line."""
    code, out, err = run("print", "-", "-o", str(tmp_path / "x.pdf"), lines=[json.dumps(family())])
    assert code != 0
    assert (out, len(err)) == ("", 1)
    assert "« - »" in err[0]


# --- Print and conventions


def test_print_writes_the_same_bytes_and_refuses_errors(run: Any, tmp_path: Path) -> None:
    """A PDF twice the same; a dossier with errors only as a draft."""
    one, two = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for out in (one, two):
        assert run("print", "-o", str(out), "--now", "2026-02-03T14:40", said=family()) == (0, "", [])
    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes().startswith(b"%PDF-")
    refused = tmp_path / "refused.pdf"
    code, out, err = run("print", "-o", str(refused), "--now", "2026-02-03T14:40", said=WRONG)
    assert (code, out) == (1, "")
    assert any(line.startswith("member.nir : ") for line in err)
    assert not refused.exists()
    assert run("print", "-o", str(refused), "--draft", "--now", "2026-02-03T14:40", said=WRONG)[0] == 0
    assert refused.exists()


def test_a_pdf_that_cannot_be_written_is_one_line(run: Any, tmp_path: Path) -> None:
    """No such folder."""
    code, out, err = run("print", "-o", str(tmp_path / "no" / "x.pdf"), "--now", "2026-02-03T14:40", said=family())
    assert (code, out, len(err)) == (1, "", 1)


def test_convention_check_tells_the_fault_or_the_false_examples(run: Any, tmp_path: Path) -> None:
    """A broken folder is told at its place; an example that does not come out is told with both amounts."""
    broken = folder(tmp_path, changed("tariff.toml", '"11.00"', "11.00"))
    code, out, err = run("convention", "check", str(broken))
    assert (code, out, len(err)) == (1, "", 1)
    assert err[0].startswith("tiny/tariff.toml, tariffs[0].rows[1].amounts.une : ")
    example = """[[examples]]
title = "un adulte"
source = "leaflet"
today = 2026-02-03
totals = { une = "11.01" }
[examples.dossier]
member = { birth_date = 1985-01-01 }
request = { signed_on = 2026-02-03 }
"""
    false = folder(tmp_path, {"examples.toml": example}, name="false")
    code, _, err = run("convention", "check", str(false))
    assert (code, len(err)) == (1, 1)
    assert "attendu 11.01, calculé 11.00" in err[0]
    true = folder(tmp_path, {"examples.toml": example.replace("11.01", "11.00")}, name="true")
    assert run("convention", "check", str(true))[0] == 0


def test_a_list_of_agents_is_run_dry(run: Any, tmp_path: Path) -> None:
    """What importing would do, a line a row, and 1 because one of them is refused; nothing is written."""
    listed = tmp_path / "agents.csv"
    text = "Nom;Prénom;Né le;N° SS\nDELATTRE;MAIA;01/01/1985;285016211904268\nROY;NOE;01/01/1986;285016211904268\n"
    listed.write_text(text, encoding="cp1252")
    code, out, _ = run("roster", str(listed))
    assert code == 1
    assert "1 ligne prête, 1 ligne refusée. Rien n’a été écrit." in out
    assert json.loads(run("roster", str(listed), "--json")[1])["mapping"]["member.nir"] == "N° SS"
    assert [path.name for path in tmp_path.iterdir()] == ["agents.csv"]


# --- As a process


def permanence(*argv: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run the program itself."""
    command = [sys.executable, "-m", "desktop", *argv]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, **more)


def test_a_line_that_is_no_text_stops_none_of_the_others() -> None:
    """Bytes that are no UTF-8, a line longer than any dossier: each is answered, and so is the next."""
    said = b"\xe9\n" + b"x" * 5_000_000 + b"\n{}\n"
    command = [sys.executable, "-m", "desktop", "check", "-"]
    done = subprocess.run(command, cwd=ROOT, input=said, capture_output=True, timeout=60, check=False)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [set(answer) for answer in answers] == [{"error"}] * 3
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is a device of Linux")
def test_an_answer_that_cannot_be_written_is_one_line() -> None:
    """A full device says so in one line, and Python adds no traceback when it closes."""
    command = [sys.executable, "-m", "desktop", "schema"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("La réponse ne peut pas être écrite : le disque est plein")
    assert done.stderr.count("\n") == 1


def test_the_answer_is_utf_8_whatever_the_locale_says() -> None:
    """A locale that knows no accent changes nothing to what other programs read."""
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = permanence("conventions", env=plain, encoding="utf-8")
    assert "Sécurité" in done.stdout


def test_a_verb_imports_no_qt_and_nothing_it_does_not_need() -> None:
    """After « check », neither PySide6 nor reportlab nor the database is loaded."""
    program = (
        "import sys, datetime as dt; from forms.cli import main; "
        f"main(['check', {str(DOSSIERS / 'cdg62-family.json')!r}], today=lambda: dt.date(2026, 2, 3), now=None); "
        "print([m for m in ('PySide6', 'shiboken6', 'reportlab', 'sqlite3', 'sqlcipher3') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.skipif(os.name != "posix", reason="pipes are closed in another way elsewhere")
def test_a_reader_that_leaves_is_no_traceback() -> None:
    """As « permanence schema | head -1 » does."""
    command = [sys.executable, "-m", "desktop", "schema"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


def test_a_convention_without_worked_cares_says_where_the_guarantees_are(run: Any) -> None:
    """Nothing was named: nothing is said to be lacking, but where to look."""
    said = "cdg62-mnt n’a pas de soins travaillés : les garanties sont sur la plaquette de l’assureur."
    code, out, err = run("reimburse", "cdg62-mnt")
    assert (code, out, [line.replace("\u00a0", " ") for line in err]) == (1, "", [said])
