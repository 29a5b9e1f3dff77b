"""What a running deployment stands on: its home directory, database server, processes and self-diagnosis.

Knows nothing of Django. Needs only the standard library, psycopg and the PostgreSQL binaries of a wheel.
"""
