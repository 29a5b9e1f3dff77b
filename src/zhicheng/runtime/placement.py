"""Where the embedded server's directories lie, and to whom they belong."""

import os
import shutil
import tempfile

from zhicheng.runtime.account import Account
from zhicheng.runtime.binaries import SHARED_DIR
from zhicheng.runtime.fault import RuntimeFault
from zhicheng.runtime.home import Home


class PlacementError(RuntimeFault):
    """A directory of the server is somebody else's."""


def remove_home(home: Home) -> None:
    """Delete a home with all it holds, also what lies outside its path. The server must be stopped."""
    for directory in (home.socket_dir, home.postgres_dir.resolve(), home.path):
        shutil.rmtree(directory, ignore_errors=True)


def place(home: Home, account: Account | None) -> None:
    """Make the server's directories, owned by its account; outside home if the account cannot enter there."""
    is_new = not (home.postgres_dir.exists() or home.postgres_dir.is_symlink())
    if account and is_new and not account.can_enter(home.path):
        SHARED_DIR.mkdir(mode=0o755, exist_ok=True)
        # A fresh name each time: an old home of the same path must not come back to life.
        home.postgres_dir.symlink_to(tempfile.mkdtemp(prefix=f"{home.digest}-", dir=SHARED_DIR))
    for directory in (home.postgres_dir.resolve(), home.socket_dir):
        directory.mkdir(mode=0o700, exist_ok=True)
        owner = account.uid if account else os.geteuid()
        if directory.is_symlink() or directory.stat().st_uid not in (owner, os.geteuid()):
            raise PlacementError(f"{directory} belongs to somebody else; remove it or move ZHICHENG_HOME")
        if account:
            account.own(directory)
