"""Documents as records: reading, Vietnamese text, deadlines, agencies, task tables and passages."""
