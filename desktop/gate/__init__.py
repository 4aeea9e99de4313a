"""Before the drafts and around them: unlocking, first start, locking, what protects them."""
