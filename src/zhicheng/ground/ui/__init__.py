"""The one layout: records, lists, inbox, navigation."""
