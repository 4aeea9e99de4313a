"""What a convention's folder may say: the shape of its TOML, before its rules are compiled."""
