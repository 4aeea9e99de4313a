"""Fields: one for each kind of fact of the model, all with the same manners."""
