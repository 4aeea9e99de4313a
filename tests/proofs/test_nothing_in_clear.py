"""Nothing typed stands in clear in any file, while the program runs and after; and it writes nowhere else."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from forms.drafts import backups
from forms.french import fold
from tests.proofs.people import nir
from tests.proofs.program import PASSPHRASE, Home, Program
from tests.proofs.test_durable import may_trace, whole

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

REFERENCE = "AAAA-1111"
TEXTS = {
    "member.birth_date": "17/03/1979",
    "member.birth_name": "Kerzoncuf-Łęcki",
    "member.used_name": "O’Brannigan",
    "member.first_name": "Françoise-Anaïs",
    "member.nir": nir("2790362119", 321),
    "member.birth_place": "Bruay-la-Buissière",
    "member.address.postal_code": "62987",
    "member.address.city": "Vieille-Chapelle",
    "member.phone": "0698765432",
    "member.email": "f.kerzoncuf@exemple.fr",
    "member.staff_number": "ZQ-77213",
    "member.fund_code": "01 621 9876",
    "previous_contract.insurer": "Mutuelle du Ternois",
    "previous_contract.number": "MT-445566",
    "previous_contract.holder": "Gwenaël Kerzoncuf",
    "refund.iban": "FR1420041010050500013M02606",
    "refund.holder": "Yseult Kerzoncuf",
    "beneficiaries.0.birth_name": "Szczepaniak",
    "beneficiaries.0.birth_date": "23/11/1977",
    "beneficiaries.0.nir": nir("1771162119", 654),
    "beneficiaries.1.first_name": "Anne-Loïse",
}
"""What is typed: of each kind of field, with letters that are written otherwise where they are looked for."""
_OPENED = re.compile(r'(?:open|openat|creat)\((?:AT_FDCWD(?:<[^>]*>)?, )?"([^"]+)", ([^,)]+).*\) = \d')


def looked_for() -> list[str]:
    """Give each value as typed, backwards (typed so the second time), without accents, and as a file would write it."""
    words = set()
    for text in TEXTS.values():
        for one in (text, text[::-1]):
            words |= {one, fold(one), one.replace(" ", "")}
        if "/" in text:
            words |= {dt.datetime.strptime(text, "%d/%m/%Y").replace(tzinfo=dt.UTC).date().isoformat()}
        if text.isdigit() and len(text) == 15:
            words |= {text[:13], f"{text[0]} {text[1:3]} {text[3:5]} {text[5:7]} {text[7:10]} {text[10:13]}"}
    return sorted(word for word in words if len(word) >= 5)


def test_a_day_leaves_nothing_in_clear(tmp_path: Path) -> None:
    """Searched over and over while someone types, prints, locks and types again, in open and unlinked files too."""
    home, words = Home(tmp_path / "home"), looked_for()
    home.filled([REFERENCE])
    plan = {"passphrase": PASSPHRASE, "reference": REFERENCE, "texts": TEXTS, "papers": str(home.papers)}
    searches, found = 0, set()
    with Program(home, "tests.proofs.whole_day", plan) as program:
        while program.process.poll() is None:
            found.update(home.holding(words, program.process.pid))
            searches += 1
            program.take(0.5)
        assert program.ended() == 0, program.said()
        assert [line[0] for line in program.lines if line[0] in {"typed", "printed", "locked"}] == [
            "typed", "printed", "locked", "typed", "locked",
        ]  # fmt: skip
        assert program.said() == ""
    found.update(home.holding(words))
    assert found == set()
    assert searches > 5
    assert (home.papers / "bulletin.pdf").stat().st_size > 10_000
    assert len(backups.listed(home.data)) == 2
    # The search does find what is there.
    (home.temporary / "left").write_bytes("… Szczepaniak …".encode("utf-16-le"))
    assert home.holding(words) != []


@pytest.mark.skipif(not may_trace(), reason="strace is not there (Debian: strace), or may not trace here")
def test_it_writes_nowhere_else(tmp_path: Path) -> None:
    """Every file that the program opens to write lies in the folders that were searched."""
    home = Home(tmp_path / "home")
    home.filled([REFERENCE])
    texts = {path: TEXTS[path] for path in ("member.birth_name", "member.nir")}
    plan = {"passphrase": PASSPHRASE, "reference": REFERENCE, "texts": texts, "papers": str(home.papers)}
    trace = tmp_path / "trace"
    before = ["strace", "-D", "-f", "-s", "500", "-e", "trace=open,openat,creat", "-o", str(trace)]
    with Program(home, "tests.proofs.whole_day", plan, before) as program:
        assert program.ended() == 0, program.said()
    lines = whole(trace, program.process.pid).splitlines()
    opened = [found.groups() for line in lines if (found := _OPENED.search(line)) is not None]
    written = {path for path, flags in opened if re.search("O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE", flags)}
    assert any(path.endswith("drafts.sqlite-wal") for path in written)
    elsewhere = {path for path in written if not path.startswith((f"{home.root}/", "/dev/", "/proc/"))}
    assert {path for path in elsewhere if "__pycache__" not in path} == set()
    shutil.rmtree(home.root)
