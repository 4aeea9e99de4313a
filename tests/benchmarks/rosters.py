"""Rosters as long as one likes, of invented people in invented town halls; written a line at a time."""

from __future__ import annotations

import datetime as dt
import random
from itertools import cycle, islice
from pathlib import Path

HEADINGS = (
    "Collectivité", "SIRET", "Participation employeur", "Matricule", "Civilité", "Nom de naissance", "Nom d’usage",
    "Prénom", "Date de naissance", "Lieu de naissance", "N° de Sécurité sociale", "Statut", "Date d’embauche",
    "Adresse", "Code postal", "Ville", "Téléphone", "Courriel",
)  # fmt: skip
_FIRST = {
    "Mme": ("Maïa", "Élodie", "Zoé", "Anne-Sophie", "Inès", "Chloé", "Françoise", "Héloïse", "Noémie", "Solène"),
    "M.": ("Noé", "Íñigo", "Jean-François", "Loïc", "Gaël", "Théo", "Rémi", "Aurélien", "Benoît", "Mickaël"),
}
_NAMES = ("Delattre", "Lefèvre", "Vandenbroucke", "D’Alméida", "Bœuf", "Nuñez", "Le Gall", "Hervé-Duchêne", "Müller")
_ENDS = ("", "ier", "on", "eau", "ot", "ard", "ic", "oux")
_STREETS = ("rue des Prés", "avenue du Général-Leclerc", "place de l’Église", "chemin du Moulin", "impasse des Lilas")
_TOWNS = ("Béthune", "Lormont", "Saint-Omer", "Le Havre", "Fougères", "Arras", "Cenon", "Étaples")
_BEGINNINGS = ("Saint-", "Sainte-", "La ", "Le ", "Mont-", "Val-", "Bois-", "Pont-")
_STATUSES = ("Titulaire", "Titulaire", "Titulaire", "Contractuel", "Stagiaire", "CDD")


def town_hall(place: int) -> tuple[str, str, str]:
    """Give an invented town hall: its name, a SIRET with its right keys, its participation."""
    name = f"Mairie de {_BEGINNINGS[place % 8]}{_NAMES[place % 9]}{_ENDS[place // 9 % 8]}-{place + 1}"
    return name, _with_luhn(_with_luhn(f"21{place:06d}") + "0001"), f"{5 + place % 20},00"


def _with_luhn(digits: str) -> str:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return f"{digits}{-sum(value // 10 + value % 10 for value in doubled) % 10}"


def _sizes(rng: random.Random) -> int:
    """Give how many agents a town hall has: most a few dozens, some hundreds."""
    return min(900, int(rng.lognormvariate(4.0, 1.1)) + 3)


def line(rng: random.Random, town: tuple[str, str, str], number: int) -> tuple[str, ...]:
    """Give one invented agent."""
    title = "Mme" if rng.random() < 0.6 else "M."
    born = dt.date(1960, 1, 1) + dt.timedelta(rng.randrange(16_000))
    hired = born + dt.timedelta(7_000 + rng.randrange(5_000))
    body = f"{'2' if title == 'Mme' else '1'}{born:%y%m}{rng.randrange(1, 95):02d}{number % 100_000 // 100:03d}"
    body += f"{number % 100 * 10 + rng.randrange(10):03d}"
    name = rng.choice(_NAMES) + rng.choice(_ENDS)
    used = rng.choice(_NAMES) + rng.choice(_ENDS) if title == "Mme" and rng.random() < 0.5 else ""
    place = rng.randrange(len(_TOWNS))
    return (
        *town, f"A-{number:06d}", title, name, used, rng.choice(_FIRST[title]), f"{born:%d/%m/%Y}", _TOWNS[place],
        f"{body}{97 - int(body) % 97:02d}", rng.choice(_STATUSES), f"{hired:%d/%m/%Y}",
        f"{rng.randrange(1, 200)} {rng.choice(_STREETS)}", f"{33000 + 100 * place:05d}", _TOWNS[place],
        f"06{rng.randrange(10**8):08d}", f"agent{number}@example.fr",
    )  # fmt: skip


def write_roster(path: Path, count: int, seed: int = 1) -> None:
    """Write a CSV of ``count`` agents, town hall after town hall; same arguments, same bytes."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"{';'.join(HEADINGS)}\r\n")
        number = 0
        for place in cycle(range(900_000)):
            for _ in islice(range(_sizes(rng)), count - number):
                number += 1
                file.write(f"{';'.join(line(rng, town_hall(place), number))}\r\n")
            if number == count:
                return
