"""The files for cron, systemd, compose and Kubernetes name commands, settings and files that exist."""

import re
from pathlib import Path

import pytest
import yaml

from service.cli import main
from service.config import Settings

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples" / "deploy"
TEXTS = {path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*") if path.is_file()}
SETTING = re.compile(r"COHORT_OPT_SERVICE_([A-Z_]+)")


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_setting_is_one_of_the_service(name):
    named = {found.lower() for found in SETTING.findall(TEXTS[name])}
    assert named <= set(Settings.model_fields)


def test_the_files_say_something_about_settings():
    assert sum(len(SETTING.findall(text)) for text in TEXTS.values()) > 15


@pytest.mark.parametrize("name", ["crontab", "cohort-opt-night.service", "compose.yaml", "kubernetes/night.yaml"])
def test_the_night_is_called_by_its_command(name):
    assert "propose-nightly" in main.commands
    assert "propose-nightly" in TEXTS[name]


@pytest.mark.parametrize("name", sorted(name for name in TEXTS if name.endswith(".yaml")))
def test_a_yaml_file_can_be_read(name):
    documents = list(yaml.safe_load_all(TEXTS[name]))
    assert all(isinstance(document, dict) for document in documents)


def test_a_copied_path_of_the_image_exists():
    copied = [words for line in TEXTS["Dockerfile"].splitlines() if line.startswith("COPY") for words in line.split()[1:-1]]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_scheduler_and_workers_speak_tls_only():
    for name in ("compose.yaml", "kubernetes/workers.yaml"):
        assert "tcp://" not in TEXTS[name]
        assert TEXTS[name].count("--tls-key") == 2


def test_the_readme_names_every_file():
    told = TEXTS["README.md"]
    missing = [name for name in TEXTS if name != "README.md" and name.split("/")[0].split(".yaml")[0] not in told]
    assert missing == []
