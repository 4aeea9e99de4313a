"""The verbs of the machine: what it offers."""

from __future__ import annotations

from forms.commands.run import OK, Adding, Run


def add(to: Adding) -> None:
    """Add the verbs."""
    to.verb("doctor", doctor, "versions, chiffrement, polices, imprimantes, bibliothèques")


def doctor(run: Run) -> int:
    """Print what this machine offers."""
    from forms.doctor import page

    print("\n".join(page(run.now)))
    return OK
