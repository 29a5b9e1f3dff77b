"""What other apps may use of files."""

from zhicheng.ground.files.intake import Checked, FileRefused, accept_upload
from zhicheng.ground.files.kinds import EVIDENCE, IMAGES, PDF, FileKind
from zhicheng.ground.files.models import Attachment, StoredFile
from zhicheng.ground.files.queries import get_attachment, list_attachments, open_file
from zhicheng.ground.files.responses import file_response, thumbnail_response
from zhicheng.ground.files.services import attach, discard_blob, empty_attachments
from zhicheng.ground.files.verification import FilesReport, verify_files

__all__ = [
    "EVIDENCE",
    "IMAGES",
    "PDF",
    "Attachment",
    "Checked",
    "FileKind",
    "FileRefused",
    "FilesReport",
    "StoredFile",
    "accept_upload",
    "attach",
    "discard_blob",
    "empty_attachments",
    "file_response",
    "get_attachment",
    "list_attachments",
    "open_file",
    "thumbnail_response",
    "verify_files",
]
