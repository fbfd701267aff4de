"""Scenarios: every named change does what it says, and what comes out is checked like any other instance."""

import json

import pytest

from cohort_opt.errors import InstanceError
from cohort_opt.problem.changes import Change
from cohort_opt.problem.scenario import Scenario, apply, read_scenario, scenario_from_dict, scenario_schema
from tests.builders import RUN, everything_switched_on, two_companies_one_class

BASE = everything_switched_on()
FREE_RUN = "drilling-academy/2027-03-03/block5"


def scenario(*changes):
    return scenario_from_dict({"name": "what if", "changes": list(changes)})


def after(*changes, base=BASE):
    """Return the changed instance as plain dicts, rows by id."""
    document = apply(base, scenario(*changes)).model_dump(mode="json")
    return {k: {r.get("id"): r for r in v} if isinstance(v, list) and v and "id" in v[0] else v for k, v in document.items()}


def refused(*changes, base=BASE):
    with pytest.raises(InstanceError) as caught:
        apply(base, scenario(*changes))
    return [(problem.code, problem.pointer) for problem in caught.value.problems]


def test_no_change_gives_an_equal_instance_and_the_base_is_never_touched():
    before = BASE.canonical_json()
    assert apply(BASE, scenario()) == BASE
    after({"kind": "close_days", "first": "2027-03-02", "last": "2027-03-02"})
    assert BASE.canonical_json() == before


LINE = {"id": "cito-extra", "company": "cito", "course": "drilling", "count": 2, "earliest_start": "2027-03-01",
        "latest_start": "2027-04-26", "max_travel_km": 50}  # fmt: skip
COMPANY = {"id": "dock", "name": "Dock", "municipality": "Delft", "latitude": 52.0, "longitude": 4.4}
COURSE = {"id": "welding", "name": "Welding", "trade": "metal", "min_seats": 4, "max_seats": 8,
          "patterns": [{"kind": "block", "days": 3}]}  # fmt: skip
OFFERING = {"id": "drilling-two", "course": "drilling", "site": "academy", "room": "bay", "instructor": "crew",
            "first_start": "2027-03-01", "last_start": "2027-04-05", "fixed_cents": 1, "seat_cents": 2}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "collection", "row", "fields"),
    [
        ({"kind": "set_demand_count", "demand": "bolt-drilling", "count": 9}, "demands", "bolt-drilling", {"count": 9}),
        ({"kind": "add_demand", "demand": LINE}, "demands", "cito-extra", {"count": 2, "min_part": 1}),
        ({"kind": "set_start_window", "demand": "bolt-drilling", "latest_start": "2027-03-20"}, "demands", "bolt-drilling",
         {"earliest_start": "2027-03-01", "latest_start": "2027-03-20"}),
        ({"kind": "set_attendance", "demand": "bolt-drilling", "weekdays": ["fri", "mon"]}, "demands", "bolt-drilling",
         {"weekdays": ["mon", "fri"], "patterns": ["block", "day_release"]}),
        ({"kind": "set_parts", "demand": "bolt-drilling", "together": True}, "demands", "bolt-drilling",
         {"together": True, "min_part": 1}),
        ({"kind": "set_price_cap", "demand": "cito-drilling", "max_seat_price_cents": None}, "demands", "cito-drilling",
         {"max_seat_price_cents": None}),
        ({"kind": "set_travel_limit", "demand": "cito-sawing", "max_travel_km": 0}, "demands", "cito-sawing",
         {"max_travel_km": 0}),
        ({"kind": "set_unplaced_price", "demand": "acme-sawing", "unplaced_cents": 7}, "demands", "acme-sawing",
         {"unplaced_cents": 7}),
        ({"kind": "set_max_away", "company": "acme", "max_away_per_day": None}, "companies", "acme", {"max_away_per_day": None}),
        ({"kind": "add_company", "company": COMPANY}, "companies", "dock", {"municipality": "Delft"}),
        ({"kind": "add_course", "course": COURSE}, "courses", "welding", {"max_seats": 8}),
        ({"kind": "set_class_size", "course": "drilling", "min_seats": 6}, "courses", "drilling",
         {"min_seats": 6, "max_seats": 12}),
        ({"kind": "add_offering", "offering": OFFERING}, "offerings", "drilling-two", {"seat_cents": 2, "every_weeks": 1}),
        ({"kind": "set_offering_price", "offering": "drilling-academy", "seat_cents": 5}, "offerings", "drilling-academy",
         {"fixed_cents": 950_000, "seat_cents": 5}),
        ({"kind": "set_offering_starts", "offering": "drilling-academy", "last_start": "2027-05-03", "max_parallel": 1},
         "offerings", "drilling-academy", {"first_start": "2027-03-01", "last_start": "2027-05-03", "max_parallel": 1}),
        ({"kind": "set_room_count", "room": "bay", "count": 5}, "rooms", "bay", {"count": 5, "seats": 12}),
        ({"kind": "set_instructor_count", "instructor": "crew", "count": 5}, "instructors", "crew", {"count": 5}),
        ({"kind": "set_instructor_travel", "instructor": "crew", "max_minutes_between_sites": 0, "base": "academy"},
         "instructors", "crew", {"max_minutes_between_sites": 0, "base": "academy", "travel_cents_per_km": 0}),
        ({"kind": "set_room_hire", "room": "bay", "hire_cents_per_half_day": 7_500}, "rooms", "bay",
         {"hire_cents_per_half_day": 7_500, "count": 2}),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) and "kind" in value else "",
)  # fmt: skip
def test_a_change_sets_what_it_names_and_nothing_else(change, collection, row, fields):
    changed = after(change)
    assert {name: changed[collection][row][name] for name in fields} == fields
    untouched = {k: v for k, v in after().items() if k != collection}
    assert {k: v for k, v in changed.items() if k != collection} == untouched
    others = {k: v for k, v in after()[collection].items() if k != row}
    assert {k: v for k, v in changed[collection].items() if k != row} == others


