"""Who is out of sight: the rule as a table, the same rule read plainly over random histories, and what keeps to it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import ngettext

from casusregie.core import clock
from casusregie.core.choices import Right
from casusregie.reminders.models import Promise, Reminder
from casusregie.reminders.services import sweep
from families.access import case_for, scope_for, team_scope_for
from families.models import Case, Person
from families.services import PersonData, person_add
from network.choices import PROPOSED_DAYS, VoiceMode
from network.models import Contact, VoiceChoice
from network.selectors import VoiceView, every, out_of_sight, out_of_sight_counts, unreached_twice, voices_of
from network.services import (
    VoiceData,
    contact_correct,
    follow_up_make,
    voice_choose,
    voice_choose_once,
    voices_reconcile_all,
)
from network.services.contact import ContactData
from tests.cast import Cast, log, make_case


@dataclass
class Family:
    """One case with a child, her mother and a teacher's sister; days are counted back from today."""

    cast: Cast
    case: Case
    child: Person
    mother: Person
    now: datetime = field(default_factory=clock.now)

    def ago(self, days: int, hour: int = 10) -> datetime:
        """That many days ago, at an hour in the Netherlands."""
        return datetime.combine(clock.local_date(self.now) - timedelta(days=days), time(hour), clock.LOCAL)

    def contact(self, days: int, *people: Person, **fields: object) -> Contact:
        """Something that was logged about that day."""
        refs = [person.party.ref for person in people]
        return log(self.case, self.cast.owner, *refs, started_at=self.ago(days), **fields)

    def choose(self, mode: str, days_ago: int = 0, **data: object) -> None:
        """What was chosen for the child, that many days ago."""
        values = VoiceData(mode=mode, reason="Omdat het zo past.", **data)  # type: ignore[arg-type]
        voice_choose(case=self.case, by=self.cast.owner, person=self.child, data=values, now=self.ago(days_ago))

    def voice(self) -> VoiceView | None:
        """The child's voice as it is now."""
        found = [one for one in voices_of(self.case, self.now) if one.party_ref == self.child.party.ref]
        return found[0] if found else None


def make_family(cast: Cast, intensity: str = "orange", opened: int = 100, home: bool = True) -> Family:
    """A family that was opened that many days ago."""
    day = clock.local_date(clock.now()) - timedelta(days=opened)
    case = make_case(cast.owner, "Zomer", intensity=intensity, opened_on=day)
    persons = [
        person_add(case=case, data=PersonData(given_name=name, in_household=home), by=cast.owner)
        for name in ("Kim", "Moniek")
    ]
    return Family(cast, case, *persons)


def state(family: Family) -> str:
    """In one word."""
    voice = family.voice()
    if voice is None:
        return "gone"
    if voice.is_out_of_sight:
        return "out"
    if voice.is_review_due:
        return "review"
    if voice.mode == VoiceMode.PAUSED:
        return "paused"
    return "in" if voice.mode else "unchosen"


def _withdraw(family: Family) -> None:
    contact = family.contact(3, family.child)
    contact.withdrawn_at, contact.withdrawn_by_id, contact.withdrawal_reason = (
        family.now,
        family.cast.owner.pk,
        "Ander gezin",
    )
    contact.save()


def _correct(family: Family) -> None:
    contact = family.contact(3, family.child)
    data = ContactData(
        started_at=contact.started_at, channel="phone", participants=[family.mother.party.ref], body="Zij."
    )
    contact_correct(contact=contact, by=family.cast.owner, data=data, reason="Wie", seen_version=1, now=family.now)


def _die(family: Family) -> None:
    family.child.died_on = clock.local_date(family.now)
    family.child.save()


def _close(family: Family) -> None:
    family.case.status, family.case.closed_on = "closed", clock.local_date(family.now)
    family.case.save()


def _day(family: Family, ahead: int):  # type: ignore[no-untyped-def]
    return clock.local_date(family.now) + timedelta(days=ahead)


def _paused(family: Family, chosen: int, review: int) -> None:
    """A pause as it was written down then, whatever today is."""
    VoiceChoice.objects.create(
        case=family.case,
        party=family.child.party,
        mode=VoiceMode.PAUSED,
        reason="Rust na de zitting.",
        review_on=_day(family, review),
        chosen_by=family.cast.owner,
        chosen_at=family.ago(chosen),
    )


