"""What is contested and decided: the words of this package."""

from editorial.models.asked import AuthorReply, Consultation, Question
from editorial.models.claim import Claim, FollowUp, FollowUpState
from editorial.models.decision import Decision, Finding, Remedy
from editorial.models.dispute import DeclineReason, Dispute, DisputeState, Grounds, Origin, Wish
from editorial.models.recalled import Recall, Recalled
from editorial.models.trail import DisputeEvent, DisputeEventKind, Evidence, Stance

__all__ = [
    "AuthorReply",
    "Claim",
    "Consultation",
    "Decision",
    "DeclineReason",
    "Dispute",
    "DisputeEvent",
    "DisputeEventKind",
    "DisputeState",
    "Evidence",
    "Finding",
    "FollowUp",
    "FollowUpState",
    "Grounds",
    "Origin",
    "Question",
    "Recall",
    "Recalled",
    "Remedy",
    "Stance",
    "Wish",
]
