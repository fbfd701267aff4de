"""What is kept: tables once, in SQLAlchemy Core; every row of a version is immutable."""
