"""One more room."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetRoomCount


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield one more room in each pool that the course uses."""
    used = {offering.room for offering in question.offerings}
    for room in question.instance.rooms:
        if room.id in used:
            yield Relaxation(
                (SetRoomCount(kind="set_room_count", room=room.id, count=room.count + 1),),
                say("room", "one more room in {room}, {count} in all", room=room.name, count=room.count + 1),
            )
