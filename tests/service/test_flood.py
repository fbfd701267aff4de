"""A gate lets an address ask so often in a window, and no other address pays for it."""

from service.flood import FloodGate


def test_an_address_may_ask_so_often_and_is_then_told_to_wait():
    gate = FloodGate("3 per 10 minutes")
    assert [gate.seconds_to_wait("1.2.3.4") for _ in range(4)] == [0, 0, 0, 600]
    assert gate.seconds_to_wait("1.2.3.5") == 0


def test_a_window_that_is_over_counts_from_the_beginning(monkeypatch):
    now = [1_000.0]
    monkeypatch.setattr("service.flood.time.time", lambda: now[0])
    gate = FloodGate("1/second")
    assert [gate.seconds_to_wait("a"), gate.seconds_to_wait("a")] == [0, 1]
    now[0] += 1.0
    assert gate.seconds_to_wait("a") == 0
