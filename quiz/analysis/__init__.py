"""What a class made of a set: the live board, results, item statistics, and regrades."""
