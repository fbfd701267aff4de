"""Mails: put into the outbox in the transaction of what they tell, and delivered afterwards, to files or a mail server."""

from __future__ import annotations

import secrets
import smtplib
from collections.abc import Iterable
from email.message import EmailMessage
from email.policy import SMTP

from sqlalchemy import Connection

from service.problems import Refusal
from service.services.context import Context
from service.store import accounts as rows


def post(connection: Connection, now: str, key: str, account: str, subject: str, body: str) -> bool:
    """Put a mail into the outbox of the caller's transaction; the same key is one mail."""
    mail = {"id": secrets.token_hex(16), "key": key, "account": account, "subject": subject, "body": body, "created_at": now}
    return rows.post(connection, mail)


def drop_files(context: Context, names: Iterable[str]) -> None:
    """Drop the files of mails that were delivered into the folder and whose rows are gone."""
    for name in names:
        (context.settings.outbox / f"{name}.eml").unlink(missing_ok=True)


def deliver(context: Context) -> int:
    """Send what waits; return how many went out. A mail that cannot be sent is tried again later."""
    with context.store.read(whole=True) as connection:
        waiting = rows.unsent(connection, 100)
    sent = 0
    for mail in waiting:
        done = _send(context, mail["id"], mail["mail"], mail["subject"], mail["body"])
        sent += done
        with context.store.write(whole=True) as connection:
            rows.mark_tried(connection, mail["id"], context.now() if done else None)
    return sent


def deliver_quietly(context: Context) -> None:
    """Send what waits where the database and the folder allow it; otherwise the next time does."""
    try:
        deliver(context)
    except Refusal:
        return


def _send(context: Context, mail_id: str, address: str, subject: str, body: str) -> bool:
    """Send one mail; its id makes a second delivery recognisable."""
    message = EmailMessage(policy=SMTP)
    message["From"] = context.settings.mail_from
    message["To"] = address
    message["Subject"] = subject
    message["Message-Id"] = f"<{mail_id}@cohort-opt>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    try:
        if context.settings.smtp_host:
            with smtplib.SMTP(context.settings.smtp_host, context.settings.smtp_port, timeout=10) as server:
                server.send_message(message)
        else:
            context.settings.outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
            (context.settings.outbox / f"{mail_id}.eml").write_bytes(message.as_bytes())
    except (OSError, smtplib.SMTPException):
        return False
    return True
