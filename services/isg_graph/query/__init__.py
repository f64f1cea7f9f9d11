"""Every query of the contract as a pure function of a view and its arguments, one file a family."""
