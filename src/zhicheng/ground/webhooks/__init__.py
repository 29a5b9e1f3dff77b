"""Telling other systems what happened, by signed requests to addresses that they name."""
