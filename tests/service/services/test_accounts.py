"""Accounts: one-time links, sessions that end, tokens that expire, and nothing that tells who has an account."""

import email

import pytest

from service.actors import MACHINE, Role
from service.problems import Refusal
from service.services import accounts, outbox

MAIL = "anna@company.invalid"


@pytest.fixture
def folder(context, tmp_path):
    from dataclasses import replace

    return replace(context, settings=context.settings.model_copy(update={"outbox_folder": tmp_path / "outbox"}))


@pytest.fixture
def anna(folder):
    return accounts.add_account(folder, MACHINE, MAIL, "company", "acme", "en")


def mails(context):
    outbox.deliver(context)
    paths = sorted(context.settings.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [email.message_from_bytes(path.read_bytes()) for path in paths]


def link_of(context):
    accounts.ask_link(context, MAIL, "http://here")
    text = mails(context)[-1].get_payload(decode=True).decode()
    return next(line for line in text.split() if "/sign-in/" in line).rsplit("/", 1)[1]


def test_a_link_from_the_mail_signs_in_as_the_company(folder, anna):
    actor = accounts.actor_of_session(folder, accounts.sign_in(folder, link_of(folder)))
    assert (actor.role, actor.company, actor.owner, actor.account) == (Role.COMPANY, "acme", "company:acme", anna)


def test_a_link_works_once(folder, anna):
    link = link_of(folder)
    accounts.sign_in(folder, link)
    with pytest.raises(Refusal, match="was used"):
        accounts.sign_in(folder, link)


def test_opening_a_link_does_not_use_it_up(folder, anna):
    link = link_of(folder)
    accounts.peek_link(folder, link)
    assert accounts.sign_in(folder, link)


def test_a_link_of_a_quarter_of_an_hour_ago_is_none(folder, anna, clock):
    link = link_of(folder)
    clock.move(minutes=15)
    with pytest.raises(Refusal):
        accounts.sign_in(folder, link)


def test_an_unknown_address_gets_no_mail_and_no_other_answer(folder, anna):
    assert accounts.ask_link(folder, "nobody@company.invalid", "http://here") is None
    assert mails(folder) == []


def test_an_address_that_asks_again_and_again_gets_five_links(folder, anna):
    for _ in range(9):
        accounts.ask_link(folder, MAIL, "http://here")
    assert len(mails(folder)) == 5


def test_the_database_holds_no_secret(folder, anna):
    link = link_of(folder)
    secret = accounts.sign_in(folder, link)
    actor = accounts.actor_of_session(folder, secret)
    token = accounts.make_token(folder, actor, "script", 30, writes=True)
    with folder.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM outbox")
    content = folder.settings.database.read_bytes() + folder.settings.database.with_name("service.sqlite3-wal").read_bytes()
    assert secret.encode() not in content
    assert token.encode() not in content


def test_a_session_ends_with_sign_out(folder, anna):
    secret = accounts.sign_in(folder, link_of(folder))
    accounts.sign_out(folder, secret)
    assert accounts.actor_of_session(folder, secret) is None


def test_a_session_ends_after_half_a_day(folder, anna, clock):
    secret = accounts.sign_in(folder, link_of(folder))
    clock.move(hours=12)
    assert accounts.actor_of_session(folder, secret) is None


def test_a_removed_account_is_out_at_once_and_its_address_gone(folder, anna):
    secret = accounts.sign_in(folder, link_of(folder))
    token = accounts.make_token(folder, accounts.actor_of_session(folder, secret), "script", 30, writes=True)
    accounts.remove_account(folder, MACHINE, anna)
    assert accounts.actor_of_session(folder, secret) is None
    with pytest.raises(Refusal, match="revoked"):
        accounts.actor_of_token(folder, token)
    with folder.store.read() as connection:
        assert connection.exec_driver_sql("SELECT mail FROM accounts").scalar_one() == f"removed-{anna}"


def test_a_token_reads_until_it_expires(folder, anna, clock):
    actor = accounts.actor_of_session(folder, accounts.sign_in(folder, link_of(folder)))
    token = accounts.make_token(folder, actor, "script", 30, writes=False)
    assert accounts.actor_of_token(folder, token).writes is False
    clock.move(days=30)
    with pytest.raises(Refusal) as refused:
        accounts.actor_of_token(folder, token)
    assert refused.value.status == 401


def test_a_revoked_token_is_none(folder, anna):
    actor = accounts.actor_of_session(folder, accounts.sign_in(folder, link_of(folder)))
    token = accounts.make_token(folder, actor, "script", 30, writes=True)
    accounts.revoke_token(folder, actor, accounts.list_tokens(folder, actor)[0]["id"])
    with pytest.raises(Refusal):
        accounts.actor_of_token(folder, token)


def test_a_token_of_somebody_else_cannot_be_revoked(folder, anna):
    actor = accounts.actor_of_session(folder, accounts.sign_in(folder, link_of(folder)))
    accounts.make_token(folder, actor, "script", 30, writes=True)
    other = accounts.add_account(folder, MACHINE, "ben@company.invalid", "company", "bolt")
    with folder.store.write() as connection:
        secret = accounts.start_session(folder, connection, other)
    with pytest.raises(Refusal):
        accounts.revoke_token(folder, accounts.actor_of_session(folder, secret), accounts.list_tokens(folder, actor)[0]["id"])


@pytest.mark.parametrize("mail", ["", "anna", "a b@c.d", "a@b\r\nBcc: x@y.z", "<a@b.c>", "a@b,c@d.e"])
def test_what_is_no_address_makes_no_account(folder, mail):
    with pytest.raises(Refusal) as refused:
        accounts.add_account(folder, MACHINE, mail, "planner")
    assert refused.value.code == "invalid-mail"


def test_one_address_is_one_account_whatever_its_case(folder, anna):
    with pytest.raises(Refusal) as refused:
        accounts.add_account(folder, MACHINE, MAIL.upper(), "planner")
    assert refused.value.status == 409


def test_a_mail_that_cannot_be_sent_waits_for_the_next_time(folder, anna, tmp_path):
    (tmp_path / "outbox").write_text("a file where the folder should be")
    accounts.ask_link(folder, MAIL, "http://here")
    assert outbox.deliver(folder) == 0
    (tmp_path / "outbox").unlink()
    assert outbox.deliver(folder) == 1


def test_the_same_key_is_one_mail(folder, anna):
    for _ in range(2):
        with folder.store.write() as connection:
            outbox.post(connection, folder.now(), "night/spring/2026-11-24", anna, "Tonight", "Nothing changed.")
    assert len(mails(folder)) == 1


def test_only_the_academy_makes_accounts(folder, anna):
    actor = accounts.actor_of_session(folder, accounts.sign_in(folder, link_of(folder)))
    with pytest.raises(Refusal) as refused:
        accounts.add_account(folder, actor, "eve@company.invalid", "planner")
    assert refused.value.status == 403
