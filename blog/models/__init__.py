"""What is published: the words of this package."""

from blog.models.address import FormerAddress, FormerSeriesAddress, FormerTopicAddress
from blog.models.approval import Approval, ApprovalState, AuthorsText, LostBecause
from blog.models.autosave import Autosave
from blog.models.byline import PostByline
from blog.models.checklist import CheckItem, ChecklistRule, Need
from blog.models.draft import CommentState, DraftComment, HandIn, HandInKind
from blog.models.guest import GuestLink
from blog.models.image import Image, ImageUse
from blog.models.link import CheckedLink, LinkReason, LinkState
from blog.models.note import EditorNote, NoteKind
from blog.models.notice import Notice, NoticeKind, NoticeState, Severity
from blog.models.passage import Mark, Passage, PassagePosition, PositionStatus
from blog.models.piece import SitePiece, SitePieceVersion
from blog.models.ping import HubPing
from blog.models.pitch import Pitch, PitchState
from blog.models.post import BylineRole, Post, PostEvent, PostState, RelatedPost, Shown
from blog.models.preview import PreviewLink
from blog.models.proposal import EditProposal, ProposalState
from blog.models.publication import Publication
from blog.models.revision import EditLabel, Revision
from blog.models.series import Series, SeriesPart
from blog.models.topic import Discussion, Topic

__all__ = [
    "Approval",
    "ApprovalState",
    "AuthorsText",
    "Autosave",
    "BylineRole",
    "CheckItem",
    "CheckedLink",
    "ChecklistRule",
    "CommentState",
    "Discussion",
    "DraftComment",
    "EditLabel",
    "EditProposal",
    "EditorNote",
    "FormerAddress",
    "FormerSeriesAddress",
    "FormerTopicAddress",
    "GuestLink",
    "HandIn",
    "HandInKind",
    "HubPing",
    "Image",
    "ImageUse",
    "LinkReason",
    "LinkState",
    "LostBecause",
    "Mark",
    "Need",
    "NoteKind",
    "Notice",
    "NoticeKind",
    "NoticeState",
    "Passage",
    "PassagePosition",
    "Pitch",
    "PitchState",
    "PositionStatus",
    "Post",
    "PostByline",
    "PostEvent",
    "PostState",
    "PreviewLink",
    "ProposalState",
    "Publication",
    "RelatedPost",
    "Revision",
    "Series",
    "SeriesPart",
    "Severity",
    "Shown",
    "SitePiece",
    "SitePieceVersion",
    "Topic",
]
