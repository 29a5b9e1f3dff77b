"""The system administrator's page: how the installation is."""
