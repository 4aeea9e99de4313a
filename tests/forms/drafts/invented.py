"""Constants that the tests of drafts share."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

PROJECT = Path(__file__).parents[3]
KEY = bytes(range(32))
NOON = dt.datetime(2026, 2, 3, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))
NIR = "284053324905162"
