"""The verbs of paper: dossiers read back from scans, empty bulletins with their numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms.commands.options import add_json, add_output, whole
from forms.commands.run import OK, REFUSED, Adding, Run, say
from forms.dossier.paths import full_name
from forms.dossier.reading import dossier_to_json
from forms.faults import Fault
from forms.french import listing, plural

if TYPE_CHECKING:
    from forms.bulletin.scan import Bundle, ScannedPage, Sorted

BLANKS_LIMIT = 200
"""Bulletins of one print: four hundred pages, some seconds."""


def add(to: Adding) -> None:
    """Add the verbs."""
    reading = to.verb("read", read, "le dossier que porte un bulletin scanné (PDF, PNG, JPEG)")
    reading.add_argument("scan", metavar="SCAN", help="un fichier, ou un dossier de fichiers")
    add_json(reading)
    empty = to.verb("blanks", blanks, "des bulletins vierges numérotés, à remplir à la main")
    empty.add_argument("convention", metavar="CONVENTION")
    empty.add_argument("--count", type=whole, default=10, metavar="N", help="combien ; 10 par défaut")
    empty.add_argument("--fillable", action="store_true", help="à remplir aussi à l’écran, avec un lecteur de PDF")
    add_output(empty)


def read(run: Run) -> int:
    """Print the dossier that a scan carries, or sort a folder of scans by dossier."""
    from forms.bulletin.scan import read_folder, read_scan, sort_pages

    path = Path(run.options.scan)
    if path.is_dir():
        return _folder(read_folder(path), as_json=run.options.json)
    pages = read_scan(path)
    bundles, _ = sort_pages(pages)
    found = [bundle.dossier for bundle in bundles if bundle.dossier]
    for dossier in found:
        print(dossier_to_json(dossier))
    for page in pages:
        if page.trouble:
            say(f"{page.file}, page {page.number} : {page.trouble}")
    if not found:
        marks = [f"page {page.mark.page} du dossier {page.mark.reference}" for page in pages if page.mark]
        seen = f" ; vu : {listing(marks)}" if marks else ""
        say(f"{path.name} : aucun code de dossier n’a été lu ; scannez la première page du bulletin{seen}.")
    return OK if found else REFUSED


def _folder(found: Sorted, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(_folder_json(found), ensure_ascii=False))
    else:
        for bundle in found.bundles:
            print(_bundle_line(bundle))
        for page in found.loose:
            print(f"Sans code : {_where(page)}{f' ({page.trouble})' if page.trouble else ''}")
    for _, reason in found.unreadable:
        say(reason)
    whole = any(bundle.dossier for bundle in found.bundles)
    if not whole:
        say("Aucun code de dossier n’a été lu dans ces scans.")
    return OK if whole else REFUSED


def _where(page: ScannedPage) -> str:
    return f"{page.file}, page {page.number}"


def _bundle_line(bundle: Bundle) -> str:
    """Say which dossier, whose, which pages are there and where, which are not."""
    from forms.bulletin.scan import ranges

    name = full_name(bundle.dossier.member) if bundle.dossier else ""
    version = "version inconnue" if bundle.version is None else f"version {bundle.version}"
    head = [bundle.reference, version if bundle.version != 0 else "bulletin vierge, à saisir sous ce numéro"]
    if bundle.dossier is None:
        head.append("code du dossier non lu")
    elif name:
        head.append(name)
    files: dict[str, list[int]] = {}
    for page in bundle.pages:
        files.setdefault(page.file, []).append(page.mark.page if page.mark else 1)
    pages = [f"{ranges(numbers)} dans {file}" for file, numbers in files.items()]
    missing = f" ; {plural(len(bundle.missing), 'page')} à scanner : {listing([str(n) for n in bundle.missing])}"
    return f"{', '.join(head)} : {', '.join(pages)}{missing if bundle.missing else ''}"


def _folder_json(found: Sorted) -> dict[str, Any]:
    def place(page: ScannedPage) -> dict[str, Any]:
        mark = page.mark
        said = {"page": mark.page, "count": mark.count} if mark else {}
        return {"file": page.file, "number": page.number, **said, **({"error": page.trouble} if page.trouble else {})}

    return {
        "dossiers": [
            {
                "reference": bundle.reference,
                "version": bundle.version,
                "dossier": json.loads(dossier_to_json(bundle.dossier)) if bundle.dossier else None,
                "pages": [place(page) for page in bundle.pages],
                "missing_pages": list(bundle.missing),
            }
            for bundle in found.bundles
        ],
        "without_code": [place(page) for page in found.loose],
        "unreadable": [{"file": file, "error": reason} for file, reason in found.unreadable],
    }


def blanks(run: Run) -> int:
    """Write empty bulletins as one PDF, each with its number."""
    from forms.bulletin.blanks import blanks as made
    from forms.drafts.files import write_whole

    options = run.options
    if options.count > BLANKS_LIMIT:
        raise Fault(f"{options.count} bulletins : {BLANKS_LIMIT} au plus à la fois.")
    pdf = made(run.library.find(options.convention), options.count, run.now, fillable=options.fillable)
    write_whole(Path(options.output), pdf)
    return OK
