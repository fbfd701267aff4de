"""What a reader may rely on: a small sorted front door, and a sentence for every public module, class and function."""

import ast
import inspect
import typing

import pytest

import cohort_opt
from tests.architecture.source import Module, modules

DOOR = next(module for module in modules() if module.name == "cohort_opt")


def public_definitions(module: Module) -> list[tuple[str, ast.AST]]:
    """Return (dotted name, node) of public classes and functions, and public methods of public classes."""
    found: list[tuple[str, ast.AST]] = []

    def visit(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                found.append((f"{prefix}.{node.name}", node))
                if isinstance(node, ast.ClassDef):
                    visit(node.body, f"{prefix}.{node.name}")

    visit(module.tree.body, module.name)
    return found


def test_the_front_door_lists_its_names_sorted():
    assert list(cohort_opt.__all__) == sorted(set(cohort_opt.__all__))


def test_every_name_of_the_front_door_opens():
    missing = [name for name in cohort_opt.__all__ if getattr(cohort_opt, name, None) is None]
    assert missing == []
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = cohort_opt.no_such_name


def test_the_front_door_gives_types_the_same_names_as_it_gives_readers():
    for_typing = {
        alias.asname or alias.name
        for node in ast.walk(DOOR.tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for line in node.body
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }
    assert for_typing == set(cohort_opt.__all__)


def test_what_the_front_door_offers_is_documented():
    for name in cohort_opt.__all__:
        thing = getattr(cohort_opt, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert inspect.getdoc(thing), name
        else:
            assert typing.get_origin(thing) is not None or isinstance(thing, tuple), f"{name} is neither data nor documented"


@pytest.mark.parametrize("package", ["cohort_opt", "service"])
def test_every_module_says_what_it_is_for(package):
    silent = [
        module.name
        for module in modules()
        if module.name.split(".")[0] == package
        and not ast.get_docstring(module.tree)
        # A package that only groups files is told of in its README.
        and not (module.path.name == "__init__.py" and not module.tree.body)
    ]
    assert silent == []


@pytest.mark.parametrize("package", ["cohort_opt", "service"])
def test_every_public_class_and_function_is_documented(package):
    own = [module for module in modules() if module.name.split(".")[0] == package]
    named = [item for module in own for item in public_definitions(module)]
    assert len(named) > (100 if package == "cohort_opt" else 20)
    assert [name for name, node in named if not ast.get_docstring(node)] == []
