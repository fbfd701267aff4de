from cohort_opt.report.svg import NUM_PATTERNS, dash, element, number, small_picture, text_width, tone


def test_children_and_attributes_are_escaped_and_elements_are_not():
    inner = element("title", "<script>")
    assert element("g", inner, "a & b", id='"x"') == '<g id="&#34;x&#34;"><title>&lt;script&gt;</title>a &amp; b</g>'


def test_names_of_attributes_follow_svg_and_none_is_left_out():
    assert element("rect", class_="a", stroke_width=2, fill=None) == '<rect class="a" stroke-width="2"></rect>'


def test_numbers_have_one_decimal_at_most():
    assert [number(value) for value in (1, 1.04, 1.25, -0.01, 10.0)] == ["1", "1", "1.2", "0", "10"]


def test_the_first_64_courses_differ_in_colour_and_pattern_together():
    looks = {(tone(i), dash(i)) for i in range(NUM_PATTERNS**2)}
    assert len(looks) == NUM_PATTERNS**2


def test_a_small_picture_has_a_label_or_is_hidden():
    assert 'role="img" aria-label="3 of 4"' in small_picture("3 of 4", 10, 10, class_="x")
    assert 'aria-hidden="true"' in small_picture("", 10, 10, class_="x")


def test_wide_letters_count_more():
    assert text_width("WWW", 10) > text_width("iii", 10)
