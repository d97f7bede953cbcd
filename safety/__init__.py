"""How safe it is: phases, incidents, scores per voice. Nothing is kept here yet, so there is only the app itself."""
