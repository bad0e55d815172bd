"""Letters as data: their texts, what fills them in, and what each of their readers may have."""
