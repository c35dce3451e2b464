#!/usr/bin/env python
import gc
import os
import sys


def main() -> None:
    gc.set_threshold(50_000)  # not 2,000: what a start loads stays, and to look through it 130 times took twice as long as 7 times
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "patrol.settings")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 -- after the settings module is named
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    try:
        if sys.argv[1:2] == ["assess"]:
            from patrol.management.commands import assess  # noqa: PLC0415 -- the settings may be wrong, too

            assess.Command().run_from_argv(sys.argv)
        else:
            from patrol.infra import wall  # noqa: PLC0415 -- as above

            wall.whole_process("a command of whoever runs the server")
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"SIPatrol: {error}")


if __name__ == "__main__":
    main()
