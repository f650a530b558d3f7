from ccmp.patient_migrate import PatientMigrate


class Command(PatientMigrate):
    """Changes the tables while everybody works."""
