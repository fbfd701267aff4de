from cohort_opt.packs.diff import diff_packs
from cohort_opt.packs.samples import sample_pack
from cohort_opt.packs.wording import LANGUAGES


def test_a_pack_does_not_differ_from_itself(pack, scheme):
    assert diff_packs(pack([scheme()]), pack([scheme()], id="other")) == ("The two packs say the same.",)


def test_every_change_is_one_sentence(pack, scheme, money):
    bonus = {"kind": "bonus", "cents": money(750)}
    before = pack([scheme("bonus", [{"kind": "age", "reference": "first_benefit_day", "at_least": 55}], [bonus])])
    more = {"kind": "bonus", "cents": money(1000)}
    after = pack(
        [
            scheme("bonus", [{"kind": "age", "reference": "first_course_day", "at_least": 50}], [more]),
            scheme("new", [], [bonus]),
        ],
        valid_from="2028-01-01",
        gaps=["nothing"],
    )
    assert diff_packs(before, after) == (
        "valid_from: 2027-01-01 becomes 2028-01-01.",
        "Bonus no longer asks: 55 or older on the first day of the benefit.",
        "Bonus now asks: 50 or older on the first day of the course.",
        "Bonus no longer pays: €750 (sample) once per person.",
        "Bonus now pays: €1,000 (sample) once per person.",
        "New is new: €750 (sample) once per person.",
        "No longer named as unknown: everything else (sample).",
        "Not known any more: nothing (sample).",
    )


def test_stacking_groups_and_pots_are_compared(pack, scheme):
    group = [{"id": "fee", "rule": "first"}]
    before, after = pack([scheme()], groups=group), pack([scheme(stack={"group": "fee", "order": 2})], groups=group)
    assert diff_packs(before, after) == ("grant stack: – becomes group fee, order 2.",)
    assert diff_packs(pack(), pack(groups=group)) == ("groups fee (sample): – becomes id fee, rule first.",)


def test_the_two_versions_of_utrecht_differ_in_every_language():
    texts = [diff_packs(sample_pack("utrecht-version-1"), sample_pack("utrecht-version-2"), lang) for lang in LANGUAGES]
    assert len({len(text) for text in texts}) == 1
    assert "now pays: counts €15,000 (sample) a year" in " ".join(texts[1])
