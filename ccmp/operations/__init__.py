"""What keeps the programme running and brings it back: backups, health, figures for the machine that watches, safe changes of tables."""