def test_a_withdrawn_line_takes_its_pins_and_bans_along():
    changed = after({"kind": "withdraw_demand", "demand": "acme-sawing"}, {"kind": "withdraw_demand", "demand": "bolt-sawing"})
    assert set(changed["demands"]) == {"acme-drilling", "bolt-drilling", "cito-drilling", "cito-sawing"}
    assert changed["pins"] == []
    assert [ban["demand"] for ban in changed["bans"]] == [None]


MOVE = {"kind": "move_trainees", "demand": "acme-drilling", "company": "bolt"}
TOLD = {"kind": "add_commitment", "demand": "acme-drilling", "run": RUN, "start": "2027-03-01", "count": 3}


def test_seats_follow_trainees_whose_company_changes():
    # Of acme's five two go to bolt, which makes a line of its own for them; both were told that they sit in the run.
    moved = {**MOVE, "line": "bolt-from-acme", "count": 2}
    pin = {"kind": "add_pin", "demand": "acme-drilling", "run": RUN, "count": 4}
    changed = after(TOLD, pin, moved, base=two_companies_one_class())
    assert {name: row["count"] for name, row in changed["demands"].items()} == {
        "acme-drilling": 3, "bolt-drilling": 4, "bolt-from-acme": 2,
    }  # fmt: skip
    line = changed["demands"]["bolt-from-acme"]
    assert (line["company"], line["course"], line["latest_start"]) == ("bolt", "drilling", "2027-04-26")
    assert [(row["demand"], row["count"]) for row in changed["commitments"]] == [("acme-drilling", 1), ("bolt-from-acme", 2)]
    assert [(row["demand"], row["count"]) for row in changed["pins"]] == [("acme-drilling", 2), ("bolt-from-acme", 2)]


