"""What one may be called."""

import pytest

from accounts.forms import PersonForm


def errors(name="Ann", colour="#1d4ed8"):
    return PersonForm({"name": name, "colour": colour}).errors


@pytest.mark.parametrize(
    "name",
    [
        "Ann",
        "O'Neill-Jørgensen",
        "李小龙",
        "مریم‌خانم",
        "👩\N{ZERO WIDTH JOINER}🎨",
        "x" * 40,
        "7",
    ],
)
def test_a_name_may_be_in_any_script(name):
    assert not errors(name)


@pytest.mark.parametrize(
    "name",
    [
        "\N{RIGHT-TO-LEFT OVERRIDE}nnA",
        "Ann\N{LEFT-TO-RIGHT ISOLATE}",
        "A\N{ZERO WIDTH SPACE}nn",
        "An\x00n",
        "An\x1bn",
        "Ann\N{HANGUL FILLER}",
        "\ue000",
    ],
)
def test_a_name_hides_nothing(name):
    assert "name" in errors(name)


@pytest.mark.parametrize(
    "name", ["", "   ", "\N{ZERO WIDTH JOINER}", "\N{COMBINING ACUTE ACCENT}", "x" * 41]
)
def test_a_name_is_something_to_see_and_not_too_long(name):
    assert "name" in errors(name)


def test_the_spaces_of_a_name_are_put_in_order():
    form = PersonForm({"name": "  Ann \n  Tran ", "colour": "#1d4ed8"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Ann Tran"


def test_one_name_is_written_in_one_way():
    form = PersonForm({"name": "Ame\N{COMBINING ACUTE ACCENT}lie", "colour": "#1d4ed8"})
    assert form.is_valid()
    assert form.cleaned_data["name"] == "Amélie"


@pytest.mark.parametrize(
    "colour", ["", "red", "#12345", "#1234567", "#12345g", "url(x)", "#123456\n;"]
)
def test_a_colour_is_six_hexadecimal_digits(colour):
    assert "colour" in errors(colour=colour)
