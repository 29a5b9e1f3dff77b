"""Handing over what somebody had who leaves the body."""
