"""Market reports (举报): leads on a breach of law that the market administration verifies."""
