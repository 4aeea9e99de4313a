"""The open drafts without a widget: the keeper, the dossier on the table, and what pages and lists draw of them."""
