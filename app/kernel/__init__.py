"""The few ideas everything else is made of; standard library only."""
