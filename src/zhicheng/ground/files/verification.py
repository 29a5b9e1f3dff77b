"""Whether the disk still holds what the database says."""

from dataclasses import dataclass

from zhicheng.ground.files.blobs import hash_of, stored_hashes
from zhicheng.ground.files.models import StoredFile


@dataclass(frozen=True)
class FilesReport:
    """SHA-256 names of content that is gone, differs, or that no row names (left by an aborted upload)."""

    checked: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    unreferenced: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every stored file is there and unchanged."""
        return not self.missing and not self.changed


def verify_files() -> FilesReport:
    """Reads every stored file and compares its hash; what is unreferenced may be given to `discard_blob`."""
    on_disk = set(stored_hashes())
    named = list(StoredFile.objects.order_by("id").values_list("sha256", flat=True))
    found = {sha256: hash_of(sha256) for sha256 in named}
    return FilesReport(
        checked=len(named),
        missing=tuple(sha256 for sha256 in named if found[sha256] is None),
        changed=tuple(sha256 for sha256 in named if found[sha256] not in (None, sha256)),
        unreferenced=tuple(sorted(on_disk.difference(named))),
    )
