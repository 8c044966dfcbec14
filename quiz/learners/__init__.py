"""A learner as a whole: going on in another browser, merging two of them, forgetting one."""
