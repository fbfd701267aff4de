"""Whether every wanted unit finds a given one along the edges: a maximum flow by augmenting paths (Ford, Fulkerson 1956)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping


def can_route(given: Mapping[int, int], wanted: Mapping[int, int], edges: Iterable[tuple[int, int]]) -> bool:
    """Return whether all of `wanted` can be supplied, see `route`."""
    return route(given, wanted, edges) is not None


def route(
    given: Mapping[int, int], wanted: Mapping[int, int], edges: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], int] | None:
    """Return the units sent along each edge so that all of `wanted` is supplied; `None` if that cannot be.

    Parameters
    ----------
    given, wanted
        Units by node; nodes of the two sides may share numbers.
    edges
        (given node, wanted node) pairs along which units may go, any number of them.
    """
    takes: dict[int, list[int]] = defaultdict(list)
    for source, target in edges:
        takes[target].append(source)
    sent: dict[tuple[int, int], int] = defaultdict(int)
    free = dict(given)
    users: dict[int, set[int]] = defaultdict(set)
    for target, missing in wanted.items():
        while missing:
            path = _path(target, takes, free, users)
            if path is None:
                return None
            # Along the path each target gives up a unit of one source and takes one of the next.
            amount = min(missing, free[path[-1]])
            for place in range(1, len(path) - 1, 2):
                amount = min(amount, sent[path[place], path[place + 1]])
            for place in range(0, len(path) - 1, 2):
                sent[path[place + 1], path[place]] += amount
                users[path[place + 1]].add(path[place])
            for place in range(1, len(path) - 1, 2):
                source, other = path[place], path[place + 1]
                sent[source, other] -= amount
                if not sent[source, other]:
                    users[source].discard(other)
            free[path[-1]] -= amount
            missing -= amount
    return {edge: units for edge, units in sent.items() if units}


def _path(
    target: int, takes: Mapping[int, list[int]], free: Mapping[int, int], users: Mapping[int, set[int]]
) -> list[int] | None:
    """Return target, source, other target, source, ... up to a source with free units; `None` if there is none."""
    before_source: dict[int, int] = {}
    before_target: dict[int, int] = {target: -1}
    queue = deque([target])
    while queue:
        here = queue.popleft()
        for source in takes.get(here, ()):
            if source in before_source:
                continue
            before_source[source] = here
            if free.get(source, 0) > 0:
                path = [source]
                while True:
                    path.append(before_source[path[-1]])
                    if path[-1] == target:
                        return path[::-1]
                    path.append(before_target[path[-1]])
            for other in sorted(users.get(source, ())):
                if other not in before_target:
                    before_target[other] = source
                    queue.append(other)
    return None
