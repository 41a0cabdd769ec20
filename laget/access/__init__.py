"""Sign-in, who is acting, the gate, drafts, and receipts of what was already done."""
