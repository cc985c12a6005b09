"""Forms of the writers and the editors: they turn what was typed into facts and never save."""
