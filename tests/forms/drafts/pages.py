"""Every byte of an encrypted database in clear, free pages, slack and log included: what a thief with the key reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE, RESERVED, SALT = 4096, 80, 16
"""SQLCipher 4: at a page's end 16 bytes of IV and 64 of HMAC; the first page begins with the salt, in clear."""
LOG_HEADER, FRAME_HEADER = 32, 24


def in_clear(path: Path, key: bytes) -> bytes:
    """Give the pages of a database, or of a log (``-wal``), decrypted with the raw key; a log's header is left out."""
    return b"".join(_pages(path, key))


def _pages(path: Path, key: bytes) -> Iterator[bytes]:
    data = path.read_bytes()
    if path.name.endswith("-wal"):
        for start in range(LOG_HEADER, len(data), FRAME_HEADER + PAGE):
            number = int.from_bytes(data[start : start + 4])
            yield _page(data[start + FRAME_HEADER : start + FRAME_HEADER + PAGE], number, key)
    else:
        for start in range(0, len(data), PAGE):
            yield _page(data[start : start + PAGE], start // PAGE + 1, key)


def _page(page: bytes, number: int, key: bytes) -> bytes:
    first = SALT if number == 1 else 0
    body, iv = page[first : PAGE - RESERVED], page[PAGE - RESERVED : PAGE - RESERVED + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
