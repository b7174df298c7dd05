"""`tallyman rfid-bridge`."""

import asyncio
import logging
import os
from contextlib import suppress
from pathlib import Path

import click

from app.bridging.sending import Server
from app.bridging.spool import Spool

LLRP_PORT = 5084
TOKEN = "TALLYMAN_READER_TOKEN"  # noqa: S105 - the name of a variable


@click.command(name="rfid-bridge")
@click.argument("reader")
@click.argument("server")
@click.option("--token-file", type=click.Path(exists=True, dir_okay=False), help=f"Or {TOKEN}.")
@click.option("--spool", default="rfid-bridge.db", type=click.Path(dir_okay=False))
@click.option("--antenna", "antennas", multiple=True, type=click.IntRange(1, 64))
@click.option("--power", type=float, help="Transmit power in dBm; default: the reader's own.")
@click.option("--ca", type=click.Path(exists=True, dir_okay=False), help="Local authority.")
def bridge(
    *,
    reader: str,
    server: str,
    token_file: str | None,
    spool: str,
    antennas: tuple[int, ...],
    power: float | None,
    ca: str | None,
) -> None:
    """Post what the LLRP reader HOST[:PORT] reads to SERVER, as in https://tallyman.local:8443."""
    try:
        from app.bridging.bridge import Bridge  # noqa: PLC0415 - needs the extra
    except ImportError as error:
        raise click.ClickException("llrpkit is missing: pip install 'tallyman[rfid]'") from error
    token = Path(token_file).read_text().strip() if token_file else os.environ.get(TOKEN, "")
    if not token:
        raise click.ClickException(f"no token: --token-file or {TOKEN}")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    host, _, port = reader.partition(":")
    kept = Spool(spool)
    try:
        with suppress(KeyboardInterrupt):
            asyncio.run(
                Bridge(
                    host,
                    int(port or LLRP_PORT),
                    kept,
                    Server(server, token, ca),
                    antennas,
                    power,
                ).run()
            )
    finally:
        kept.close()
