"""The files for cron, systemd, compose and Kubernetes name commands, settings and files that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from service import create_app
from service.cli import main
from service.config import Settings, check_settings
from service.store.database import initialise

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


COMPOSE = yaml.safe_load(TEXTS["compose.yaml"])
KUBERNETES = [document for name, text in TEXTS.items() if name.startswith("kubernetes/") for document in yaml.safe_load_all(text)]


def test_compose_names_only_what_it_declares():
    services = COMPOSE["services"]
    assert set(services) == {"database", "web", "scheduler", "worker", "night"}
    for service in services.values():
        assert set(service.get("depends_on", ())) <= set(services)
        assert set(service.get("secrets", ())) <= set(COMPOSE["secrets"])
    mounted = {volume.partition(":")[0] for service in services.values() for volume in service.get("volumes", ())}
    assert {name for name in mounted if not name.startswith(".")} <= set(COMPOSE["volumes"])
    assert all((FOLDER / name).exists() for name in mounted if name.startswith("."))


def test_only_the_web_of_this_machine_can_be_reached_from_outside_the_containers():
    ports = {name: service.get("ports", []) for name, service in COMPOSE["services"].items()}
    assert {name for name, found in ports.items() if found} == {"web"}
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])


def pods():
    for document in KUBERNETES:
        spec = document.get("spec", {})
        template = spec.get("jobTemplate", {}).get("spec", {}).get("template") or spec.get("template")
        if template:
            yield document, template


def test_kubernetes_names_only_what_it_declares():
    named = {(document["kind"], document["metadata"]["name"]) for document in KUBERNETES}
    assert {kind for kind, _ in named} == {"ConfigMap", "CronJob", "Deployment", "Service"}
    for document, template in pods():
        for container in template["spec"]["containers"]:
            assert {("ConfigMap", ref["configMapRef"]["name"]) for ref in container["envFrom"]} <= named
            mounts = {mount["name"] for mount in container["volumeMounts"]}
            assert mounts <= {volume["name"] for volume in template["spec"]["volumes"]}
        if document["kind"] == "Deployment":
            assert document["spec"]["selector"]["matchLabels"] == template["metadata"]["labels"]
    labels = [template["metadata"]["labels"] for document, template in pods() if document["kind"] == "Deployment"]
    assert all(document["spec"]["selector"] in labels for document in KUBERNETES if document["kind"] == "Service")


def test_the_web_is_asked_whether_it_lives_and_whether_it_is_ready(tmp_path):
    settings = Settings(database=tmp_path / "service.sqlite3", trusted_hosts=("cohorts.example",))
    initialise(settings.database)
    app = create_app(settings, work=False)
    web = next(template for document, template in pods() if document["metadata"]["name"] == "cohort-opt-web")
    (container,) = web["spec"]["containers"]
    for probe in ("readinessProbe", "livenessProbe"):
        asked = container[probe]["httpGet"]
        headers = {header["name"]: header["value"] for header in asked["httpHeaders"]}
        assert app.test_client().get(asked["path"], headers=headers).status_code == 200
    app.extensions["cohort_opt_jobs"].close()
    app.extensions["cohort_opt"].store.close()


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_can_read_the_units(tmp_path):
    for name in ("cohort-opt-night.service", "cohort-opt-night.timer"):
        (tmp_path / name).write_text(TEXTS[name].replace("/opt/cohort-opt/.venv/bin/cohort-opt-service", "/bin/true"))
    command = ["systemd-analyze", "verify", *sorted(map(str, tmp_path.iterdir()))]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (found.returncode, found.stderr) == (0, "")


def test_the_settings_of_the_examples_allow_a_start(tmp_path, monkeypatch):
    """With certificates in their place, every setting of compose and of Kubernetes is accepted."""
    certificate = tmp_path / "some.pem"
    certificate.write_text("invented")
    for given in (COMPOSE["x-cohort"]["environment"], next(d for d in KUBERNETES if d["kind"] == "ConfigMap")["data"]):
        own = {name.removeprefix("COHORT_OPT_SERVICE_").lower(): value for name, value in given.items() if "COHORT_OPT" in name}
        own |= {name: certificate for name in own if name.startswith("tls_")}
        own["trusted_hosts"] = tuple(own["trusted_hosts"].split(","))
        check_settings(Settings(**own))
