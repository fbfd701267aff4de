from cohort_opt.report.text_table import WIDTH, columns, table, wrapped


def test_wide_letters_take_two_columns_and_combining_marks_none():
    assert (columns("ab"), columns("混凝"), columns("e\u0301")) == (2, 4, 1)


def test_numbers_stand_right_and_texts_left():
    assert list(table(("name", "n"), [("a", "10"), ("bcdefg", "9")], "<>", (0,))) == [
        "name     n",
        "------  --",
        "a       10",
        "bcdefg   9",
        "",
    ]


def test_only_elastic_columns_shrink_and_their_texts_go_on_below():
    lines = list(table(("name", "amount"), [("two words " * 12, "€1.00")], "<>", (0,)))
    assert max(columns(line) for line in lines) <= WIDTH
    # "amount" takes 6 columns and the gap 2, so 92 are left: nine pairs of ten letters, less the last space, are 89
    assert lines[2] == ("two words " * 9).ljust(92) + "   €1.00"
    assert lines[3] == "two words two words two words"


def test_paragraphs_keep_their_indent_and_lose_no_letter():
    text = "word " * 40 + "混" * 120 + " end"
    lines = wrapped(text, "    ")
    assert all(line.startswith("    ") and columns(line) <= WIDTH for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_an_empty_paragraph_has_no_lines():
    assert wrapped("") == []
