"""A scheduler and workers of a Dask cluster as processes of their own on loopback, each as on a machine of its own."""

import os
import signal
import socket
import subprocess
import sys

WAIT_SECONDS = 60


class Machines:
    """A scheduler and workers as processes of their own on loopback, each as on a machine of its own."""

    def __init__(self, settings, folder, tls=False):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"{'tls' if tls else 'tcp'}://127.0.0.1:{self.port}"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ},
            "COHORT_OPT_SERVICE_DATABASE": str(settings.database),
            "COHORT_OPT_SERVICE_LEASE_SECONDS": "2",
        }
        self.folder = folder
        self.certificates = _certificates(folder) if tls else {}
        self._options = [f"--{name.replace('_', '-')}={path}" for name, path in self.certificates.items()]
        self._options += ["--protocol=tls"] if tls else []
        self.running = {}

    def client_settings(self):
        """Return the settings of a service that hands its jobs to this cluster."""
        names = {"ca_file": "tls_ca", "cert": "tls_cert", "key": "tls_key"}
        own = {names[name.removeprefix("tls_")]: path for name, path in self.certificates.items()}
        return {"scheduler": self.address, **own}

    def start(self, name):
        """Start `scheduler`, or a worker of any other name."""
        program = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard"]
        if name != "scheduler":
            program = ["-m", "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny",
                       "--name", name, "--host", "127.0.0.1", "--local-directory", str(self.folder)]  # fmt: skip
        program += self._options
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *program], env=self.environment, stdout=log, stderr=log, start_new_session=True, cwd=self.folder
            )

    def kill(self, name):
        """End a machine without a word."""
        process = self.running.pop(name)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(WAIT_SECONDS)

    def close(self):
        for name in list(self.running):
            self.kill(name)


def _certificates(folder):
    """Make a certificate for all machines of one cluster, and return the options that name its files."""
    from distributed import Security

    made = Security.temporary().get_tls_config_for_role("client")
    options = {"tls_ca_file": made["ca_file"], "tls_cert": made["cert"], "tls_key": made["key"]}
    for name, text in options.items():
        (folder / name).write_text(text)
    return {name: folder / name for name in options}
