"""One more instructor."""

from collections.abc import Iterator

from cohort_opt.analysis.relaxations.kind import Question, Relaxation
from cohort_opt.explanation.sentence import say
from cohort_opt.problem.changes import SetInstructorCount, SetRoomCount


def relaxations(question: Question) -> Iterator[Relaxation]:
    """Yield one more instructor in each pool that the course uses, then one together with one more room."""
    instance = question.instance
    used = {offering.instructor for offering in question.offerings}
    for pool in instance.instructors:
        if pool.id not in used:
            continue
        one = SetInstructorCount(kind="set_instructor_count", instructor=pool.id, count=pool.count + 1)
        yield Relaxation(
            (one,), say("instructor", "one more instructor in {pool}, {count} in all", pool=pool.name, count=pool.count + 1)
        )
        for room in (r for r in instance.rooms if any(o.room == r.id and o.instructor == pool.id for o in question.offerings)):
            yield Relaxation(
                (one, SetRoomCount(kind="set_room_count", room=room.id, count=room.count + 1)),
                say("instructor", "one more instructor in {pool} and one more room in {room}", pool=pool.name, room=room.name),
            )