Tell = Callable[[Family], object]
RHYTHM = {"mode": "rhythm", "every_days": 10}
# What happened (days ago), how the case stands, and what is true today.
TABLE: dict[str, tuple[dict[str, object], Tell, str]] = {
    "orange proposes 14 days: heard 14 days ago": ({}, lambda f: f.contact(14, f.child), "in"),
    "orange proposes 14 days: heard 15 days ago": ({}, lambda f: f.contact(15, f.child), "out"),
    "red proposes 7 days: heard 7 days ago": ({"intensity": "red"}, lambda f: f.contact(7, f.child), "in"),
    "red proposes 7 days: heard 8 days ago": ({"intensity": "red"}, lambda f: f.contact(8, f.child), "out"),
    "green proposes 30 days: heard 30 days ago": ({"intensity": "green"}, lambda f: f.contact(30, f.child), "in"),
    "green proposes 30 days: heard 31 days ago": ({"intensity": "green"}, lambda f: f.contact(31, f.child), "out"),
    "never heard counts from the opening: in time": ({"opened": 14}, lambda f: None, "in"),
    "never heard counts from the opening: too long": ({"opened": 15}, lambda f: None, "out"),
    "an attempt is not heard": ({}, lambda f: f.contact(1, f.child, outcome="no_answer"), "out"),
    "somebody else was spoken to": ({}, lambda f: f.contact(1, f.mother), "out"),
    "her own words were written down": ({}, lambda f: f.contact(1, f.mother, body="@Kim: Ik wil naar oma."), "in"),
    "a withdrawn contact is not heard": ({}, _withdraw, "out"),
    "a corrected contact counts as it is now": ({}, _correct, "out"),
    "who lives elsewhere is not proposed for": ({"home": False}, lambda f: None, "unchosen"),
    "a chosen rhythm: in time": ({}, lambda f: (f.choose(days_ago=50, **RHYTHM), f.contact(10, f.child)), "in"),
    "a chosen rhythm: too long": ({}, lambda f: (f.choose(days_ago=50, **RHYTHM), f.contact(11, f.child)), "out"),
    "never heard counts from the choice": ({}, lambda f: f.choose(days_ago=10, **RHYTHM), "in"),
    "never heard since the choice: too long": ({}, lambda f: f.choose(days_ago=11, **RHYTHM), "out"),
    "choosing does not make heard": ({}, lambda f: (f.contact(40, f.child), f.choose(**RHYTHM)), "out"),
    "the newest choice counts": (
        {},
        lambda f: (f.choose(days_ago=50, **RHYTHM), f.choose("rhythm", every_days=60), f.contact(40, f.child)),
        "in",
    ),
    "via: whom it goes through was spoken to": (
        {},
        lambda f: (f.choose("via", 50, every_days=10, via=f.mother.party.ref), f.contact(2, f.mother)),
        "in",
    ),
    "via: she was reached by nobody": (
        {},
        lambda f: (
            f.choose("via", 50, every_days=10, via=f.mother.party.ref),
            f.contact(2, f.mother, outcome="voicemail"),
        ),
        "out",
    ),
    "too young: who speaks was spoken to": (
        {},
        lambda f: (f.choose("too_young", 50, every_days=10, via=f.mother.party.ref), f.contact(2, f.mother)),
        "in",
    ),
    "too young: seen by herself counts too": (
        {},
        lambda f: (f.choose("too_young", 50, every_days=10, via=f.mother.party.ref), f.contact(2, f.child)),
        "in",
    ),
    "a pause that runs": ({}, lambda f: _paused(f, 90, 1), "paused"),
    "a pause to look at today": ({}, lambda f: _paused(f, 90, 0), "review"),
    "a pause that is over": ({}, lambda f: _paused(f, 90, -9), "review"),
    "who died is not a voice": ({}, _die, "gone"),
    "nobody is out of sight in a closed case": ({}, _close, "in"),
    "aftercare has its rhythm": ({"intensity": "green"}, lambda f: Case.objects.update(status="aftercare"), "out"),
}


