"""Networks: one file each, pure PyTorch."""
