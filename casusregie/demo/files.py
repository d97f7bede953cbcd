"""A photo at a contact, and a contact that stood in the wrong family: what every town has, and no seed tells of."""

from datetime import datetime
from io import BytesIO
from uuid import NAMESPACE_URL, uuid5

from PIL import Image, ImageDraw

from casusregie.core import audit
from casusregie.core.choices import Relation
from casusregie.demo.days import moment, workday
from casusregie.demo.telling import Municipality, story_ref
from families.models import Case
from network.choices import Channel, ContactOutcome, WithdrawalReason
from network.models import Contact
from network.services import ContactData, WithdrawalData, attachment_add, contact_log, contact_withdraw


def add_files(town: Municipality) -> None:
    """Both, in the two composed families, by who directs them."""
    garage = Case.objects.select_related("director").get(ref=story_ref("garage"))
    other = Case.objects.select_related("director").get(ref=story_ref("separation"))
    contact = Contact.objects.filter(case=garage, outcome=ContactOutcome.REACHED).order_by("-started_at", "-pk").first()
    if contact is None or garage.director is None or other.director is None:
        return
    by = garage.director
    with audit.trail(audit.Trail(actor_id=by.pk, relation=Relation.DIRECTOR, origin="demo")):
        data = letter()
        attachment_add(contact=contact, by=by, name="brief van de woningcorporatie.jpg", data=data, now=town.now)
    _wrong_family(other, town, moment(workday(town.today, -2), "11:20"))


def _wrong_family(case: Case, town: Municipality, at: datetime) -> None:
    """Logged here, seen at once, taken away again."""
    by = case.director
    if by is None:
        return
    body = "Gebeld over de intake. Dit gesprek was met een ander gezin."
    data = ContactData(started_at=at, channel=Channel.PHONE, duration_minutes=5, body=body)
    with audit.trail(audit.Trail(actor_id=by.pk, relation=Relation.DIRECTOR, origin="demo")):
        key = uuid5(NAMESPACE_URL, f"oosterwaard {case.ref} wrong family")
        sent = contact_log(case=case, by=by, data=data, key=key, now=at)
        contact = Contact.objects.get(ref=sent.url.rpartition("#c-")[2])
        contact_withdraw(contact=contact, by=by, data=WithdrawalData(None, WithdrawalReason.WRONG_FAMILY), now=at)


def letter() -> bytes:
    """A photo of a letter as a phone takes it: drawn, of nobody."""
    page = Image.new("RGB", (900, 1200), (222, 216, 205))
    draw = ImageDraw.Draw(page)
    draw.polygon([(70, 60), (850, 90), (830, 1150), (50, 1120)], fill=(250, 249, 245))
    draw.rectangle((130, 150, 330, 200), fill=(120, 140, 150))
    for line in range(22):
        long = 640 if line % 6 else 420
        draw.line((130, 300 + 34 * line, 130 + long, 306 + 34 * line), fill=(130, 130, 128), width=6)
    out = BytesIO()
    page.save(out, "JPEG", quality=80)
    return out.getvalue()
