"""A folder of finished parts: whole files, the oldest forgotten first."""

import os

from cohort_opt.cli.part_folder import PartFolder


def test_what_is_kept_is_found_and_what_is_not_is_not(tmp_path):
    folder = PartFolder(tmp_path / "parts")
    folder.keep("a", "text")
    assert (folder.recall("a"), folder.recall("b")) == ("text", None)
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["a"]


def test_a_full_folder_forgets_what_was_of_use_longest_ago(tmp_path):
    folder = PartFolder(tmp_path, most_bytes=30)
    for number, key in enumerate("abc"):
        folder.keep(key, "x" * 10)
        os.utime(tmp_path / key, (number, number))
    assert folder.recall("a")  # of use now
    folder.keep("d", "x" * 10)
    assert {path.name for path in tmp_path.iterdir()} == {"a", "c", "d"}


def test_a_file_that_is_no_text_is_as_good_as_none(tmp_path):
    folder = PartFolder(tmp_path)
    (tmp_path / "a").write_bytes(b"\xff\xfe")
    assert folder.recall("a") is None
