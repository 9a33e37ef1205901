"""What is proven of a message of ours, addressee by addressee, in one word and the moment it is from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from tragitto.records.models import Message, Outgoing, Proof


@dataclass(frozen=True)
class ProofShown:
    """Where the proof for one addressee stands: `state` is a word of the list `proof`, since `since`."""

    proof: Proof
    state: str
    since: datetime | None
    receipt: Message | None = None


@dataclass(frozen=True)
class OutgoingShown:
    """A message of ours with its proofs."""

    outgoing: Outgoing
    proofs: list[ProofShown]

    @property
    def open_count(self) -> int:
        """How many addressees have not been reached for sure."""
        return sum(one.state not in ("delivered", "ordinary") for one in self.proofs)


def shown(outgoing: Iterable[Outgoing], overdue: Collection[int]) -> list[OutgoingShown]:
    """Messages of ours with the state of each proof; `overdue` are the keys of proofs that should be here."""
    return [
        OutgoingShown(
            one, [standing(proof, one, is_overdue=proof.pk in overdue) for proof in one.proofs.all()]
        )
        for one in outgoing
    ]


def standing(proof: Proof, outgoing: Outgoing, *, is_overdue: bool) -> ProofShown:
    """Where the proof for one addressee stands: the first of these that holds says it."""
    is_ordinary = bool(proof.accepted_at) and proof.is_certified is False
    for holds, state, since, receipt in (
        (proof.delivered_at, "delivered", proof.delivered_at, proof.delivery),
        (proof.failed_at, "failed", proof.failed_at, proof.failure),
        (is_overdue, "missing", outgoing.sent_at, proof.warning or proof.acceptance),
        (proof.warned_at, "warned", proof.warned_at, proof.warning),
        (is_ordinary, "ordinary", proof.accepted_at, proof.acceptance),
        (proof.accepted_at, "accepted", proof.accepted_at, proof.acceptance),
    ):
        if holds:
            return ProofShown(proof, state, since, receipt)
    return ProofShown(proof, "waiting", outgoing.sent_at)
