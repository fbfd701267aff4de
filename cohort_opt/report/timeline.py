"""The timeline as static SVG: rooms or instructors as lanes, class days as blocks, ISO weeks on the axis, closed days shaded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from cohort_opt.explanation.language import Language, phrase, written_day
from cohort_opt.problem.records import DatePeriod, InstructorPool, RoomPool
from cohort_opt.report.svg import dash, element, picture, text_width, tone
from cohort_opt.report.view import ClassView, View
from cohort_opt.report.wording import MONTHS, day, span

LEFT, TOP = 132.0, 46.0
"""Room for lane names, and for months and weeks."""
ROW = 52.0
"""Height of a class in its lane: a line of text above its blocks."""
BLOCK = 18.0
GAP = 14.0
"""Least distance between two classes in a row, texts included."""
BOLD = 1.07
"""Bold text is wider by about so much."""
LEAST_WIDTH = 880.0
DAYS_SHOWN = 5
"""Monday to Friday; nobody is taught at weekends."""


@dataclass(frozen=True, slots=True)
class Axis:
    """The weeks of the picture: `first` is a Monday, `weeks` their number, `week` the pixels of one."""

    first: dt.date
    weeks: int
    week: float

    @classmethod
    def over(cls, classes: Sequence[ClassView]) -> Axis:
        """Return an axis from the week before the first class to the week after the last."""
        start = min(item.entry.start for item in classes)
        end = max(item.entry.end for item in classes)
        first = start - dt.timedelta(days=start.weekday() + 7)
        weeks = (end - first).days // 7 + 2
        return cls(first, weeks, max(30.0, (LEAST_WIDTH - LEFT) / weeks))

    @property
    def width(self) -> float:
        """Return the width of the whole picture."""
        return LEFT + self.weeks * self.week

    def x(self, date: dt.date) -> float:
        """Return the left edge of a day; weekends have no width."""
        days = (date - self.first).days
        return LEFT + days // 7 * self.week + min(days % 7, DAYS_SHOWN) * self.week / DAYS_SHOWN

    def covers(self, period: DatePeriod) -> bool:
        """Return whether a working day of the period lies on the picture."""
        return self.edges(period)[0] < self.edges(period)[1]

    def edges(self, period: DatePeriod) -> tuple[float, float]:
        """Return the left edge of the first and the right edge of the last day of a period, cut to the picture."""
        last_shown = self.first + dt.timedelta(days=7 * self.weeks - 1)
        first, last = max(period.first, self.first), min(period.last, last_shown)
        return self.x(first), self.x(last + dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Lane:
    """A pool and the rows in which its classes are drawn; rows are layout, not single rooms or instructors."""

    pool: RoomPool | InstructorPool
    rows: tuple[tuple[ClassView, ...], ...]


def draw_timeline(view: View, by: Literal["rooms", "instructors"] = "rooms", language: Language = "en") -> Markup:
    """Return the timeline with a lane for each pool in use; empty text where no class opens."""
    if not view.classes:
        return Markup("")
    axis, lanes = Axis.over(view.classes), _lanes(view, by)
    height = TOP + sum(len(lane.rows) * ROW + 12 for lane in lanes) + 6
    title = (
        phrase("Timeline of classes by room", language)
        if by == "rooms"
        else phrase("Timeline of classes by instructor", language)
    )
    return picture(
        "timeline" if by == "rooms" else f"timeline-{by}",
        title,
        _description(view, language),
        axis.width,
        height,
        _hatch(by),
        element("g", *_closed(view, axis, height, by, language)),
        element("g", *_weeks(axis, height, language)),
        *_drawn(view, axis, lanes, language),
        class_="picture timeline",
    )


def _description(view: View, language: Language) -> str:
    classes = "; ".join(
        phrase(
            "class {number} {course} from {first} to {last}", language, number=item.number, course=item.course.name,
            first=_day(item.entry.start, language), last=_day(item.entry.end, language),
        )
        for item in view.classes
    )  # fmt: skip
    return f"{classes}. {phrase('The table below says the same.', language)}"


def _day(date: dt.date, language: Language) -> str:
    return day(date) if language == "en" else written_day(date.isoformat(), language) or ""


def _span(period: DatePeriod, language: Language) -> str:
    if language == "en":
        return span(period.first, period.last)
    first, last = _day(period.first, language), _day(period.last, language)
    return first if first == last else f"{first} – {last}"


def _lanes(view: View, by: Literal["rooms", "instructors"]) -> list[Lane]:
    """Return the pools in use, each class in the first row where neither its blocks nor its text meet another."""
    axis = Axis.over(view.classes)
    lanes = []
    pools: Sequence[RoomPool | InstructorPool] = view.instance.rooms if by == "rooms" else view.instance.instructors
    for pool in pools:
        rows: list[list[ClassView]] = []
        for item in (item for item in view.classes if (item.room if by == "rooms" else item.instructor).id == pool.id):
            row = next((row for row in rows if all(not _meets(axis, item, other, pool) for other in row)), None)
            if row is None:
                rows.append([item])
            else:
                row.append(item)
        if rows:
            lanes.append(Lane(pool, tuple(tuple(row) for row in rows)))
    return lanes


def _meets(axis: Axis, a: ClassView, b: ClassView, pool: RoomPool | InstructorPool) -> bool:
    (a_left, a_right), (b_left, b_right) = _reach(axis, a, pool), _reach(axis, b, pool)
    return a_left < b_right + GAP and b_left < a_right + GAP


def _reach(axis: Axis, item: ClassView, pool: RoomPool | InstructorPool) -> tuple[float, float]:
    left, right = axis.x(item.entry.start), axis.x(item.entry.end) + axis.week / DAYS_SHOWN
    wide = max(text_width(line, 12) for line in _text(item, pool)) * BOLD
    if left + wide > axis.width:
        return max(0.0, min(left, right - wide)), right
    return left, max(right, left + wide)


def _text(item: ClassView, pool: RoomPool | InstructorPool, language: Language = "en") -> tuple[str, str]:
    """Return the two lines of a class: what it is, and the pool that the lane does not name."""
    filled = phrase("{size} of {most}", language, size=item.entry.size, most=item.entry.max_seats)
    other = item.instructor.name if isinstance(pool, RoomPool) else item.room.name
    return f"{item.number}  {item.course.name}, {filled}", other


def _hatch(by: str) -> Markup:
    ground = element("rect", width=7, height=7, class_="hatch-ground")
    line = element("path", d="M0 7L7 0M-1 1L1 -1M6 8L8 6", class_="hatch")
    size = {"width": 7, "height": 7}
    return element("defs", element("pattern", ground, line, id=_hatch_id(by), patternUnits="userSpaceOnUse", **size))


def _hatch_id(by: str) -> str:
    return "hatch" if by == "rooms" else f"hatch-{by}"


def _closed(view: View, axis: Axis, height: float, by: str, language: Language) -> Iterator[Markup]:
    for period in view.instance.calendar.closed:
        if axis.covers(period):
            left, right = axis.edges(period)
            said = phrase("Closed: {what}, {when}", language, what=period.name, when=_span(period, language))
            yield element(
                "rect", element("title", said), x=left, y=TOP - 6, width=right - left, height=height - TOP + 6,
                fill=f"url(#{_hatch_id(by)})", class_="closed",
            )  # fmt: skip


def _weeks(axis: Axis, height: float, language: Language) -> Iterator[Markup]:
    yield from _months(axis, language)
    for i in range(axis.weeks):
        monday = axis.first + dt.timedelta(days=7 * i)
        x = LEFT + i * axis.week
        yield element("path", d=f"M{x:.1f} {TOP - 8:.1f}V{height:.1f}", class_="grid")
        yield element("text", monday.isocalendar().week, x=x + axis.week / 2, y=TOP - 14, class_="tick", text_anchor="middle")
    yield element("text", phrase("ISO week", language), x=0, y=TOP - 14, class_="tick")


def _months(axis: Axis, language: Language) -> Iterator[Markup]:
    """Yield the names of months, each at its first week (the one that holds its first Thursday); one without room is left out."""
    thursdays = [axis.first + dt.timedelta(days=7 * i + 3) for i in range(axis.weeks)]
    starts = [i for i, day in enumerate(thursdays) if i == 0 or day.month != thursdays[i - 1].month]
    for i, following in zip(starts, [*starts[1:], axis.weeks], strict=True):
        name = f"{_month(thursdays[i], language)} {thursdays[i].year}"
        if (following - i) * axis.week > text_width(name, 12):
            yield element("text", name, x=LEFT + i * axis.week + 2, y=14, class_="month")


def _month(date: dt.date, language: Language) -> str:
    if language == "en":
        return MONTHS[date.month - 1]
    from babel.dates import format_date

    return format_date(date, "LLL", locale=language)


def _drawn(view: View, axis: Axis, lanes: Sequence[Lane], language: Language) -> Iterator[Markup]:
    top = TOP
    for lane in lanes:
        deep = len(lane.rows) * ROW + 12
        yield element("path", d=f"M0 {top:.1f}H{axis.width:.1f}", class_="lane")
        yield element("g", *_away(lane.pool, axis, top, deep, language))
        yield from _lane_name(view, lane.pool, top, language)
        for i, row in enumerate(lane.rows):
            for item in row:
                yield _class(view, axis, item, lane.pool, top + 8 + i * ROW, language)
        top += deep


def _lane_name(view: View, pool: RoomPool | InstructorPool, top: float, language: Language) -> Iterator[Markup]:
    yield element("text", element("title", pool.name), _cut(pool.name, 17), x=0, y=top + 20, class_="lane-name")
    if isinstance(pool, InstructorPool):
        said = phrase("instructors: {n}", language, n=pool.count)
        yield element("text", said, x=0, y=top + 35, class_="tick")
        return
    rooms = phrase("{n} room, {seats} seats", language, n=pool.count, seats=pool.seats)
    if pool.count != 1:
        rooms = phrase("{n} rooms, {seats} seats", language, n=pool.count, seats=pool.seats)
    yield element("text", _cut(view.sites[pool.site].municipality, 22), x=0, y=top + 35, class_="tick")
    yield element("text", rooms, x=0, y=top + 49, class_="tick")


def _cut(name: str, most: int) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _away(pool: RoomPool | InstructorPool, axis: Axis, top: float, deep: float, language: Language) -> Iterator[Markup]:
    for absence in pool.absences:
        period = DatePeriod(first=absence.first, last=absence.last, name=absence.name)
        if axis.covers(period):
            left, right = axis.edges(period)
            said = phrase(
                "{count} of {all} away: {what}, {when}", language, count=absence.count, all=pool.count, what=absence.name,
                when=_span(period, language),
            )  # fmt: skip
            yield element("rect", element("title", said), x=left, y=top, width=right - left, height=deep, class_="away")


def _class(view: View, axis: Axis, item: ClassView, pool: RoomPool | InstructorPool, top: float, language: Language) -> Markup:
    position = view.course_position(item.course.id)
    left, right = _reach(axis, item, pool)
    starts_late = left < axis.x(item.entry.start) - 1
    at, anchor = (right, "end") if starts_late else (left, None)
    first, second = _text(item, pool, language)
    days = _span(DatePeriod(first=item.entry.start, last=item.entry.end), language)
    title = phrase(
        "Class {number}: {course}, {when}, {who}", language, number=item.number, course=item.course.name, when=days, who=second
    )
    blocks = (
        element(
            "rect",
            x=x + 0.8,
            y=top + 16,
            width=width - 1.6,
            height=BLOCK,
            rx=3,
            class_=f"block {tone(position)}",
            stroke_dasharray=dash(position),
        )
        for x, width in _stretches(axis, item.entry.dates)
    )
    return element(
        "g",
        element("title", title),
        element("text", element("tspan", first, class_="strong"), x=at, y=top + 11, class_="class-name", text_anchor=anchor),
        *blocks,
        element("text", second, x=at, y=top + 16 + BLOCK + 11, class_="by", text_anchor=anchor),
    )


def _stretches(axis: Axis, dates: Sequence[dt.date]) -> Iterator[tuple[float, float]]:
    """Yield left edge and width of each stretch of days that touch within one week."""
    width = axis.week / DAYS_SHOWN
    start = length = 0
    for i, date in enumerate(dates):
        follows = i > 0 and (date - dates[i - 1]).days == 1
        if not follows:
            if length:
                yield axis.x(dates[start]), length * width
            start, length = i, 0
        length += 1
    if length:
        yield axis.x(dates[start]), length * width
