def load_questions(*, paths):
    return {}
