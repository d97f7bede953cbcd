"""What waits in the team's cases stands on the team leader's desk, in closed words."""

from casusregie.core import clock
from network.choices import SignalKind
from network.services import signal_send
from tests.cast import Cast
from tests.plans import make_line


def test_a_worry_and_an_unsigned_plan_stand_on_the_desk_without_their_text(cast: Cast) -> None:
    line = make_line(cast)
    line.offer()
    signal_send(role=line.housing, by=line.partner, kind=SignalKind.WORRY, text="Geschreeuw gehoord", now=clock.now())
    page = cast.client("leader").get("/caseload/wacht/").content.decode()
    assert "een partner maakt zich zorgen" in page
    assert "nog niet ondertekend" in page
    assert "Geschreeuw" not in page


def test_another_teams_leader_sees_nothing_of_it(cast: Cast) -> None:
    line = make_line(cast)
    line.offer()
    assert "Van Halteren" not in cast.client("other_leader").get("/caseload/wacht/").content.decode()
