"""Pages of those who take part: employers, their delegates, partners; one skeleton, their own words."""
