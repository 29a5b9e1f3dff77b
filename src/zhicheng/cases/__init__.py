"""Cases: the closed loop of complaint, analysis, rectification and call-back."""
