"""The verbs of transfer files: the keys of headquarters, and what it receives."""

from __future__ import annotations

import sys
from pathlib import Path

from forms.commands.asking import add_folder, opened_drafts, passphrase
from forms.commands.options import add_json
from forms.commands.run import OK, REFUSED, Adding, Run, show
from forms.faults import Fault

_SHORTEST = 12  # characters: the file may be copied, and then only this stands before the key


def add(to: Adding) -> None:
    """Add the verbs."""
    told = to.verb("receive", receive, "reprendre un fichier de transfert dans les brouillons de ce poste")
    told.add_argument("file", metavar="FICHIER", help="le fichier de transfert (.age)")
    told.add_argument("--identity", required=True, metavar="CLE", help="le fichier de la clé secrète du siège")
    add_folder(told)
    add_json(told)
    group = to.group("keys", "les clés du siège, auquel les transferts sont destinés")
    new = group.verb("new", new_pair, "tirer une paire de clés ; la secrète est protégée par une phrase de passe")
    new.add_argument("-o", dest="output", metavar="CLE", required=True, help="le fichier de la clé secrète, à garder")
    public = group.verb("show", show_public, "montrer la clé publique et son empreinte, à remettre aux conseillers")
    public.add_argument("file", metavar="CLE", help="le fichier de la clé secrète, ou celui de la publique")


def receive(run: Run) -> int:
    """Merge a transfer file into the drafts; twice the same file changes nothing.

    Asked in this order: the passphrase of the drafts, then that of the key where it has one.
    """
    from forms.day.receiving import receive as merged_in
    from forms.exchange.commands import identity_of
    from forms.exchange.merging import merge_json, merge_lines

    with opened_drafts(run) as store:
        identity = identity_of(Path(run.options.identity), lambda: passphrase("Phrase de passe de la clé secrète"))
        transfer, merged = merged_in(store, Path(run.options.file), identity, run.now)
    if run.options.json:
        show(merge_json(transfer, merged))
    else:
        print("\n".join(merge_lines(transfer, merged)))
    return REFUSED if merged.conflicts else OK


def new_pair(run: Run) -> int:
    """Draw a pair of keys: the secret one in a file that a passphrase locks, the public one beside it."""
    from forms.drafts.files import write_whole
    from forms.exchange.keys import locked_identity, new_identity

    path = Path(run.options.output)
    beside = path.with_name(f"{path.name}.pub")
    for one in (path, beside):
        if one.exists():
            raise Fault(f"« {one.name} » existe déjà : une clé n’est jamais écrasée, choisissez un autre nom.")
    chosen = passphrase("Phrase de passe de la clé (12 caractères au moins)")
    if len(chosen) < _SHORTEST:
        raise Fault(f"Cette phrase de passe est trop courte : {_SHORTEST} caractères au moins.")
    if sys.stdin.isatty() and passphrase("La même, une seconde fois") != chosen:
        raise Fault("Les deux phrases de passe ne sont pas les mêmes : rien n’a été écrit.")
    secret, public = new_identity()
    write_whole(path, locked_identity(secret, chosen))
    write_whole(beside, f"# Permanence : clé publique du siège, à remettre aux conseillers\n{public}\n".encode())
    print(f"Clé secrète : {path}. Gardez-en une copie en lieu sûr : sans elle, aucun transfert ne s’ouvre.")
    _print_public(public)
    print(f"Elle est aussi dans {beside} : remettez ce fichier aux conseillers, et lisez-leur l’empreinte.")
    return OK


def show_public(run: Run) -> int:
    """Show the public key of a file, and the fingerprint that is compared aloud."""
    from forms.exchange.bounds import MEGABYTE, read_bounded
    from forms.exchange.commands import identity_of
    from forms.exchange.keys import is_locked, parse_recipients, public_of

    path = Path(run.options.file)
    data = read_bounded(path, MEGABYTE)
    if not is_locked(data) and b"AGE-SECRET-KEY-" not in data:
        (public, *_) = parse_recipients(data.decode("utf-8-sig", errors="replace"))
    else:
        public = public_of(identity_of(path, lambda: passphrase("Phrase de passe de la clé secrète")))
    _print_public(public)
    return OK


def _print_public(public: str) -> None:
    from forms.exchange.keys import fingerprint

    print(f"Clé publique : {public}")
    print(f"Empreinte : {fingerprint(public)}")
