"""Pages of lists: a limit, a cursor that nobody has to understand, and the address of the next page in `Link`."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar
from urllib.parse import urlencode

from flask import request
from pydantic import BaseModel, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from service.problems import Flaw, Refusal

Item = TypeVar("Item")
MOST = 200


def _whole(value: object) -> object:
    if isinstance(value, str):
        if not (value.isascii() and value.removeprefix("-").isdigit() and len(value) < 20):
            raise PydanticCustomError("wrong-type", "must be a whole number")
        return int(value)
    return value


class PageQuery(BaseModel):
    """Which page of a list."""

    limit: Annotated[int, BeforeValidator(_whole), Field(ge=1, le=MOST, description="rows of a page")] = 50
    cursor: Annotated[str, Field(max_length=400, description="as given in the Link of the page before")] | None = None

    def key(self) -> list[Any] | None:
        """Return the key after which the page begins; `None` for the first.

        Raises
        ------
        Refusal
            `invalid-cursor`, if the cursor is none of ours.
        """
        if self.cursor is None:
            return None
        try:
            key = json.loads(base64.urlsafe_b64decode(self.cursor.encode() + b"=="))
        except (ValueError, binascii.Error):
            key = None
        if not isinstance(key, list) or not all(isinstance(part, (str, int)) for part in key):
            detail = "Take the cursor from the Link of the page before."
            raise Refusal("invalid-cursor", detail, (Flaw("cursor", "invalid-cursor", detail),))
        return key


def next_page(query: PageQuery, shown: Sequence[Item], more: bool, key_of: Callable[[Item], list[Any]]) -> dict[str, str]:
    """Return the `Link` to the page after these rows; nothing on the last one."""
    if not more or not shown:
        return {}
    cursor = base64.urlsafe_b64encode(json.dumps(key_of(shown[-1]), separators=(",", ":")).encode()).decode().rstrip("=")
    return {"Link": f'<{request.path}?{urlencode({"limit": query.limit, "cursor": cursor})}>; rel="next"'}


def cut(
    query: PageQuery, rows: Sequence[Item], key_of: Callable[[Item], list[Any]], *, falling: bool = False
) -> tuple[tuple[Item, ...], dict[str, str]]:
    """Return the page of a list that is sorted by its key (`falling`: the other way round), and its `Link`."""
    key = query.key()
    try:
        after = [row for row in rows if key is None or (key_of(row) < key if falling else key_of(row) > key)]
    except TypeError:
        raise Refusal("invalid-cursor", "The cursor is that of another list.") from None
    shown = tuple(after[: query.limit])
    return shown, next_page(query, shown, len(after) > query.limit, key_of)
