"""Handing jobs to workers. The database is the truth; threads of this process or a Dask cluster only execute.

`Dispatcher.dispatch` promises each waiting job its next attempt and hands it to somebody; every write of an attempt compares
its number, so that dispatching twice, from two processes, or after a crash is harmless.
"""

from service.jobs.cluster import ClusterHands
from service.jobs.dispatch import Dispatcher, work_until_ended
from service.jobs.hands import Hands, ThreadHands, child_solver

__all__ = ["ClusterHands", "Dispatcher", "Hands", "ThreadHands", "child_solver", "work_until_ended"]
