"""Official documents: numbered without gaps, frozen when issued, printed by one renderer, verified by anybody."""
