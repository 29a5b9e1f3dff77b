"""Zhicheng 质城: the open platform on which a city runs its quality work."""

__version__ = "0.1.0"
