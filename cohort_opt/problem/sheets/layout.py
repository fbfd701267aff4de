"""Which sheet and column holds which field of an instance; the one place that knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

README_SHEET = "read me"
"""A sheet for people; it is written by the template and never read."""
EVERYONE = "*"
"""Owner of the days on which nobody teaches, in the sheet `closed_days`; no id looks like it."""
MAX_ROWS = 5_000
"""Most rows of one sheet of a workbook; a larger instance is a JSON document."""


class Kind(Enum):
    """How the value of a column is written in a cell."""

    TEXT = "text"
    WHOLE = "whole number"
    DEGREES = "decimal number"
    EUROS = "euros, at most two decimals"
    DATE = "date"
    TRUTH = "yes or no"
    WORDS = "words with spaces or commas between them"
    NAMES = "ids with spaces or commas between them"
    DATES = "dates such as 2027-06-01 with spaces or commas between them"
    PATTERNS = "patterns such as `block 5`, with commas between them"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Parameters
    ----------
    header
        Its header, in snake_case.
    path
        The field that it feeds, from the record on: `count`, `outside/travel_cents`.
    kind
        How its values are written.
    note
        Meaning, unit and range, for the comment on the header.
    choices
        Values that a drop-down offers: words, or `sheet!` for the ids of another sheet.
    required
        Whether every row needs a value.
    """

    header: str
    path: str
    kind: Kind
    note: str
    choices: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows become records of `section`, or of the list `within` each owner.

    Parameters
    ----------
    name
        Name of the sheet, and of its CSV file.
    section
        Collection of the instance; empty for the one row of `settings`.
    columns
        All columns; an owner column is the first and has no path.
    within
        Field of the owner that holds the rows; empty where the rows are records of the section themselves.
    required
        Whether an instance without the sheet makes no sense.
    note
        What a row is.
    """

    name: str
    section: str
    columns: tuple[Column, ...]
    note: str
    within: str = ""
    required: bool = True


def _text(header: str, note: str, path: str = "", required: bool = True) -> Column:
    return Column(header, path or header, Kind.TEXT, note, required=required)


def _ref(header: str, sheet: str, note: str, required: bool = True) -> Column:
    return Column(header, header, Kind.TEXT, f"{note}; an id of the sheet {sheet}", (f"{sheet}!",), required)


def _whole(header: str, note: str, required: bool = True) -> Column:
    return Column(header, header, Kind.WHOLE, note, required=required)


def _names(header: str, note: str) -> Column:
    return Column(header, header, Kind.NAMES, note, required=False)


def _euros(header: str, path: str, note: str, required: bool = True) -> Column:
    return Column(header, path, Kind.EUROS, f"{note}; euros with at most two decimals, 0 to 10 000 000", required=required)


def _date(header: str, note: str, path: str = "") -> Column:
    return Column(header, path or header, Kind.DATE, f"{note}; a date, or text such as 2027-03-01")


def _maybe_date(header: str, note: str) -> Column:
    return Column(header, header, Kind.DATE, f"{note}; a date, or text such as 2027-03-01", required=False)


_ID = _text("id", "A name of your own, used in the other sheets; letters, digits, dot, dash, underscore, at most 64")
_NAME = _text("name", "As people read it; at most 200 characters")
_PLACE = (
    _text("municipality", "For eyes only"),
    Column("latitude", "latitude", Kind.DEGREES, "Degrees north (WGS 84), -90 to 90"),
    Column("longitude", "longitude", Kind.DEGREES, "Degrees east (WGS 84), -180 to 180"),
)
_PERIOD = (_date("first", "First day of the period"), _date("last", "Last day of the period, included"))
_REASON = _text("name", "The reason that people see; empty = 'closed'", required=False)
_AWAY = (
    *_PERIOD,
    _whole("count", "How many are away, 1 to 500; empty = 1", required=False),
    _text("name", "The reason that people see; empty = 'absent'", required=False),
)
_DAYS = ("mon tue wed thu fri", "mon", "tue", "wed", "thu", "fri", "mon tue", "wed thu fri")

SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "settings",
        "",
        (
            _NAME,
            _date("start", "First day of the planning period", "calendar/start"),
            _date("end", "Last day of the planning period, at most 1 100 days later", "calendar/end"),
            _euros("unplaced_eur", "prices/unplaced_cents", "Price of one trainee without a seat; not real money"),
            _euros("travel_per_km_eur", "prices/travel_cents_per_km", "Per trainee and km; at most 100 euros; empty = 0", False),
            _euros("waiting_per_week_eur", "prices/waiting_cents_per_week", "Per trainee and whole week of waiting; empty = 0",
                   False),
            Column("detour_percent", "prices/detour_percent", Kind.WHOLE,
                   "Road length in percent of the straight line, 100 to 300; empty = 130", required=False),
            Column("planning_date", "planning_date", Kind.DATE,
                   "The day of planning: commitments and reservations are seen from here; empty = no day", required=False),
            _euros("change_published_eur", "prices/change_cents_published",
                   "Price of moving one trainee out of a published seat; not real money; empty = 0", False),
            _euros("change_agreed_eur", "prices/change_cents_agreed",
                   "Price of moving one trainee out of an agreed seat; not real money; empty = 0", False),
            Column("change_weeks", "prices/change_weeks", Kind.WHOLE,
                   "The price of change rises from nothing, so many weeks before the start, 0 to 104; empty = always in full",
                   required=False),
            Column("frozen_weeks", "prices/frozen_weeks", Kind.WHOLE,
                   "Seats stay in classes that start within so many weeks, 0 to 104; empty = none is frozen", required=False),
            Column("speed_km_per_hour", "prices/speed_km_per_hour", Kind.WHOLE,
                   "For journeys whose minutes are not given, 5 to 130; empty = 50", required=False),
            Column("goals", "goals", Kind.WORDS,
                   "What the plan is for, in order: placed, changes, cost, travel, spread; empty = one sum of euros",
                   ("placed cost travel", "placed changes cost travel spread", "cost"), False),
            _text("format", "Version of this layout; empty = cohort-opt/1", required=False),
        ),
        "One row: what holds for all",
    ),
    Sheet("companies", "companies",
          (_ID, _NAME, *_PLACE, _whole("max_away_per_day", "Most trainees away on one day, 1 to 500; empty = no limit", False),
           _whole("max_away_per_week", "Most trainees away in one week, 1 to 500; empty = no limit", False),
           _euros("budget_eur", "budget_cents", "What its seats may cost together in the period; empty = no budget", False),
           _maybe_date("budget_first", "First start of a class that counts; empty = from the first"),
           _maybe_date("budget_last", "Last start of a class that counts; empty = to the last")),
          "A company that sends trainees"),
    Sheet(
        "courses",
        "courses",
        (
            _ID,
            _NAME,
            _text("trade", "The trade that is taught"),
            _whole("min_seats", "Fewest trainees in a class, 1 to 500"),
            _whole("max_seats", "Most trainees in a class, 1 to 500"),
            Column("patterns", "patterns", Kind.PATTERNS,
                   "`block 5` = five working days in a row; `day_release 10` = one weekday in ten weeks; 1 to 60; "
                   "`mixed 5 10` = five days in a row, then their first weekday in ten weeks; `unbroken` behind a block = no "
                   "holiday in between; `morning` or `afternoon` behind any of them = half days",
                   ("block 5", "block 10", "day_release 5", "day_release 10", "block 5, day_release 5")),
            _whole("survival_percent", "Share of those who start and stay, 1 to 100; empty = all stay", False),
            _whole("keep_min_percent", "How surely min_seats must stay, 1 to 99; with survival_percent", False),
            _whole("merge_from_week", "From this week of the class on parallel classes go on as one, 2 to 60; empty = no merge",
                   False),
            _whole("show_percent", "Share of those accepted who come, 50 to 100; below it more are accepted; empty = 100", False),
            Column("exam_dates", "exam_dates", Kind.DATES, "A class ends before one of them; empty = no exam", required=False),
            _whole("exam_within_days", "And at most so many days before it, 1 to 366; empty = 28", False),
            _whole("target_seats", "Wished class size; empty = no wish", False),
            _euros("off_target_eur", "off_target_cents", "Price of each trainee above or below it; empty = 0", False),
            _euros("max_price_spread_eur", "max_price_spread_cents",
                   "Seats of two classes differ by at most this in price; empty = by any amount", False),
            _whole("practice_percent", "Share of practice, 0 to 100; empty = not told", False),
            _names("needs_equipment", "What the room must have, as words of the sheet rooms; empty = nothing"),
            _whole("level", "Level of the qualification, 1 to 8; for eyes only", False),
            _text("crebo", "Number in the register of qualifications, five digits; for eyes only", required=False),
            Column("certificate_only", "certificate_only", Kind.TRUTH, "A certificate outside the register; empty = no",
                   ("yes", "no"), False),
        ),
        "A course: what is taught, to how many, in which patterns",
    ),
    Sheet("sites", "sites",
          (_ID, _NAME, *_PLACE, _whole("beds", "Trainees who can stay overnight in one week, 0 to 10 000; empty = 0", False),
           _euros("boarding_per_week_eur", "boarding_cents_per_week", "What a week there costs one of them; empty = 0", False),
           _whole("min_seats_per_year", "It opens in a year for so many or for nobody, 1 to 100 000; empty = for any number",
                  False),
           _whole("buffer_seats", "Trainees who can keep busy there in one week until their class starts; empty = 0", False)),
          "A place where classes are held"),
    Sheet("areas", "areas",
          (_text("id", "Four digits of the postcode; written as text"), *_PLACE[1:]),
          "A living area where trainees start their journey", required=False),
    Sheet("rooms", "rooms",
          (_ID, _NAME, _ref("site", "sites", "Where the rooms are"), _whole("count", "How many rooms, 1 to 500"),
           _whole("seats", "Places in each of them, 1 to 500"),
           _names("equipment", "What each of them has, as words; empty = nothing"),
           _euros("hire_per_half_day_eur", "hire_cents_per_half_day",
                  "What a hired room costs for each half day on which a class uses it; empty = 0", False),
           _ref("owner", "companies", "Whose rooms they are, read where costs are shared; empty = the academy's", False)),
          "A number of equal rooms at one site"),
    Sheet("room_absences", "rooms", (Column("room", "", Kind.TEXT, "An id of the sheet rooms", ("rooms!",)), *_AWAY),
          "Days on which some rooms are not there", "absences", False),
    Sheet("instructors", "instructors",
          (_ID, _NAME, _whole("count", "How many instructors, 1 to 500"),
           _whole("max_days_per_week", "Most class days of one of them in one week, 1 to 5; empty = no limit", False),
           _names("courses", "Ids of the courses that they may teach; empty = all"),
           _whole("max_minutes_between_sites",
                  "Longest journey from a morning at one site to an afternoon at another, 0 to 1 440; empty = any", False),
           _ref("base", "sites", "Where they are at home; empty = they travel for nothing", False),
           _euros("travel_per_km_eur", "travel_cents_per_km",
                  "What a km costs, there and back on each day of a class elsewhere; at most 100 euros; empty = 0", False),
           _ref("owner", "companies", "Who employs them, read where costs are shared; empty = the academy", False)),
          "A number of instructors who can replace each other"),
    Sheet("instructor_absences", "instructors",
          (Column("instructor", "", Kind.TEXT, "An id of the sheet instructors", ("instructors!",)), *_AWAY),
          "Days on which some instructors are away", "absences", False),
    Sheet(
        "offerings",
        "offerings",
        (
            _ID,
            _ref("course", "courses", "What is taught"),
            _ref("site", "sites", "Where"),
            _ref("room", "rooms", "In which rooms"),
            _ref("instructor", "instructors", "By whom"),
            _date("first_start", "First day on which a class may start"),
            _date("last_start", "Last day on which a class may start"),
            _euros("fixed_eur", "fixed_cents", "Cost of opening a class, whatever its size"),
            _euros("seat_eur", "seat_cents", "Cost of one trainee in it"),
            Column("start_weekdays", "start_weekdays", Kind.WORDS, "On which a class may start; empty = mon", _DAYS, False),
            _whole("every_weeks", "A class may start in every so many weeks, 1 to 52; empty = 1", False),
            _whole("max_parallel", "Most classes at one and the same time, 1 to 50; empty = 1", False),
            _whole("own_max_seats", "Most trainees of its own course in a combined class; empty = as many as fit", False),
            _names("instructor_alternatives", "Ids of further instructors who could teach it instead; empty = none"),
        ),
        "A course at a site: resources, possible starts, prices",
    ),
    Sheet(
        "demands",
        "demands",
        (
            _ID,
            _ref("company", "companies", "Who asks"),
            _ref("course", "courses", "For which course"),
            _whole("count", "How many trainees, 1 to 500"),
            _date("earliest_start", "First day on which their class may start"),
            _date("latest_start", "Last day on which their class may start"),
            _whole("max_travel_km", "Longest single journey in km, 0 to 2 000; 0 = only at the own door"),
            Column("weekdays", "weekdays", Kind.WORDS, "Weekdays on which they can attend; empty = all five", _DAYS, False),
            Column("patterns", "patterns", Kind.WORDS, "Patterns that suit: block, day_release, mixed; empty = the first two",
                   ("block", "day_release", "block day_release"), False),
            Column("together", "together", Kind.TRUTH, "All of them in one class, or none; empty = no", ("yes", "no"), False),
            _whole("min_part", "Fewest of them in one class, 1 to 500; empty = 1", False),
            _euros("max_seat_price_eur", "max_seat_price_cents", "Only if a seat costs at most this; empty = any price", False),
            _whole("min_practice_percent", "Only if the course has at least this share of practice; empty = any share", False),
            _whole("min_class_size", "Only if at least so many sit in the class, 1 to 500; empty = any size", False),
            _euros("unplaced_eur", "unplaced_cents", "Price of one of them without a seat; empty = as in settings", False),
            Column("certainty", "certainty", Kind.TEXT, "How sure it is that they come: firm, likely, maybe; empty = firm",
                   ("firm", "likely", "maybe"), False),
            _whole("probability_percent", "Probability that likely or maybe lines come, 1 to 99; empty for firm ones", False),
            _ref("after", "demands", "The line of the module before this one", required=False),
            _whole("min_gap_days", "Fewest days from its last day to the first day here, 1 to 1 100; empty = 1", False),
            _whole("max_gap_days", "Most days between them, 1 to 1 100; empty = no limit", False),
            Column("not_above_alone", "not_above_alone", Kind.TRUTH,
                   "Only where share and journeys cost at most what they cost outside; empty = no", ("yes", "no"), False),
            _euros("outside_own_course_fixed_eur", "outside/own_course_fixed_cents", "A course of their own: cost of opening it",
                   False),
            _euros("outside_own_course_seat_eur", "outside/own_course_seat_cents", "A course of their own: each trainee", False),
            _euros("outside_list_price_eur", "outside/list_price_cents", "A seat elsewhere at list price", False),
            _euros("outside_travel_eur", "outside/travel_cents", "Journey of one trainee to either of them; empty = 0", False),
            _whole("max_travel_minutes", "Longest single journey in minutes, 0 to 1 440; empty = any time", False),
            _ref("area", "areas", "Where they start their journey; empty = at the company", False),
            Column("accepts_boarding", "accepts_boarding", Kind.TRUTH,
                   "They may stay at a site with beds where the daily journey is too long; empty = no", ("yes", "no"), False),
            _ref("buffer_site", "sites", "Workshop where they keep busy until their class starts; empty = where they are", False),
            _whole("support_seats", "Seats that their support takes in each class, 0 to 20; empty = 0", False),
            _euros("support_per_day_eur", "support_cents_per_day", "What their support costs on each class day; empty = 0",
                   False),
            _euros("support_once_eur", "support_cents_once", "What their support costs once per class; empty = 0", False),
        ),
        "One company asks for a number of seats in one course",
    ),
    Sheet("combined_courses", "offerings",
          (Column("offering", "", Kind.TEXT, "An id of the sheet offerings", ("offerings!",)),
           _ref("course", "courses", "Whose trainees may sit in the same classes"),
           _whole("max_seats", "Most of them in one class, 1 to 500")),
          "Another course whose trainees may sit in the classes of an offering", "combines", False),
    Sheet("reserved_seats", "offerings",
          (Column("offering", "", Kind.TEXT, "An id of the sheet offerings", ("offerings!",)),
           _ref("company", "companies", "For whom"), _whole("seats", "Seats kept free in each class, 1 to 500"),
           _date("until", "Last day on which they are kept")),
          "Seats that are kept free for one company until a day", "reserved", False),
    Sheet("closed_days", "companies",
          (Column("owner", "", Kind.TEXT, "A company that lets nobody go, or * = nobody teaches (holidays)", ("companies!",)),
           *_PERIOD, _REASON),
          "Days without classes, for all or for one company", "closed", False),
    Sheet("distances", "distances",
          (_ref("company", "companies", "From; empty where an area is given", False), _ref("site", "sites", "To"),
           _whole("km", "Road distance in km, 0 to 2 000"), _ref("area", "areas", "From, instead of a company", False),
           _whole("minutes", "How long it takes, 0 to 1 440; empty = from the distance", False)),
          "A measured distance, instead of the estimate", required=False),
    Sheet("site_distances", "site_distances",
          (_ref("first", "sites", "One site"), _ref("second", "sites", "The other"),
           _whole("km", "Road distance in km, 0 to 2 000"),
           _whole("minutes", "How long it takes, 0 to 1 440; empty = from the distance", False)),
          "A measured distance between two sites, for those who teach at both", required=False),
    Sheet("pins", "pins",
          (_ref("demand", "demands", "Who"), _text("run", "Id of the run, as a proposal writes it"),
           _whole("count", "At least so many of them in it, 1 to 500")),
          "Trainees who must sit in a run", required=False),
    Sheet("bans", "bans",
          (_text("run", "Id of the run, as a proposal writes it"),
           _ref("demand", "demands", "Empty = the run stays closed to all", required=False)),
          "A run that stays closed, to all or to one demand line", required=False),
    Sheet("commitments", "commitments",
          (_ref("demand", "demands", "Who"), _text("run", "Id of the run, as a proposal writes it"),
           _date("start", "First day of the run, as it was told"), _whole("count", "How many of them, 1 to 500"),
           Column("state", "state", Kind.TEXT, "published, agreed or started; empty = agreed",
                  ("published", "agreed", "started"), False),
           _euros("seat_price_eur", "seat_price_cents", "Price per seat that was agreed; empty = none", False)),
          "Trainees who were told that they sit in a run", required=False),
    Sheet("apart", "apart",
          (_text("first", "An id of the sheet demands, or of companies"), _text("second", "Another id of the same sheet"),
           Column("of", "of", Kind.TEXT, "What the ids name: demands or companies; empty = demands", ("demands", "companies"),
                  False)),
          "Two lines, or two companies, that never sit in one class", required=False),
    Sheet("side_by_side", "side_by_side",
          (_ref("first", "demands", "One line"), _ref("second", "demands", "The other")),
          "Two lines of which a class holds both or neither", required=False),
    Sheet("grants", "grants",
          (_ID, _ref("demand", "demands", "Whose seats"), _text("run", "Id of the run, as a proposal writes it"),
           _whole("first_size", "Smallest class that brings it, 1 to 500; empty = 1", False),
           _whole("last_size", "Largest class that brings it, 1 to 500; empty = 500", False),
           _whole("first_seat", "First seat of the line that brings it, from 1; empty = 1", False),
           _whole("last_seat", "Last seat of the line that brings it; empty = 500", False),
           _euros("eur", "cents", "What each of these seats brings"),
           _ref("pot", "grant_pots", "The pot it is paid from; empty = of no pot", required=False),
           Column("status", "status", Kind.TEXT, "sample, draft or confirmed, as the rule pack says; empty = sample",
                  ("sample", "draft", "confirmed"), False)),
          "A step of a subsidy: seats of a line in classes of a run and size bring so much each", required=False),
    Sheet("grant_pots", "grant_pots",
          (_ID, _whole("budget_cents", "What is in it, in cents")),
          "A budget out of which grants are paid", required=False),
    Sheet("seat_quotas", "seat_quotas",
          (_ID,
           Column("kind", "kind", Kind.TEXT, "What is used up: municipal_budget, uncovered_risk, host_places, mentors, guidance, "
                  "rotation, check_ins, follow_on, one_to_one, continuity",
                  ("municipal_budget", "uncovered_risk", "host_places", "mentors", "guidance", "rotation", "check_ins",
                   "follow_on", "one_to_one", "continuity")),
           _whole("limit", "How much there is: cents, trainees or hours"),
           _euros("over_eur", "cents_over", "Price of each unit above it; empty = it must hold", False)),
          "What seats together may use of something", required=False),
    Sheet("quota_uses", "seat_quotas",
          (Column("quota", "", Kind.TEXT, "An id of the sheet seat_quotas", ("seat_quotas!",)),
           _names("demands", "Ids of the demand lines whose seats use it"),
           _whole("amount", "What one seat uses; empty = 1", False),
           _text("block", "Which sum of the quota it belongs to; empty = all", required=False),
           _whole("step", "Which step of that sum; empty = 1", False),
           Column("starts_from", "starts_from", Kind.DATE, "First day of the class at the earliest; empty = any", (), False),
           Column("starts_until", "starts_until", Kind.DATE, "First day of the class at the latest; empty = any", (), False),
           Column("ends_from", "ends_from", Kind.DATE, "Last day of the class at the earliest; empty = any", (), False),
           Column("ends_until", "ends_until", Kind.DATE, "Last day of the class at the latest; empty = any", (), False)),
          "Seats that use a quota", "uses", False),
    Sheet("quota_allowances", "seat_quotas",
          (Column("quota", "", Kind.TEXT, "An id of the sheet seat_quotas", ("seat_quotas!",)),
           _text("block", "Which sum of the quota; empty = all", required=False),
           _whole("step", "Which step of that sum; empty = 1", False),
           _whole("free", "So much of it does not count; empty = 0", False),
           _whole("at_most", "More than this never counts; empty = no end", False)),
          "What a sum of a quota may use before it counts", "allowances", False),
    Sheet("starter_tests", "starter_tests",
          (_ID, _NAME, _whole("min_starters", "Fewest starters of each year, 1 to 100 000"),
           _whole("years", "How many years in a row, 1 to 10"), _date("first", "First day of the first year"),
           _names("courses", "Ids of the courses whose starters count; empty = all"),
           _names("companies", "Ids of the companies whose starters count; empty = all"),
           _names("sites", "Ids of the sites whose classes count; empty = all")),
          "A test: at least so many starters in each of several consecutive years", required=False),
    Sheet("promised_starters", "starter_tests",
          (Column("test", "", Kind.TEXT, "An id of the sheet starter_tests", ("starter_tests!",)),
           _whole("year", "Number of the year of the test, 1 to 10"),
           _whole("count", "Starters that stand in no demand line, 0 to 100 000")),
          "Starters of one year of a test that started already or were promised", "promised", False),
)  # fmt: skip

SHEET_BY_NAME: Mapping[str, Sheet] = {sheet.name: sheet for sheet in SHEETS}
