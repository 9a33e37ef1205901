"""Messages of ours leave once; what nobody can tell is told, and a person decides."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.conftest import NOON
from tests.records.conftest import BRUNO, OFFICE
from tests.records.posting import (  # noqa: F401
    ELIF,
    HOUR,
    SYSTEM,
    connected_post,
    deliver,
    office_mailbox,
    open_problems,
    sending,
)
from tragitto.gateways.made_up import MadeUpPost
from tragitto.kernel.refusals import Blocked, NotAllowed
from tragitto.records import actions, ports, queries
from tragitto.records.models import Message, Outgoing, Trouble
from tragitto.records.vocabulary import OutgoingDecision, OutgoingState, Problem

pytestmark = pytest.mark.django_db


def test_it_leaves_as_it_was_kept(send, post):
    outgoing = deliver(send(actions.Draft((BRUNO, ELIF), "a", "b")))

    (parcel,) = post.sent
    assert (outgoing.state, outgoing.sent_at) == (OutgoingState.SENT, NOON)
    assert (parcel.sender, parcel.recipients) == (OFFICE, (BRUNO, ELIF))
    assert parcel.raw == queries.content(outgoing.message.raw)


def test_what_was_sent_is_not_sent_again(send, post):
    outgoing = send()

    for _try in range(3):
        deliver(outgoing)

    assert len(post.sent) == 1


def test_a_temporary_failure_is_tried_again_later_and_later(send, post):
    outgoing = send()
    pauses = []
    at = NOON
    for _try in range(4):
        post.fault = ports.SendingPostponed("Connection refused")
        outgoing = deliver(outgoing, at=at)
        pauses.append(outgoing.next_try_at - at)
        at = outgoing.next_try_at

    assert (outgoing.state, outgoing.tries) == (OutgoingState.QUEUED, 4)
    assert pauses == sorted(set(pauses))
    assert open_problems() == [Problem.SENDING_POSTPONED]
    assert (deliver(outgoing, at=at).state, open_problems()) == (OutgoingState.SENT, [])


def test_before_its_time_it_is_left_alone(send, post):
    post.fault = ports.SendingPostponed("Connection refused")
    outgoing = deliver(send())

    deliver(outgoing)

    assert post.sent == []


def test_a_lasting_refusal_is_a_trouble_and_never_tried_again(send, post):
    post.fault = ports.SendingRefused("recipient 1: 550 5.1.1")
    outgoing = deliver(send())

    deliver(outgoing, at=NOON + HOUR)

    assert (outgoing.state, post.sent) == (OutgoingState.REFUSED, [])
    assert (open_problems(), Trouble.objects.get().detail) == (
        [Problem.SENDING_REFUSED], "recipient 1: 550 5.1.1"
    )  # fmt: skip


def test_a_mailbox_without_a_connection_keeps_it_waiting(send, post):
    post.mailboxes.clear()

    assert deliver(send()).state == OutgoingState.QUEUED
    assert open_problems() == [Problem.SENDING_POSTPONED]


def test_a_line_that_breaks_on_the_way_leaves_it_uncertain(send, post):
    post.fault_afterwards = ports.SendingUncertain("SMTPServerDisconnected")

    outgoing = deliver(send())

    assert (outgoing.state, deliver(outgoing, at=NOON + HOUR).state) == (OutgoingState.UNCERTAIN,) * 2
    assert post.sent == []


def test_a_process_that_died_while_it_was_leaving_leaves_it_uncertain(send, post):
    outgoing = send()

    class Killed(BaseException):
        pass

    post.fault_afterwards = Killed()
    with pytest.raises(Killed):
        deliver(outgoing)
    died = Outgoing.objects.get().state
    taken_up = deliver(outgoing)

    assert (died, taken_up.state, post.sent) == (OutgoingState.SENDING, OutgoingState.UNCERTAIN, [])


def test_a_process_that_died_before_it_could_leave_leaves_it_queued(send, post):
    outgoing = send()

    class Killed(BaseException):
        pass

    post.fault = Killed()
    with pytest.raises(Killed):
        deliver(outgoing)

    assert deliver(outgoing).state == OutgoingState.SENT


def test_a_slow_process_that_was_given_up_still_tells_the_truth(send, post):
    outgoing = send()

    class Slow(MadeUpPost):
        def send(self, parcel, *, ready):
            ready()
            assert deliver(outgoing).state == OutgoingState.UNCERTAIN  # another process takes it up
            self.sent.append(parcel)

    ports.use(Slow(post.mailboxes))

    assert deliver(outgoing).state == OutgoingState.SENT


def test_two_processes_do_not_send_it_twice(send, post):
    outgoing = send()
    slow = MadeUpPost(post.mailboxes)

    class Quick(MadeUpPost):
        def send(self, parcel, *, ready):
            ports.use(slow)
            deliver(outgoing)  # another process is quicker
            ready()
            self.sent.append(parcel)

    quick = Quick(post.mailboxes)
    ports.use(quick)

    assert deliver(outgoing).state == OutgoingState.SENT
    assert len(slow.sent + quick.sent) == 1


# Looking after


def uncertain(send, post) -> Outgoing:
    post.fault_afterwards = ports.SendingUncertain("cut")
    return deliver(send())


def follow(at) -> list[str]:
    return actions.follow_outgoing(actor=SYSTEM, at=at)


def test_a_person_is_asked_about_the_uncertain_only_after_a_while(send, post):
    uncertain(send, post)

    follow(NOON + timedelta(minutes=1))
    soon = open_problems()
    follow(NOON + HOUR)

    assert (soon, open_problems()) == ([], [Problem.SENDING_UNCERTAIN])


def test_a_person_is_asked_once(send, post):
    uncertain(send, post)

    follow(NOON + HOUR)
    follow(NOON + HOUR * 2)

    assert Trouble.objects.get().tries == 1


def test_what_died_without_a_job_is_found(send):
    outgoing = send()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    Outgoing.objects.filter(pk=outgoing.pk).update(state=OutgoingState.SENDING, next_try_at=None)

    follow(NOON + timedelta(minutes=5))
    soon = Outgoing.objects.get().state
    follow(NOON + HOUR * 2)

    assert (soon, Outgoing.objects.get().state) == (OutgoingState.SENDING, OutgoingState.UNCERTAIN)


def test_what_waits_without_a_job_gets_one(send):
    outgoing = send()

    with_job = follow(NOON)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")

    assert (with_job, follow(NOON), follow(NOON)) == ([], [outgoing.code], [])


def test_carla_sends_the_uncertain_again_as_the_same_message(send, post, carla):
    outgoing = uncertain(send, post)
    follow(NOON + HOUR)

    actions.resend(outgoing=outgoing, reason="Nella casella non c'è.", actor=carla, at=NOON + HOUR)
    again = deliver(outgoing, at=NOON + HOUR)

    assert (again.state, open_problems(), Message.objects.count()) == (OutgoingState.SENT, [], 1)
    assert post.sent[0].raw == queries.content(outgoing.message.raw)
    assert again.interventions.get().decision == OutgoingDecision.RESENT


def test_what_was_refused_may_be_sent_again(send, post, carla):
    post.fault = ports.SendingRefused("sender: 552")
    outgoing = deliver(send())

    actions.resend(outgoing=outgoing, reason="La casella ha di nuovo posto.", actor=carla, at=NOON)

    assert deliver(outgoing).state == OutgoingState.SENT


def test_sending_again_takes_a_reason_a_right_and_a_doubt(send, post, carla, dario):
    outgoing = uncertain(send, post)
    with pytest.raises(Blocked):
        actions.resend(outgoing=outgoing, reason=" ", actor=carla, at=NOON)
    with pytest.raises(NotAllowed):
        actions.resend(outgoing=outgoing, reason="Perché sì.", actor=dario, at=NOON)
    actions.resend(outgoing=outgoing, reason="Non c'è.", actor=carla, at=NOON)
    deliver(outgoing)

    with pytest.raises(Blocked):
        actions.resend(outgoing=outgoing, reason="Ancora.", actor=carla, at=NOON)
    assert len(post.sent) == 1


def test_carla_settles_what_is_dealt_with(send, post, carla):
    outgoing = uncertain(send, post)
    follow(NOON + HOUR)

    settled = actions.settle(outgoing=outgoing, reason="Consegnata a mano.", actor=carla, at=NOON + HOUR)
    follow(NOON + HOUR * 2)

    assert (settled.state, open_problems()) == (OutgoingState.UNCERTAIN, [])
    with pytest.raises(Blocked):
        actions.settle(outgoing=outgoing, reason="Di nuovo.", actor=carla, at=NOON + HOUR)
