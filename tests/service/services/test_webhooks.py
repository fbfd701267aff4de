"""Webhooks: allowed receivers outside only, signed, retried, told in the transaction of what happened."""

import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from service.actors import Actor, Role
from service.problems import Refusal
from service.schemas import JobRequest
from service.services import jobs as verbs
from service.services import webhooks, work
from service.services.answers import once
from service.services.context import Context

ACME = Actor(Role.COMPANY, "company:acme", "acme")
BOLT = Actor(Role.COMPANY, "company:bolt", "bolt")


@pytest.fixture
def allowing(context):
    """Return a context in which one host outside is allowed, and this machine as one of the operator's own."""
    settings = context.settings.model_copy(
        update={"webhook_hosts": ("hooks.example",), "webhook_inside_hosts": ("inside.example",)}
    )
    return Context(context.store, context.clock, settings)


@pytest.fixture
def receiver(monkeypatch):
    """A receiver on this machine; `answers` are the statuses that it gives, the last one for ever."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.heard.append((self.path, dict(self.headers), body))
            status = server.answers[min(len(server.heard), len(server.answers)) - 1]
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"http://127.0.0.1:{server.server_port}/moved")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.heard, server.answers = [], [200]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr("service.services.webhooks.resolve", lambda host, port: ["127.0.0.1"])
    server.address = f"http://inside.example:{server.server_port}/hook?x=1"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def add(context, actor, address, key="k"):
    return json.loads(webhooks.add(context, actor, address, once("POST /webhooks", key, address.encode())).body)


def end_a_job(context, actor, instance):
    request = JobRequest(instance=instance)
    job = json.loads(verbs.submit_job(context, actor, request, "", once("POST", f"{actor.owner}", b"")).body)["id"]
    (promised,) = work.promise_jobs(context, 1)
    work.claim_job(context, job, promised.attempt, "test")
    work.fail_job(context, job, promised.attempt, "out-of-memory", "It was too large.")
    return job


def test_a_message_arrives_once_with_a_signature_that_its_receiver_recomputes(allowing, receiver, instance):
    secret = add(allowing, ACME, receiver.address)["secret"]
    job = end_a_job(allowing, ACME, instance)
    assert (webhooks.deliver(allowing), webhooks.deliver(allowing)) == (1, 0)
    ((path, headers, body),) = receiver.heard
    assert path == "/hook?x=1"
    assert json.loads(body)["data"] == {"job": job}
    assert json.loads(body)["type"] == "job.failed"
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["Host"].startswith("inside.example")


def test_nobody_is_told_of_the_jobs_of_another(allowing, receiver, instance):
    add(allowing, BOLT, receiver.address)
    end_a_job(allowing, ACME, instance)
    assert webhooks.deliver(allowing) == 0
    assert receiver.heard == []


def test_what_does_not_arrive_is_tried_again_with_the_same_id_until_it_does(allowing, receiver, instance, clock):
    receiver.answers = [500, 503, 200]
    add(allowing, ACME, receiver.address)
    end_a_job(allowing, ACME, instance)
    assert webhooks.deliver(allowing) == 0
    assert webhooks.deliver(allowing) == 0  # not yet due
    clock.move(seconds=60)
    assert webhooks.deliver(allowing) == 0
    clock.move(seconds=300)
    assert webhooks.deliver(allowing) == 1
    assert len({headers["webhook-id"] for _, headers, _ in receiver.heard}) == 1
    for _ in range(10):
        clock.move(days=2)
        webhooks.deliver(allowing)
    assert len(receiver.heard) == 3


def test_a_receiver_that_never_answers_well_is_left_alone_after_seven_tries(allowing, receiver, instance, clock):
    receiver.answers = [500]
    add(allowing, ACME, receiver.address)
    end_a_job(allowing, ACME, instance)
    for _ in range(20):
        webhooks.deliver(allowing)
        clock.move(days=2)
    assert len(receiver.heard) == 7  # the first, and one after each of the six waits


@pytest.mark.row(69)
def test_a_redirect_is_not_followed(allowing, receiver, instance):
    receiver.answers = [302, 200]
    add(allowing, ACME, receiver.address)
    end_a_job(allowing, ACME, instance)
    assert webhooks.deliver(allowing) == 0
    assert [path for path, _, _ in receiver.heard] == ["/hook?x=1"]


def test_a_removed_webhook_hears_nothing_more(allowing, receiver, instance):
    made = add(allowing, ACME, receiver.address)
    end_a_job(allowing, ACME, instance)
    with pytest.raises(Refusal, match="no such object"):
        webhooks.remove(allowing, BOLT, made["id"])
    webhooks.remove(allowing, ACME, made["id"])
    assert webhooks.deliver(allowing) == 0
    assert (webhooks.of_actor(allowing, ACME), receiver.heard) == ([], [])


# Row 69, with the numbers that tricks of writing lead to.
@pytest.mark.row(69)
@pytest.mark.parametrize(
    "address",
    ["http://hooks.example/", "https://hooks.example:8443/", "https://other.example/", "https://127.0.0.1/", "https://[::1]/",
     "https://0x7f000001/", "https://2130706433/", "https://0177.0.0.1/", "https://169.254.169.254/latest/meta-data", "file:///etc/passwd",
     "gopher://hooks.example/", "https://hooks.example@127.0.0.1/", "https://x:y@hooks.example/", "https://hooks.example#@127.0.0.1/",
     "https://hooks.example.evil.example/", "https://hooks.example\r\n.evil/", "https://hooks.example/ x", "//hooks.example/",
     "https://", "hooks.example", "https://hooks.example:0x1bb/", "https://HOOKS.EXAMPLE\u3002evil/", "ftp://inside.example/"],
)  # fmt: skip
def test_an_address_that_is_not_allowed_opens_no_socket(allowing, monkeypatch, address):
    monkeypatch.setattr("socket.create_connection", lambda *_, **__: pytest.fail("a socket was opened"))
    monkeypatch.setattr("service.services.webhooks.resolve", lambda host, port: ["93.184.216.34"])
    with pytest.raises(Refusal) as refused:
        add(allowing, ACME, address)
    assert (refused.value.code, refused.value.status) == ("forbidden-destination", 422)


@pytest.mark.row(69)
@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "::1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1", "::", "fe80::1%eth0", "fc00::1",
     "::ffff:127.0.0.1", "::ffff:169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "2002:7f00:1::", "192.0.2.1",
     "ff02::1"],
)  # fmt: skip
def test_an_allowed_name_that_leads_inside_opens_no_socket(allowing, monkeypatch, instance, number):
    """Rebinding: outside when it was made, inside when it is used."""
    monkeypatch.setattr("socket.create_connection", lambda *_, **__: pytest.fail("a socket was opened"))
    monkeypatch.setattr("service.services.webhooks.resolve", lambda host, port: ["93.184.216.34"])
    add(allowing, ACME, "https://hooks.example/hook")
    end_a_job(allowing, ACME, instance)
    monkeypatch.setattr("service.services.webhooks.resolve", lambda host, port: [number])
    assert webhooks.deliver(allowing) == 0
    with pytest.raises(Refusal, match="nowhere else"):
        add(allowing, ACME, "https://hooks.example/other", "k2")


def test_without_an_operators_list_there_are_no_webhooks(context):
    with pytest.raises(Refusal, match="the operator has allowed"):
        add(context, ACME, "https://hooks.example/")