def test_seats_of_a_whole_line_can_go_to_a_line_that_is_there():
    changed = after(TOLD, {**MOVE, "line": "bolt-drilling", "count": 5}, base=two_companies_one_class())
    assert {name: row["count"] for name, row in changed["demands"].items()} == {"bolt-drilling": 9}
    assert [(row["demand"], row["count"]) for row in changed["commitments"]] == [("bolt-drilling", 3)]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"line": "new", "count": 6}, ("out-of-range", "/changes/0/count")),
        ({"line": "acme-drilling", "count": 1}, ("unknown-reference", "/changes/0/line")),
        ({"line": "new", "count": 1, "demand": "nobody"}, ("unknown-reference", "/changes/0/demand")),
        ({"line": "new", "count": 1, "company": "nobody"}, ("unknown-reference", "")),
    ],
)
def test_trainees_move_to_a_line_of_the_other_company_and_no_more_than_there_are(change, found):
    with pytest.raises(InstanceError) as caught:
        apply(two_companies_one_class(), scenario({**MOVE, **change}))
    assert (caught.value.problems[0].code, caught.value.problems[0].pointer[: len(found[1])]) == found


def test_the_run_is_named_where_a_line_was_told_of_several():
    base = apply(everything_switched_on(), scenario(TOLD, {**TOLD, "run": FREE_RUN, "start": "2027-03-03", "count": 2}))
    assert refused({**MOVE, "line": "new", "count": 1}, base=base) == [("missing-field", "/changes/0/run")]
    changed = after({**MOVE, "line": "new", "count": 2, "run": FREE_RUN}, base=base)
    assert [(row["demand"], row["run"], row["count"]) for row in changed["commitments"]] == [
        ("acme-drilling", RUN, 3), ("new", FREE_RUN, 2),
    ]  # fmt: skip


def test_a_removed_offering_takes_the_pins_and_bans_of_its_runs_along():
    base = two_companies_one_class()
    pinned = {"kind": "add_pin", "demand": "acme-drilling", "run": RUN, "count": 1}
    second = {"kind": "add_offering", "offering": {**OFFERING, "id": "drilling-academy-2"}}
    changed = after(pinned, second, {"kind": "remove_offering", "offering": "drilling-academy"}, base=base)
    assert set(changed["offerings"]) == {"drilling-academy-2"}
    assert changed["pins"] == []


def test_rates_and_the_horizon_are_changed_by_name():
    changed = after(
        {"kind": "set_prices", "travel_cents_per_km": 0, "detour_percent": 100},
        {"kind": "set_unplaced_price", "unplaced_cents": 3},
        {"kind": "set_horizon", "end": "2027-12-31"},
    )
    expected = {"travel_cents_per_km": 0, "waiting_cents_per_week": 1_000, "unplaced_cents": 3, "detour_percent": 100}
    assert {name: changed["prices"][name] for name in expected} == expected
    assert (changed["calendar"]["start"], changed["calendar"]["end"]) == ("2027-03-01", "2027-12-31")


def test_a_travel_limit_without_a_line_holds_for_all():
    assert {row["max_travel_km"] for row in after({"kind": "set_travel_limit", "max_travel_km": 7})["demands"].values()} == {7}


def test_days_are_closed_for_all_or_for_one_company_and_pools_are_away():
    day = {"first": "2027-05-03", "last": "2027-05-04"}
    changed = after(
        {"kind": "close_days", **day, "name": "fair"},
        {"kind": "close_days", **day, "company": "cito"},
        {"kind": "add_absence", **day, "room": "bay", "count": 2},
        {"kind": "add_absence", **day, "instructor": "crew"},
    )
    assert changed["calendar"]["closed"][-1] == {**day, "name": "fair"}
    assert changed["companies"]["cito"]["closed"] == [{**day, "name": "closed"}]
    assert changed["rooms"]["bay"]["absences"][-1] == {**day, "count": 2, "name": "absent"}
    assert changed["instructors"]["crew"]["absences"][-1] == {**day, "count": 1, "name": "absent"}


