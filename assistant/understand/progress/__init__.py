"""What officers say and ask about how far their work is: from words to typed records."""