@pytest.mark.parametrize("name", TABLE)
def test_the_rule(cast: Cast, name: str) -> None:
    """Each row of the table."""
    traits, tell, expected = TABLE[name]
    family = make_family(cast, **traits)  # type: ignore[arg-type]
    tell(family)
    assert state(family) == expected
    asking = {voice.party_ref for voice in out_of_sight(scope_for(cast.owner, family.now), family.now)}
    assert (family.child.party.ref in asking) == (expected in {"out", "review"})


def test_random_histories_give_what_the_rule_says_in_plain_words(cast: Cast) -> None:
    """Forty families with contacts, attempts and choices at random, against the rule in six lines of Python."""
    rng = random.Random(7)
    for _number in range(40):
        colour = rng.choice(["red", "orange", "green"])
        family = make_family(cast, intensity=colour, opened=rng.randint(0, 120))
        heard, days, chosen = [], PROPOSED_DAYS[colour], None
        for _contact in range(rng.randint(0, 4)):
            ago, person = rng.randint(0, 60), rng.choice([family.child, family.mother])
            outcome = rng.choice(["reached", "no_answer"])
            family.contact(ago, person, outcome=outcome)
            if person is family.child and outcome == "reached":
                heard.append(ago)
        if rng.random() < 0.5:
            days, chosen = rng.randint(1, 40), rng.randint(0, 60)
            family.choose("rhythm", chosen, every_days=days)
        opened = (clock.local_date(family.now) - family.case.opened_on).days
        silent = min(heard) if heard else opened if chosen is None else min(opened, chosen)
        assert state(family) == ("out" if silent > days else "in")


def test_what_the_page_says(cast: Cast) -> None:
    family = make_family(cast)
    family.contact(20, family.child, channel="visit")
    voice = family.voice()
    assert voice is not None
    assert (voice.mode_label, voice.is_proposed, voice.how) == (every(14), True, "bezoek")
    assert voice.due_on == clock.local_date(family.ago(6))
    assert voice.last_heard == "20 dagen geleden"


def test_via_says_through_whom(cast: Cast) -> None:
    family = make_family(cast)
    family.choose("via", 3, every_days=7, via=family.mother.party.ref)
    family.contact(1, family.mother)
    voice = family.voice()
    assert voice is not None
    assert voice.how.endswith("via Moniek")


def test_the_words_of_a_closed_statement_are_not_told_by_the_page(cast: Cast) -> None:
    """The second worker learns that the child was heard, not that there are words she may not read."""
    page = cast.client("second").get(f"/casussen/{cast.case.ref}/stemmen/").content.decode()
    assert "Noor" in page
    assert "Dit weet alleen jij" not in page


def test_who_chooses(cast: Cast) -> None:
    url = f"/casussen/{cast.case.ref}/stemmen/{cast.daughter}/"
    answers = {
        name: cast.client(name).get(url).status_code for name in ("owner", "deputy", "second", "leader", "stranger")
    }
    assert answers == {"owner": 200, "deputy": 200, "second": 403, "leader": 403, "stranger": 404}


def test_choosing_by_the_form(cast: Cast) -> None:
    client, url = cast.client("owner"), f"/casussen/{cast.case.ref}/stemmen/{cast.daughter}/"
    sent = {"mode": "too_young", "rhythm": "14", "via": cast.mother, "reason": "Zij is twee.", "key": str(uuid4())}
    for _twice in range(2):
        assert client.post(url, sent).status_code == 302
    row = VoiceChoice.objects.get()
    assert (row.mode, row.every_days, row.via.ref if row.via else "") == ("too_young", 14, cast.mother)
    assert client.post(url, {**sent, "reason": "Iets anders."}).status_code == 409
    assert every(14) in client.get(f"/casussen/{cast.case.ref}/stemmen/").content.decode()


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"mode": "paused"}, "review_on"),
        ({"mode": "paused", "review_on": "2020-01-01"}, "review_on"),
        ({"mode": "paused", "review_on": "2999-01-01"}, "review_on"),
        ({"mode": "via", "rhythm": "7"}, "via"),
        ({"mode": "rhythm"}, "rhythm"),
        ({"mode": "rhythm", "rhythm": "other"}, "other_days"),
        ({"mode": "rhythm", "rhythm": "other", "other_days": "9999"}, "other_days"),
        ({"rhythm": "7"}, "mode"),
        ({"mode": "rhythm", "rhythm": "7", "reason": ""}, "reason"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast: Cast, sent: dict[str, str], name: str) -> None:
    url = f"/casussen/{cast.case.ref}/stemmen/{cast.daughter}/"
    answer = cast.client("owner").post(url, {"reason": "Daarom zo.", **sent})
    assert answer.status_code == 422
    assert name in answer.context["form"].errors
    assert sent.get("reason", "Daarom zo.") in answer.content.decode()