def test_pins_bans_and_distances_come_and_go():
    changed = after(
        {"kind": "add_pin", "demand": "bolt-drilling", "run": FREE_RUN, "count": 2},
        {"kind": "add_pin", "demand": "bolt-drilling", "run": FREE_RUN, "count": 3},
        {"kind": "remove_pin", "demand": "acme-sawing", "run": "sawing-academy/2027-03-15/block5"},
        {"kind": "remove_ban", "run": "drilling-academy/2027-03-01/block5"},
        {"kind": "add_ban", "run": "sawing-academy/2027-04-12/block5", "demand": "bolt-sawing"},
        {"kind": "set_distance", "company": "acme", "site": "academy", "km": 99},
    )
    assert changed["pins"] == [{"demand": "bolt-drilling", "run": FREE_RUN, "count": 3}]
    assert changed["bans"] == [{"run": "sawing-academy/2027-04-12/block5", "demand": "bolt-sawing"}]
    assert ("acme", "academy", 99) in [(row["company"], row["site"], row["km"]) for row in changed["distances"]]
    assert len(changed["distances"]) == 3


def test_a_distance_between_sites_is_replaced_whichever_way_round_it_was_given():
    annex = {**BASE.model_dump(mode="json")["sites"][0], "id": "annex"}
    base = BASE.model_copy(update={"sites": (*BASE.sites, type(BASE.sites[0])(**annex))})
    changed = after(
        {"kind": "set_site_distance", "first": "academy", "second": "annex", "km": 4},
        {"kind": "set_site_distance", "first": "annex", "second": "academy", "km": 5, "minutes": 9},
        base=base,
    )
    assert changed["site_distances"] == [{"first": "annex", "second": "academy", "km": 5, "minutes": 9}]


def test_a_starter_test_comes_and_goes():
    school = {"id": "school", "name": "School", "min_starters": 15, "years": 3, "first": "2027-08-01"}
    added = {"kind": "add_starter_test", "starter_test": school}
    assert {name: after(added)["starter_tests"]["school"][name] for name in school} == school
    assert after(added, {"kind": "remove_starter_test", "starter_test": "school"})["starter_tests"] == []
    assert refused({"kind": "remove_starter_test", "starter_test": "school"}) == [
        ("unknown-reference", "/changes/0/starter_test")
    ]


def test_a_later_change_sees_what_an_earlier_one_did():
    changed = after(
        {"kind": "add_company", "company": COMPANY},
        {"kind": "add_demand", "demand": {**LINE, "id": "dock-drilling", "company": "dock"}},
        {"kind": "set_demand_count", "demand": "dock-drilling", "count": 4},
    )
    assert changed["demands"]["dock-drilling"]["count"] == 4


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "set_demand_count", "demand": "nobody", "count": 1}, "demand"),
        ({"kind": "withdraw_demand", "demand": "nobody"}, "demand"),
        ({"kind": "set_travel_limit", "demand": "nobody", "max_travel_km": 1}, "demand"),
        ({"kind": "set_class_size", "course": "nobody", "min_seats": 1}, "course"),
        ({"kind": "remove_offering", "offering": "nobody"}, "offering"),
        ({"kind": "set_room_count", "room": "nobody", "count": 1}, "room"),
        ({"kind": "close_days", "company": "nobody", "first": "2027-03-01", "last": "2027-03-01"}, "company"),
        ({"kind": "add_absence", "room": "nobody", "first": "2027-03-01", "last": "2027-03-01"}, "room"),
        ({"kind": "add_absence", "instructor": "nobody", "first": "2027-03-01", "last": "2027-03-01"}, "instructor"),
        ({"kind": "remove_pin", "demand": "acme-drilling", "run": RUN}, "run"),
        ({"kind": "remove_ban", "run": FREE_RUN}, "run"),
    ],
)
def test_a_change_of_what_is_not_there_is_told_with_its_place_in_the_scenario(change, field):
    harmless = {"kind": "set_demand_count", "demand": "bolt-drilling", "count": 6}
    assert refused(harmless, change) == [("unknown-reference", f"/changes/1/{field}")]


