"""What every app needs of the database: who migrates, who may write what."""
