"""Reads the source as it stands: which modules there are, what each imports (also inside functions and for typing), and where."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("cohort_opt", "service")


@dataclass(frozen=True)
class Module:
    """A source file and its dotted name."""

    name: str
    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        """Return package and first level, such as `cohort_opt.solver`; the package itself for its front door."""
        return ".".join(self.name.split(".")[:2])


@dataclass(frozen=True)
class Import:
    """One name that a module imports, resolved to the module that it comes from."""

    importer: str
    target: str
    line: int

    def __str__(self) -> str:
        """Return the import as a person looks for it."""
        return f"{self.importer}:{self.line} imports {self.target}"


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the packages, by name."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found.append(Module(name, path, ast.parse(path.read_text(encoding="utf-8"), str(path))))
    return tuple(sorted(found, key=lambda module: module.name))


@cache
def module_names() -> frozenset[str]:
    """Return the dotted names of all modules."""
    return frozenset(module.name for module in modules())


@cache
def imports() -> tuple[Import, ...]:
    """Return every import of every module, wherever it stands, and each `import_module` of a plain text."""
    return tuple(item for module in modules() for item in _imports_of(module))


def _imports_of(module: Module) -> Iterator[Import]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(module.name, alias.name, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(module, node)
            for alias in node.names:
                inner = f"{base}.{alias.name}"
                yield Import(module.name, inner if inner in module_names() else base, node.lineno)
        elif _is_import_module(node):
            yield Import(module.name, node.args[0].value, node.lineno)


def _absolute(module: Module, node: ast.ImportFrom) -> str:
    if not node.level:
        return node.module or ""
    is_package = module.path.name == "__init__.py"
    parts = module.name.split(".")
    base = parts[: len(parts) - node.level + (1 if is_package else 0)]
    return ".".join([*base, *([node.module] if node.module else [])])


def _is_import_module(node: ast.AST) -> bool:
    if not (isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in ("import_module", "__import__") and isinstance(node.args[0].value, str)


def imports_from(*prefixes: str) -> list[Import]:
    """Return the imports made by these modules and everything below them."""
    return [item for item in imports() if is_within(item.importer, *prefixes)]


def is_within(name: str, *prefixes: str) -> bool:
    """Return whether a module is one of these or lies below one."""
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)
