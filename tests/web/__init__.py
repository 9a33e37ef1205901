"""Pages by the test client, and the parts they are made of."""
