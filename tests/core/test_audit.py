"""The access log and its seals."""

import time

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from casusregie.core import audit, clock, sealing
from casusregie.core.models import AccessLog, AuditSeal
from tests.cast import Cast
from tests.conftest import truncate


@pytest.fixture
def _heads(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.DATA_DIR = tmp_path


def _seal(rows: int) -> int:
    """Seal until that many rows are sealed: what runs elsewhere on the same server holds the newest rows back."""
    sealed = 0
    for _try in range(200):
        sealed += sealing.seal(clock.now())
        if sealed >= rows:
            break
        time.sleep(0.1)
    return sealed


def _tamper(statement: str) -> None:
    """Change the log the way only the owner of the database could, behind the application's back."""
    import psycopg
    from django.conf import settings

    params = {**connection.get_connection_params(), "user": settings.OWNER_DATABASE["USER"]}
    for name in ("context", "cursor_factory", "prepare_threshold"):
        params.pop(name, None)
    with psycopg.connect(**params, autocommit=True) as owner:
        owner.execute("ALTER TABLE core_accesslog DISABLE TRIGGER ALL")
        owner.execute(statement)
        owner.execute("ALTER TABLE core_accesslog ENABLE TRIGGER ALL")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_heads")
class TestSeal:
    """With real commits: a seal takes only what is committed and complete."""

    def _rows(self, n: int = 3) -> list[int]:
        return [AccessLog.objects.create(action=f"a{i}", outcome="allowed").pk for i in range(n)]

    def test_what_is_complete_is_sealed_once(self) -> None:
        self._rows(3)
        assert _seal(3) == 3
        assert sealing.seal(clock.now()) == 0
        assert sealing.verify().whole

    def test_a_running_transaction_holds_back_its_own_rows_only_until_it_ends(self) -> None:
        self._rows(1)
        with transaction.atomic():
            self._rows(1)
            # The seal runs inside a transaction that is still writing: nothing younger than it may be sealed.
            assert AuditSeal.objects.count() == 0
        assert _seal(2) == 2

    def test_a_changed_row_is_named(self) -> None:
        rows = self._rows(3)
        _seal(3)
        _tamper(f"UPDATE core_accesslog SET actor_id = 42 WHERE id = {rows[1]}")
        verdict = sealing.verify()
        assert not verdict.whole
        assert str(rows[1]) in verdict.sentence

    def test_a_removed_row_is_noticed(self) -> None:
        rows = self._rows(3)
        _seal(3)
        _tamper(f"DELETE FROM core_accesslog WHERE id = {rows[2]}")
        assert not sealing.verify().whole

    def test_a_seal_that_was_published_and_is_gone_is_noticed(self) -> None:
        self._rows(2)
        _seal(2)
        truncate()
        assert not sealing.verify().whole

    def test_the_command_ends_with_one_when_the_chain_is_broken(self) -> None:
        rows = self._rows(2)
        _seal(2)
        call_command("verify_audit")
        _tamper(f"UPDATE core_accesslog SET action = 'x' WHERE id = {rows[0]}")
        with pytest.raises(SystemExit):
            call_command("verify_audit")

    def test_what_is_undone_is_logged_as_undone(self) -> None:
        with audit.trail(audit.Trail(actor_id=7)):
            try:
                with transaction.atomic():
                    audit.record("contact.logged")
                    raise ValueError
            except ValueError:
                audit.close("POST:contact-new", "rolled_back")
        assert list(AccessLog.objects.values_list("outcome", "actor_id")) == [("rolled_back", 7)]


def test_reading_a_case_is_one_row_with_its_references(cast: Cast) -> None:
    before = AccessLog.objects.count()
    cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/")
    rows = list(AccessLog.objects.order_by("pk")[before:])
    assert [(row.actor_id, row.relation, row.outcome, row.case_ref) for row in rows] == [
        (cast.owner.pk, "director", "allowed", cast.case.ref)
    ]
    assert cast.contact.ref in rows[0].objects_seen


def test_a_deputy_reads_on_behalf_of_the_director(cast: Cast) -> None:
    cast.client("deputy").get(f"/casussen/{cast.case.ref}/gezin/")
    row = AccessLog.objects.order_by("-pk")[0]
    assert (row.relation, row.on_behalf_of_id) == ("deputy", cast.owner.pk)
