"""What every endpoint of the API stands on: problem documents, strict fields, pages by cursor. Knows no app."""
