"""The library on disk: one SQLite file behind the contract of `polyseek.catalogue.contract`."""
