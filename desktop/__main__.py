"""The door: a verb goes to the command line, where no Qt is imported; nothing at all opens the window."""

from __future__ import annotations

import datetime as dt
import sys


def main(argv: list[str] | None = None) -> int:
    """Run the program; give its exit code (0 done, 1 refused, 2 misused)."""
    argv = sys.argv[1:] if argv is None else argv
    if argv:
        from desktop.places import user_conventions  # noqa: PLC0415 - as the next
        from forms.cli import main as command_line  # noqa: PLC0415 - the window does not pay for it

        return command_line(argv, today=dt.date.today, now=now, folders=(user_conventions(),))
    from desktop.display import why_no_window  # noqa: PLC0415 - the verbs do not pay for it

    refusal = why_no_window()
    if refusal is not None:
        sys.stderr.write(f"{refusal}\n")
        return 1
    from desktop.application import run  # noqa: PLC0415 - Qt is imported once a display is likely

    return run(today=dt.date.today, now=now)


def now() -> dt.datetime:
    """Give the time with its zone."""
    return dt.datetime.now().astimezone()


if __name__ == "__main__":
    sys.exit(main())
