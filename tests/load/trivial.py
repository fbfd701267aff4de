"""The route beside: Flask, a JSON answer, and nothing else, on the same server with as many threads.

python -m tests.load.trivial PORT THREADS
"""

import logging
import sys


def trivial_app():
    """Return the application."""
    from flask import Flask

    app = Flask("trivial")

    @app.get("/")
    def answer():
        return {"status": "ok", "version": 1, "lines": []}

    return app


def main():
    """Serve until killed."""
    import waitress

    logging.getLogger("waitress").setLevel(logging.ERROR)
    waitress.serve(
        trivial_app(), host="127.0.0.1", port=int(sys.argv[1]), threads=int(sys.argv[2]), connection_limit=1_000, ident=None
    )


if __name__ == "__main__":
    main()
