"""What a simulation says: national measures, the account of the effect, who gains and who loses."""
