"""Bodies of webhooks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from service.schemas.wire import Wire


class WebhookRequest(Wire):
    """Where to tell what happens."""

    address: Annotated[str, Field(min_length=8, max_length=500)]


class WebhookState(Wire):
    """A webhook of the asker."""

    id: str
    address: str
    created_at: str


class WebhookMade(WebhookState):
    """A new webhook with the key of its signatures, which is shown this once."""

    secret: str


class WebhookList(Wire):
    """The webhooks of the asker, the oldest first."""

    webhooks: tuple[WebhookState, ...]
