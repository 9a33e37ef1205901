"""The law: dated legal parameters with their citations, counting of terms, holidays of Italy and Morocco."""
