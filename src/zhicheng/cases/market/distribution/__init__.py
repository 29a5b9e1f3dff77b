"""Which market administration handles a complaint or report: distribution 分送 and disputes about it."""
