"""Deleting what a case says of people: when its time has come, or because somebody asks."""
