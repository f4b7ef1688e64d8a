"""Made models: everyday things from a seed, with numpy only; for the demo, tests and training."""
