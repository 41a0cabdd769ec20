"""What somebody who only asks about a child would try: each attack by its name, and that it leads nowhere."""

from laget.demo.cast import Cast, Family
from laget.families.access import visible_children, visible_siblings
from laget.families.models import Sibling
from laget.sight.models import Seat, SeatKind


def test_asking_about_a_child_does_not_tell_whose_sibling_it_is(cast: Cast, family: Family, as_app):
    """Omar helps one child. He asks about another: that the two are linked would tell that the other was known."""
    first, second = sorted((cast.child, family.child))
    Sibling.objects.create(child_id=first, sibling_id=second, registered_by=cast.kari.person)
    Seat.objects.create(
        child_id=family.child, person_id=cast.omar.person, kind=SeatKind.ASKING, position_id=cast.omar.position,
        origin="asking",
    )  # fmt: skip
    with as_app(cast.omar.actor):
        assert visible_children(cast.omar.actor).count() == 2
        assert not visible_siblings(cast.omar.actor).exists()
        assert not Sibling.objects.exists()
