"""What keeps the programme running and brings it back: backups, health, figures for whoever watches, safe changes of tables."""