def test_nobody_chooses_for_who_died_or_through_a_stranger(cast: Cast) -> None:
    family, other = make_family(cast), make_family(cast)
    with pytest.raises(ValidationError):
        family.choose("via", every_days=7, via=other.mother.party.ref)
    with pytest.raises(ValidationError):
        family.choose("via", every_days=7, via=family.child.party.ref)
    _die(family)
    with pytest.raises(ValidationError):
        family.choose("rhythm", every_days=7)


def test_another_reason_under_the_same_key_is_refused(cast: Cast) -> None:
    family, key = make_family(cast), uuid4()
    values = {"case": family.case, "by": cast.owner, "person": family.child, "key": key, "now": family.now}
    first = voice_choose_once(data=VoiceData("rhythm", "Zo.", 7), **values)  # type: ignore[arg-type]
    assert not voice_choose_once(data=VoiceData("rhythm", "Zo.", 7), **values).new  # type: ignore[arg-type]
    assert first.new


def test_one_query_however_long_the_lists(cast: Cast) -> None:
    access = case_for(cast.owner, cast.case.ref, Right.CASE_VIEW, cast.now)
    scope = scope_for(cast.owner, cast.now)
    for number in (1, 8):
        for _family in range(number):
            make_family(cast)
        for ask in (
            lambda: voices_of(access, cast.now),
            lambda: out_of_sight(scope, cast.now),
            lambda: out_of_sight_counts(scope, cast.now),
            lambda: unreached_twice(scope, cast.now),
        ):
            with CaptureQueriesContext(connection) as queries:
                ask()
            assert len(queries) == 1


def test_the_team_leader_gets_counts_in_closed_words(cast: Cast) -> None:
    family = make_family(cast)
    _paused(family, 50, -1)
    scope = team_scope_for(cast.leader)
    assert (family.case.ref, "Zomer", 1, 1) in out_of_sight_counts(scope, family.now)
    page = cast.client("leader").get("/caseload/wacht/").content.decode()
    assert ngettext("%(n)s voice out of sight", "%(n)s voices out of sight", 1) % {"n": 1} in page
    assert "Moniek" not in page
    assert "Zomer" not in cast.client("other_leader").get("/caseload/wacht/").content.decode()


# --- Promises --------------------------------------------------------------------------------------------------------


def _promises(family: Family) -> dict[str, datetime]:
    rows = Promise.objects.filter(kind="voice", case_ref=family.case.ref, settled_at__isnull=True)
    return dict(rows.values_list("ref", "due_at"))


def test_the_nightly_round_makes_the_promises_and_twice_is_once(cast: Cast) -> None:
    family = make_family(cast, opened=3)
    assert voices_reconcile_all(now=family.now) > 0
    due = datetime.combine(_day(family, 12), time(8), clock.LOCAL)
    assert _promises(family) == {family.child.party.ref: due, family.mother.party.ref: due}
    assert voices_reconcile_all(now=family.now) == 0
    assert voices_reconcile_all(now=family.now + timedelta(days=30)) == 0


def test_what_fell_due_before_it_was_known_climbs_the_ladder_from_now(cast: Cast) -> None:
    """The first night with an old case tells its director, not at once her team leader too."""
    family = make_family(cast)
    Promise.objects.all().delete()
    voices_reconcile_all(now=family.now)
    sweep(now=family.now)
    rungs = Reminder.objects.filter(promise__case_ref=family.case.ref).values_list("rung", flat=True)
    assert set(rungs) == {0}
    voices_reconcile_all(now=family.now + timedelta(days=15))
    sweep(now=family.now + timedelta(days=15))
    rungs = Reminder.objects.filter(promise__case_ref=family.case.ref).values_list("rung", flat=True)
    assert set(rungs) == {0, 2}


