"""The pipeline scan -> load -> represent -> encode -> record: incremental, resumable, isolated."""
