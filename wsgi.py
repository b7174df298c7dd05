"""`app` for any WSGI server; as a script, the two commands for a machine that has only Python."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 – said in words instead of a SyntaxError later
    sys.exit("Tallyman needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

if __name__ == "__main__":
    from app.bootstrap.commands import main

    sys.exit(main())

from app.factory import served

app = served()
