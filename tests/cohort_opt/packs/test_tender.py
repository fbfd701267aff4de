from cohort_opt.packs.tender import Award, PlaceOffer, tender_what_if

OFFERS = [
    PlaceOffer(company="acme", places=3, cents_per_place=200_000),
    PlaceOffer(company="bolt", places=2, cents_per_place=500_000),
]


def award(points, worth=100_000, most=100):
    return Award(points_per_place=points, max_points=most, cents_per_point=worth)


def test_places_are_created_where_their_points_are_worth_their_cost():
    # A place of acme costs 2,000, one of bolt 5,000; a point is worth 1,000.
    outcomes = tender_what_if(OFFERS, [award(1), award(2), award(5)])
    assert [outcome.created for outcome in outcomes] == [0, 3, 5]
    assert [outcome.premium_cents for outcome in outcomes] == [0, 600_000, 2_500_000]
    assert outcomes[1].places == (("acme", 3),)


def test_the_maximum_of_points_ends_the_gain():
    # Two points a place, five in all: the third place earns one point, worth less than it costs.
    (outcome,) = tender_what_if(OFFERS, [award(2, most=5)])
    assert outcome.places == (("acme", 2),)


def test_no_points_create_no_places_even_where_a_place_is_free():
    free = [PlaceOffer(company="acme", places=3, cents_per_place=0)]
    assert tender_what_if(free, [award(0)])[0].created == 0


def test_two_offers_of_one_company_share_its_points():
    offers = [PlaceOffer(company="acme", places=2, cents_per_place=c) for c in (200_000, 100_000)]
    (outcome,) = tender_what_if(offers, [award(2, most=6)])
    assert outcome.created == 3
