"""The hotline's desk: taking calls, the queue of call-backs, and the knowledge that answers reporters."""
