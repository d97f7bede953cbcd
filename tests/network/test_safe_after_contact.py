"""After a contact: *zo was het veilig* renews the way it went by, an attempt never does, and what is taken back lapses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from casusregie.core import clock
from families.models import Person, SafeAnswer, SafeContact
from families.services import WayData, safe_contact_add, safe_contact_answer
from network.models import Contact
from network.services import ContactData, WithdrawalData, contact_correct, contact_was_safe, contact_withdraw
from tests.cast import Cast, log, make_case

MINUTE = timedelta(minutes=1)


def _mother(cast: Cast) -> Person:
    return Person.objects.select_related("case", "party").get(party__ref=cast.mother)


def _today(cast: Cast) -> date:
    return clock.local_date(cast.now)


@pytest.fixture
def phone(cast: Cast) -> SafeContact:
    """Her telephone, of which nobody said yet whether it is safe."""
    return SafeContact.objects.get(person__party__ref=cast.mother)


def _tap(cast: Cast, contact: Contact, way: SafeContact, safe: str = "yes", who: str = "owner") -> HttpResponse:
    path = f"/casussen/{cast.case.ref}/contacten/{contact.ref}/veilig/"
    fields = {"person": cast.mother, "way": way.pk, "safe": safe, "next": f"/casussen/{cast.case.ref}/contacten/"}
    answer: Any = cast.client(who).post(path, fields)
    return answer  # type: ignore[no-any-return]


def _state(way: SafeContact) -> tuple[str, date | None]:
    way.refresh_from_db()
    return way.safe, way.confirmed_on


def test_the_page_after_saving_offers_it_and_one_tap_renews_the_date(cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.mother)
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/")
    assert "Zo was het veilig" in page.content.decode()
    assert [ask.contact_ref for ask in page.context["safe_asks"]] == [contact.ref, cast.contact.ref]
    answer = _tap(cast, contact, phone)
    assert answer.status_code == 302 and answer["Location"].endswith("/contacten/")
    assert _state(phone) == ("yes", _today(cast))
    asks = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/{contact.ref}/").context["safe_asks"]
    assert [(ask.said, ask.answer) for ask in asks] == [("yes", "dit was veilig")]


def test_a_double_tap_is_one_answer(cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.mother)
    for _twice in range(2):
        assert _tap(cast, contact, phone).status_code == 302
    assert SafeAnswer.objects.filter(way=phone, source=contact.ref).count() == 1


def test_not_safe_counts_at_once_and_says_what_to_do(cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.mother)
    _tap(cast, contact, phone)
    _tap(cast, contact, phone, "no")
    assert _state(phone) == ("no", _today(cast))
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/").content.decode()
    assert "Gebruik deze manier niet meer." in page


@pytest.mark.parametrize("outcome", ["no_answer", "voicemail", "not_home", "no_show"])
def test_an_attempt_never_renews(outcome: str, cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.mother, body="", outcome=outcome)
    asks = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/{contact.ref}/").context["safe_asks"]
    assert asks == []
    _tap(cast, contact, phone)
    assert _state(phone) == ("unknown", None)
    with pytest.raises(ValidationError):
        contact_was_safe(
            contact=contact, person=_mother(cast), way_id=phone.pk, safe="yes", by=cast.owner, now=cast.now
        )


@pytest.mark.parametrize("channel", ["app", "mail", "letter", "visit", "office", "meeting", "other"])
def test_a_contact_by_another_way_says_nothing_of_the_telephone(channel: str, cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.mother, channel=channel)
    _tap(cast, contact, phone)
    assert _state(phone) == ("unknown", None)


def test_a_way_that_is_not_noted_yet_is_offered_to_be_noted(cast: Cast) -> None:
    contact = log(cast.case, cast.owner, cast.mother, channel="app")
    page = cast.client("owner").get(f"/casussen/{cast.case.ref}/contacten/{contact.ref}/")
    (ask,) = page.context["safe_asks"]
    assert ask.way_id is None and ask.add_url.endswith(f"/gezin/{cast.mother}/bereiken/?hoe=app")
    assert cast.client("owner").get(ask.add_url).context["form"]["channel"].value() == "app"


def test_who_did_not_take_part_is_not_renewed(cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.daughter)
    _tap(cast, contact, phone)
    assert _state(phone) == ("unknown", None)


def test_an_older_contact_renews_to_its_own_day_and_never_undoes_a_newer_answer(cast: Cast, phone: SafeContact) -> None:
    new = log(cast.case, cast.owner, cast.mother)
    old = log(cast.case, cast.owner, cast.mother, started_at=cast.now - timedelta(days=6))
    _tap(cast, old, phone)
    assert _state(phone) == ("yes", _today(cast) - timedelta(days=6))
    _tap(cast, new, phone, "no")
    _tap(cast, old, phone, "no")
    _tap(cast, old, phone, "yes")
    assert _state(phone) == ("no", clock.local_date(new.started_at))


def test_with_two_numbers_the_last_digits_tell_them_apart_for_stewards_only(cast: Cast) -> None:
    safe_contact_add(person=_mother(cast), way=WayData(value="06 00112288"), by=cast.owner)
    path = f"/casussen/{cast.case.ref}/contacten/"
    for who in ("owner", "second"):
        log(cast.case, getattr(cast, who), cast.mother)
    hows = [ask.how for ask in cast.client("owner").get(path).context["safe_asks"]][:2]
    assert hows == ["telefoon eindigend op 233", "telefoon eindigend op 288"]
    assert cast.client("second").get(path).context["safe_asks"] == []


def test_a_second_worker_says_it_of_her_own_contact(cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.second, cast.mother)
    assert _tap(cast, contact, phone, who="second").status_code == 302
    assert SafeAnswer.objects.get(way=phone).noted_by == cast.second


def _correct(cast: Cast, contact: Contact, **more: object) -> None:
    values: dict[str, object] = {
        "started_at": contact.started_at,
        "channel": "phone",
        "participants": [cast.mother],
        "body": "Anders.",
        **more,
    }
    data = ContactData(**values)  # type: ignore[arg-type]
    contact_correct(contact=contact, by=cast.owner, data=data, reason="Vergist", seen_version=1, now=cast.now)


@pytest.mark.parametrize("said", ["yes", "no"])
@pytest.mark.parametrize(
    "change",
    [
        {"outcome": "no_answer", "body": ""},
        {"channel": "visit"},
        {"participants": []},
        {"started_at": "earlier"},
    ],
)
def test_a_correction_takes_back_what_the_contact_said(
    change: dict[str, object], said: str, cast: Cast, phone: SafeContact
) -> None:
    before = log(cast.case, cast.owner, cast.mother, started_at=cast.now - timedelta(days=9))
    contact = log(cast.case, cast.owner, cast.mother)
    _tap(cast, before, phone)
    _tap(cast, contact, phone, said)
    earlier = cast.now - timedelta(days=40 if said == "yes" else 1)
    stands: tuple[str, date | None] = ("yes", clock.local_date(before.started_at))
    if said == "no":
        # An older yes is never an answer to a no: what was not safe stays so on its own day, or is to be asked anew.
        stands = ("no", clock.local_date(earlier)) if "started_at" in change else ("unknown", None)
    _correct(cast, contact, **({"started_at": earlier} if "started_at" in change else change))
    assert _state(phone) == stands


def test_a_no_that_lapsed_is_answered_by_a_later_yes(cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.mother, started_at=cast.now - timedelta(days=3))
    _tap(cast, contact, phone, "no")
    _correct(cast, contact, channel="visit")
    _tap(cast, log(cast.case, cast.owner, cast.mother, started_at=cast.now - timedelta(days=4)), phone)
    assert _state(phone) == ("unknown", None)
    _tap(cast, log(cast.case, cast.owner, cast.mother), phone)
    assert _state(phone) == ("yes", _today(cast))


def test_a_no_that_lapsed_leaves_an_earlier_no(cast: Cast, phone: SafeContact) -> None:
    before = log(cast.case, cast.owner, cast.mother, started_at=cast.now - timedelta(days=9))
    contact = log(cast.case, cast.owner, cast.mother)
    for one in (before, contact):
        _tap(cast, one, phone, "no")
    _correct(cast, contact, channel="visit")
    assert _state(phone) == ("no", clock.local_date(before.started_at))


def test_the_own_no_of_a_director_stands_when_a_contact_that_said_the_same_is_taken_back(
    cast: Cast, phone: SafeContact
) -> None:
    contact = log(cast.case, cast.owner, cast.mother)
    _tap(cast, log(cast.case, cast.owner, cast.mother, started_at=cast.now - timedelta(days=9)), phone)
    _tap(cast, contact, phone, "no")
    own = {"safe": "no", "said_on": _today(cast), "by": cast.owner, "now": cast.now}
    for _twice in range(2):
        safe_contact_answer(person=_mother(cast), way_id=phone.pk, **own)  # type: ignore[arg-type]
    assert SafeAnswer.objects.filter(way=phone, source="", safe="no").count() == 1
    _correct(cast, contact, channel="visit")
    assert _state(phone) == ("no", _today(cast))


def test_a_correction_of_words_leaves_it(cast: Cast, phone: SafeContact) -> None:
    contact = log(cast.case, cast.owner, cast.mother)
    _tap(cast, contact, phone)
    _correct(cast, contact)
    assert _state(phone) == ("yes", _today(cast))


def test_contacts_that_were_of_another_family_say_nothing_any_more(cast: Cast, phone: SafeContact) -> None:
    other = make_case(cast.owner, "Ander gezin")
    contacts = [log(cast.case, cast.owner, cast.mother) for _twice in range(2)]
    for contact in contacts:
        _tap(cast, contact, phone)
    for contact in contacts:
        contact_withdraw(contact=contact, by=cast.owner, data=WithdrawalData(other, "wrong_family"), now=cast.now)
    assert _state(phone) == ("unknown", None)
    said = SafeAnswer.objects.filter(way=phone).order_by("pk").values_list("safe", flat=True)
    assert list(said) == ["yes", "yes", "unknown", "unknown"]


def test_an_answer_that_is_none_is_answered_in_words(cast: Cast, phone: SafeContact) -> None:
    path = f"/casussen/{cast.case.ref}/contacten/{cast.contact.ref}/veilig/"
    client = cast.client("owner")
    for fields in (
        {},
        {"person": cast.mother, "way": "x", "safe": "yes"},
        {"person": cast.mother, "way": 1, "safe": "?"},
    ):
        assert "Kies of dit veilig is." in client.post(path, fields, follow=True).content.decode()
    assert _state(phone) == ("unknown", None)
