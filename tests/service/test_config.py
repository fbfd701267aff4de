"""Settings that would make the service unsafe stop the start."""

import pytest

from service import create_app
from service.config import Settings, SettingsError, check_settings, file_system_of, is_loopback, read_settings


def test_the_defaults_may_start(settings):
    check_settings(settings)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])  # noqa: S104  refused is what is tested
def test_an_address_that_others_can_reach_stops_the_start(settings, host):
    with pytest.raises(SettingsError, match="not loopback"):
        check_settings(settings.model_copy(update={"host": host}))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "[::1]", "localhost"])
def test_loopback_has_several_names(host):
    assert is_loopback(host)


def test_a_proxy_that_may_be_anybody_stops_the_start(settings):
    check_settings(settings.model_copy(update={"proxy": "192.0.2.7"}))
    with pytest.raises(SettingsError, match="say to be somebody else"):
        check_settings(settings.model_copy(update={"proxy": "*"}))


def test_debug_stops_the_start(settings):
    with pytest.raises(SettingsError, match="debug is on"):
        check_settings(settings.model_copy(update={"debug": True}))


def test_the_debug_variable_of_flask_stops_the_start(settings, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(SettingsError, match="FLASK_DEBUG"):
        check_settings(settings)


def test_an_unknown_time_zone_stops_the_start(settings):
    with pytest.raises(SettingsError, match="Europe/Nowhere"):
        check_settings(settings.model_copy(update={"timezone": "Europe/Nowhere"}))


def test_a_value_out_of_range_names_the_setting(monkeypatch):
    monkeypatch.setenv("COHORT_OPT_SERVICE_SOLVERS", "0")
    with pytest.raises(SettingsError, match="solvers"):
        read_settings()


def test_names_of_hosts_are_given_with_commas(monkeypatch):
    monkeypatch.setenv("COHORT_OPT_SERVICE_TRUSTED_HOSTS", "a.example, b.example")
    assert read_settings().trusted_hosts == ("a.example", "b.example")


def test_the_deepest_mount_decides_the_kind_of_file_system(tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text("disk / ext4 rw 0 0\nserver:/x /data nfs4 rw 0 0\ndisk2 /data/local xfs rw 0 0\n")
    assert file_system_of(tmp_path.__class__("/data/db.sqlite3"), mounts) == "nfs4"
    assert file_system_of(tmp_path.__class__("/data/local/db.sqlite3"), mounts) == "xfs"
    assert file_system_of(tmp_path.__class__("/datax/db.sqlite3"), mounts) == "ext4"


def test_a_network_file_system_stops_the_start(settings, monkeypatch):
    monkeypatch.setattr("service.config.file_system_of", lambda path: "nfs4")
    with pytest.raises(SettingsError, match="network file system"):
        check_settings(settings)


def test_a_service_without_a_database_says_how_to_make_one(tmp_path):
    with pytest.raises(SettingsError, match="init-db"):
        create_app(Settings(database=tmp_path / "none.sqlite3"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"scheduler": "tcp://10.0.0.9:8786"}, "whoever reaches its port runs code"),
        ({"scheduler": "tls://10.0.0.9:8786"}, "needs tls_ca, a file"),
        ({"scheduler": "10.0.0.9:8786"}, "is no address; use tls://host:8786"),
    ],
)
def test_an_open_scheduler_stops_the_start(settings, changes, reason):
    with pytest.raises(SettingsError, match=reason):
        check_settings(settings.model_copy(update=changes))


def test_a_scheduler_on_loopback_or_with_certificates_is_allowed(settings, tmp_path):
    certificate = tmp_path / "some.pem"
    certificate.write_text("invented")
    check_settings(settings.model_copy(update={"scheduler": "tcp://127.0.0.1:8786"}))
    names = dict.fromkeys(("tls_ca", "tls_cert", "tls_key"), certificate)
    check_settings(settings.model_copy(update={"scheduler": "tls://10.0.0.9:8786", **names}))
