"""Draws that everybody can repeat: who is visited and by whom, by hashes of public randomness.

First the inputs are committed to (`commitment`), then public randomness becomes known (`randomness`), and from
both the draw follows (`drawing`): units by Pareto order sampling in each stratum, inspectors without conflicts.
The result is published as JSON (`publishing`) and, with all that is needed to repeat it, as a bundle (`bundle`,
`verification`). Who replaces whom (`reserve`), and how likely each unit was to be drawn (`inclusion`).
"""
