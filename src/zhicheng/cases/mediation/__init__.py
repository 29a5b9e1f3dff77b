"""What the steps of a mediation ask for."""