def test_the_voices_of_one_night_are_one_mail_and_each_a_message(cast: Cast) -> None:
    """Fifteen empty mails on one morning are read by nobody."""
    families = [make_family(cast), make_family(cast)]
    Promise.objects.all().delete()
    voices_reconcile_all(now=families[0].now)
    mail.outbox.clear()
    assert sweep(now=families[0].now) == 4
    assert [message.to for message in mail.outbox] == [[cast.owner.email]]
    assert Reminder.objects.filter(recipient=cast.owner, sent_at__isnull=False).count() == 4
    sweep(now=families[0].now)
    assert len(mail.outbox) == 1


def test_a_mail_of_several_that_is_refused_is_asked_again_for_all_of_them(cast: Cast, settings) -> None:  # type: ignore[no-untyped-def]
    family = make_family(cast)
    Promise.objects.all().delete()
    voices_reconcile_all(now=family.now)
    working, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert sweep(now=family.now) == 0
    assert set(Reminder.objects.values_list("tries", "sent_at")) == {(1, None)}
    settings.EMAIL_BACKEND = working
    mail.outbox.clear()
    assert sweep(now=family.now + timedelta(minutes=5)) == 2
    assert len(mail.outbox) == 1


def test_a_contact_and_a_choice_move_the_promise_at_once(cast: Cast) -> None:
    family = make_family(cast)
    voices_reconcile_all(now=family.now)
    family.contact(0, family.child)
    assert _promises(family)[family.child.party.ref] == datetime.combine(_day(family, 15), time(8), clock.LOCAL)
    family.choose("paused", review_on=_day(family, 40))
    assert _promises(family)[family.child.party.ref] == datetime.combine(_day(family, 40), time(8), clock.LOCAL)


@pytest.mark.parametrize("end", [_die, _close])
def test_who_asks_nothing_any_more_is_settled_and_not_told(cast: Cast, end: Tell) -> None:
    family = make_family(cast)
    voices_reconcile_all(now=family.now)
    end(family)
    sweep(now=family.now)
    told = Reminder.objects.filter(promise__ref=family.child.party.ref)
    assert not told.exists()
    voices_reconcile_all(now=family.now)
    assert family.child.party.ref not in _promises(family)


def test_a_voice_that_was_heard_meanwhile_is_not_told(cast: Cast) -> None:
    family = make_family(cast)
    voices_reconcile_all(now=family.now)
    family.contact(0, family.child)
    sweep(now=family.now + timedelta(minutes=1))
    assert not Reminder.objects.filter(promise__ref=family.child.party.ref).exists()


# --- Attempts in a row -----------------------------------------------------------------------------------------------


def _unreached(family: Family) -> list[tuple[str, int]]:
    found = unreached_twice(scope_for(family.cast.owner, family.now), family.now)
    return [(one.name, one.times) for one in found if one.case_ref == family.case.ref]


def test_two_attempts_in_a_row_stand_by_name(cast: Cast) -> None:
    family = make_family(cast)
    family.contact(3, family.mother, outcome="no_answer")
    assert _unreached(family) == []
    family.contact(2, family.mother, outcome="voicemail")
    assert _unreached(family) == [("Moniek", 2)]


def test_attempts_that_name_nobody_stand_for_the_case(cast: Cast) -> None:
    family = make_family(cast)
    for ago in (4, 3, 2):
        family.contact(ago, outcome="not_home")
    assert _unreached(family) == [("", 3)]


@pytest.mark.parametrize("what", ["reached", "another reached", "withdrawn", "follow-up", "old", "closed"])
def test_what_takes_them_off_the_desk(cast: Cast, what: str) -> None:
    family = make_family(cast)
    days = 70 if what == "old" else 4
    family.contact(days, family.mother, outcome="no_answer")
    last = family.contact(days - 1, family.mother, outcome="no_answer")
    if what == "reached":
        family.contact(1, family.mother)
    elif what == "another reached":
        family.contact(1, family.child)
    elif what == "withdrawn":
        last.withdrawn_at, last.withdrawal_reason = family.now, "Ander gezin"
        last.save()
    elif what == "follow-up":
        later = clock.now()
        due = _day(family, 2)
        follow_up_make(case=family.case, by=cast.owner, due_on=due, text="Langsgaan", key=uuid4(), now=later)
    elif what == "closed":
        _close(family)
    assert _unreached(family) == ([("Moniek", 2)] if what == "another reached" else [])
