import pytest
from click.testing import CliRunner

from cohort_opt.cli.main import main
from tests.examples.folders import EXAMPLES


def shared(folder, tmp_path, *options):
    instance = str(EXAMPLES / folder / "instance.json")
    made = CliRunner().invoke(main, ["propose", instance, "--out", str(tmp_path), "--quiet"])
    assert made.exit_code == 0, made.output
    said = CliRunner().invoke(main, ["share", instance, str(tmp_path), *options])
    assert said.exit_code == 0, said.output
    return said.output


@pytest.mark.parametrize("folder", ["core_split", "gap_number", "price_cap"])
def test_every_method_shares_a_plan_and_all_are_compared(folder, tmp_path):
    assert "strongest objection" in shared(folder, tmp_path, "--compare")
    assert "Promises of the method nucleolus" in shared(folder, tmp_path, "--method", "nucleolus")


def test_the_whole_plan_is_shared_as_one_game(tmp_path):
    # Class of twelve 9,500 + 12 x 185 = 11,720 euros, two seats elsewhere 2 x 1,680: 15,080.
    said = shared("gap_number", tmp_path, "--plan")
    assert "15,080.00" in said
    assert "a share of the academy's by trainees, rounded down" in said
    assert "no_group_better_off          kept (checked)" in said


def test_where_any_twelve_could_fill_the_class_the_subsidy_is_told(tmp_path):
    said = shared("gap_number", tmp_path, "--plan", "optimistic")
    assert "The core is empty" in said
    assert "no_group_better_off          impossible" in said
