"""What a child may take of this machine; it sets its own limits before it reads anything that others wrote."""

import resource


def limit_memory(megabytes: int) -> None:
    """Take at most so much address space, and leave no core file, which would hold what the child has read."""
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1024 * 1024, megabytes * 1024 * 1024))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_processor(seconds: int) -> None:
    """Take at most so many seconds of a processor."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
