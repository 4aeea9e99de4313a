"""Asserts of the modules beside these tests say what they compared, as those of the tests do."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.proofs.ledger", "tests.proofs.program")