def test_all_wrong_targets_are_told_at_once_and_a_change_of_nothing_is_one():
    assert refused(
        {"kind": "set_demand_count", "demand": "nobody", "count": 1},
        {"kind": "set_class_size", "course": "drilling"},
        {"kind": "add_absence", "first": "2027-03-01", "last": "2027-03-01"},
    ) == [("unknown-reference", "/changes/0/demand"), ("missing-field", "/changes/1"), ("missing-field", "/changes/2/room")]


def test_what_comes_out_is_checked_like_any_instance():
    assert refused({"kind": "set_class_size", "course": "sawing", "min_seats": 13})[0] == (
        "min-exceeds-max", "/courses/sawing/min_seats"
    )  # fmt: skip
    assert refused({"kind": "add_demand", "demand": {**LINE, "id": "bolt-drilling"}}) == [
        ("duplicate-line", "/demands/bolt-drilling/id")
    ]
    assert refused({"kind": "add_pin", "demand": "bolt-drilling", "run": "drilling-academy/2027-03-01/block5", "count": 1}) == [
        ("contradictory-pins", "/pins/bolt-drilling, drilling-academy/2027-03-01/block5")
    ]


@pytest.mark.parametrize(
    ("changes", "code", "pointer"),
    [
        ([{"kind": "set_demand_count", "demand": "x", "count": 0}], "out-of-range", "/changes/0/count"),
        ([{"kind": "set_demand_count", "demand": "x"}], "missing-field", "/changes/0/count"),
        ([{"kind": "set_demand_count", "demand": "x", "count": 1, "cuont": 2}], "unknown-field", "/changes/0/cuont"),
        ([{"kind": "delete_everything"}], "unknown-value", "/changes/0/kind"),
        ([{}], "missing-field", "/changes/0/kind"),
        ([3], "wrong-type", "/changes/0"),
        ([{"kind": "add_demand", "demand": {**LINE, "count": "2"}}], "wrong-type", "/changes/0/demand/count"),
        ([{"kind": "add_course", "course": {**COURSE, "patterns": [{"kind": "block", "days": 0}]}}], "out-of-range",
         "/changes/0/course/patterns/0/days"),
        ([{"kind": "close_days", "first": "2027-03-02", "last": "2027-03-01"}], "start-after-end", "/changes/0"),
        ([{"kind": "withdraw_demand", "demand": "x"}] * 1_001, "too-many-items", "/changes"),
        (None, "missing-field", "/changes"),
    ],
)  # fmt: skip
def test_a_scenario_that_breaks_its_format_is_told_with_code_and_pointer(changes, code, pointer):
    with pytest.raises(InstanceError) as caught:
        scenario_from_dict({"name": "what if", "changes": changes})
    assert [(problem.code, problem.pointer) for problem in caught.value.problems] == [(code, pointer)]


def test_a_problem_of_a_change_names_its_kind():
    with pytest.raises(InstanceError, match=r"^Change\[set_demand_count\] at /changes/0/cuont: 2: .* did you mean count\?"):
        scenario({"kind": "set_demand_count", "demand": "x", "count": 1, "cuont": 2})


def test_a_scenario_file_is_read(tmp_path):
    path = tmp_path / "change.json"
    changes = [{"kind": "set_travel_limit", "max_travel_km": 3}]
    path.write_text(json.dumps({"format": "cohort-opt-scenario/1", "name": "near", "changes": changes}), encoding="utf-8")
    assert read_scenario(path) == scenario(*changes).model_copy(update={"name": "near"})
    with pytest.raises(InstanceError, match="no-such-file"):
        read_scenario(tmp_path / "absent.json")


def test_the_schema_lists_every_kind_of_change():
    kinds = {kind.model_fields["kind"].annotation.__args__[0] for kind in Change.__args__[0].__args__}
    mapping = scenario_schema()["properties"]["changes"]["items"]["discriminator"]["mapping"]
    assert set(mapping) == kinds
    assert len(kinds) >= 46
    assert Scenario.model_fields["format"].default == "cohort-opt-scenario/1"
