import datetime as dt

from cohort_opt.packs.in_force import Hole, Overlap, packs_in_force

DAY = dt.date(2027, 3, 1)
COUNTRY = {"kind": "country", "name": "Netherlands", "everywhere": True}


def test_a_pack_holds_from_its_first_to_its_last_day(pack):
    rules = pack(valid_from="2027-03-01", valid_until="2027-03-31")
    days = [dt.date(2027, 2, 28), dt.date(2027, 3, 1), dt.date(2027, 3, 31), dt.date(2027, 4, 1)]
    assert [bool(packs_in_force([rules], "Rotterdam", day).packs) for day in days] == [False, True, True, False]


def test_a_pack_holds_only_where_it_says(pack):
    assert packs_in_force([pack()], "Rotterdam", DAY).packs
    assert not packs_in_force([pack()], "Schiedam", DAY).packs


def test_an_undated_pack_may_hold_and_is_named(pack):
    assert packs_in_force([pack(valid_from=None)], "Rotterdam", DAY).undated == ("rotterdam-1",)


def test_two_versions_of_one_scheme_are_an_overlap(pack, scheme):
    packs = [pack([scheme("bbl")], id="b"), pack([scheme("bbl"), scheme("bonus")], id="a")]
    assert packs_in_force(packs, "Rotterdam", DAY).overlaps == (Overlap("bbl", ("a", "b")),)


def test_a_local_and_a_national_scheme_of_one_name_do_not_clash(pack, scheme):
    packs = [pack([scheme("bbl")]), pack([scheme("bbl")], id="nl", jurisdiction=COUNTRY)]
    assert packs_in_force(packs, "Rotterdam", DAY).overlaps == ()


def test_a_municipality_without_a_local_pack_is_a_hole(pack):
    assert packs_in_force([pack(id="nl", jurisdiction=COUNTRY)], "Schiedam", DAY).holes[0] == Hole("no_local_pack")


def test_a_day_between_two_versions_is_a_hole_on_both_sides(pack):
    packs = [pack(id="old", valid_from="2026-01-01", valid_until="2026-12-31"), pack(id="new", valid_from="2027-07-01")]
    assert packs_in_force(packs, "Rotterdam", DAY).holes == (
        Hole("local_pack_ended", "old"),
        Hole("local_pack_not_yet", "new"),
    )


def test_what_a_pack_does_not_know_is_passed_on(pack):
    assert packs_in_force([pack()], "Rotterdam", DAY).holes == (Hole("gap_in_pack", "rotterdam-1", "everything else"),)
