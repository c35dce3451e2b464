"""Pages of the registrar: editions of the register, agencies."""
