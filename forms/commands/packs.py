"""The verbs of updates: packs signed by whoever publishes them, verified and installed by whoever receives them."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from forms.commands.options import add_json, moment
from forms.commands.run import OK, Adding, Run, show
from forms.faults import Fault
from forms.french import long_date, plural, whole

_WORDS = {"conventions": "conventions", "program": "programme"}


def add(to: Adding) -> None:
    """Add the verbs."""
    group = to.group("pack", "mises à jour signées, à porter sur une clé USB")
    drawing = group.verb("keys", keys, "tirer une paire de clés de signature, pour qui publie")
    drawing.add_argument("-o", dest="output", metavar="FILE", required=True, help="la clé secrète ; FILE.pub à côté")
    signing = group.verb("sign", sign, "faire une mise à jour d’un programme (make frozen) ou de conventions")
    signing.add_argument("folder", metavar="FOLDER")
    signing.add_argument("--key", metavar="KEYFILE", required=True, help="la clé secrète")
    signing.add_argument("-o", dest="output", metavar="OUT.pack", required=True, help="le fichier à écrire")
    signing.add_argument("--version", type=version, metavar="V", help="pour des conventions ; le jour sinon")
    signing.add_argument("--needs", type=version, metavar="V", help="le plus ancien programme qui la prend")
    signing.add_argument("--now", type=moment, metavar="INSTANT", help="l’instant à y écrire")
    checking = group.verb("verify", verify, "dire qui a signé une mise à jour, ce qu’elle porte, si elle convient ici")
    checking.add_argument("--public", metavar="KEYFILE", help="une clé publique, à la place de celles du programme")
    installing = group.verb("install", install, "installer une mise à jour, les brouillons étant fermés")
    for parser in (checking, installing):
        parser.add_argument("file", metavar="FILE")
    add_json(checking)
    returning = group.verb("back", back, "revenir au programme d’avant la dernière mise à jour")
    returning.add_argument("--conventions", action="store_true", help="aux conventions d’avant, et non au programme")


def version(text: str) -> str:
    """Read ``1.2.3``."""
    if not re.fullmatch(r"\d{1,9}(\.\d{1,9}){0,3}", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une version : des nombres et des points")
    return text


def keys(run: Run) -> int:
    """Draw a pair of keys; none that is there is written over."""
    from forms.drafts.files import write_whole
    from forms.packs.keys import new_pair, public_key

    secret = Path(run.options.output)
    public = secret.with_name(f"{secret.name}.pub")
    if secret.exists() or public.exists():
        raise Fault(f"« {secret.name} » ou sa clé publique existe déjà : une clé n’est pas remplacée.")
    secret_text, public_text = new_pair()
    write_whole(secret, secret_text.encode())
    write_whole(public, public_text.encode(), 0o644)
    print(f"Clé secrète : {secret}. Gardez-la hors de tout ordinateur relié au réseau.")
    print(f"Clé publique : {public}, empreinte {public_key(public).fingerprint}.")
    return OK


def sign(run: Run) -> int:
    """Make a pack of a folder."""
    from forms.drafts.files import write_whole
    from forms.packs.keys import secret_key
    from forms.packs.place import here
    from forms.packs.signing import signed

    options = run.options
    folder, key = Path(options.folder).resolve(), secret_key(Path(options.key))
    said, data = signed(folder, key, here(), run.now, version=options.version or "", needs=options.needs or "")
    write_whole(Path(options.output), data, 0o644)
    count = plural(len(said.files), "fichier")
    print(f"{options.output} : {_WORDS[said.kind]} {said.version}, {count}, {whole(len(data))} octets.")
    return OK


def verify(run: Run) -> int:
    """Say who signed a pack and what it holds; then whether it can be installed here."""
    from forms.packs.archive import verified
    from forms.packs.installing import planned, weight
    from forms.packs.keys import public_key, public_keys
    from forms.packs.place import here

    options, place, path = run.options, here(), Path(run.options.file)
    trusted = (public_key(Path(options.public)),) if options.public else public_keys(place.keys)
    pack = verified(path, trusted)
    said, refusal, lines = pack.manifest, "", []
    try:
        lines = [*planned(path, place, run.now, trusted).lines()]
    except Fault as fault:
        refusal = fault.line
    if options.json:
        show({
            **said.model_dump(mode="json", exclude={"files", "aliases"}),
            "files": len(said.files), "bytes": said.size,
            "signer": pack.signer.name, "fingerprint": pack.signer.fingerprint, "refused_here": refusal or None,
        })  # fmt: skip
        return OK
    print(f"Intacte, et signée par « {pack.signer.name} » (empreinte {pack.signer.fingerprint}).")
    print(f"{_WORDS[said.kind].capitalize()} {said.version}, du {long_date(said.day)} : {weight(pack)}.")
    print("\n".join(lines[1:]) if lines else f"Pas pour ce poste. {refusal}")
    return OK


def install(run: Run) -> int:
    """Install a pack, once the drafts are backed up."""
    from forms.packs.installing import backed_up, installed, planned
    from forms.packs.place import here

    place = here()
    plan = planned(Path(run.options.file), place, run.now)
    print("\n".join(plan.lines()))
    if plan.nothing:
        print("Tout y est déjà installé : rien n’a été changé.")
        return OK
    backup = backed_up(place.drafts, run.now)
    notes = installed(plan)
    if backup is not None:
        print(f"Les brouillons ont été sauvegardés avant : {backup.folder}")
    print(plan.next_step("permanence pack back" if plan.is_program else "permanence pack back --conventions"))
    print(*notes, sep="\n", end="\n" if notes else "")
    return OK


def back(run: Run) -> int:
    """Go one step back."""
    from forms.packs import conventions, program
    from forms.packs.place import here

    place = here()
    if run.options.conventions:
        undone = conventions.back(place.conventions)
        print(f"La mise à jour {undone} des conventions est défaite : les éditions d’avant servent de nouveau.")
    elif place.app is None:
        raise Fault(f"Pas de retour possible ici : {place.no_app}.")
    else:
        print(f"La version {program.back(place.app)} démarrera la prochaine fois.")
    return OK
