from cohort_opt.bench.small import compact
from cohort_opt.model.constraints import company_absence


def one_company(limit=None):
    rows = () if limit is None else (("company_absence[acme,2027-03-01]", limit, [(0, 0), (1, 0)]),)
    return compact([3, 3], [(10, 2, 8)], {(0, 0): 1, (1, 0): 1}, absence=rows)


def test_as_many_as_the_company_allows_may_go(value):
    assert value(one_company(limit=6)) == 16


def test_one_more_than_it_allows_stays_home_and_without_the_row_all_go(value):
    # 10 + 5 + 100.
    assert value(one_company(limit=5)) == 115
    assert value(one_company()) == 16


def test_no_rows_cost_nothing():
    assert company_absence.applies(one_company(limit=5))
    assert not company_absence.applies(one_company())
