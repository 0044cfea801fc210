// Leaks are found by comparing the whole host before and after a test, and many tests watch state that all share.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
