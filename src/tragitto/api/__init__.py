"""The door for programs: REST, version 1; tokens, problems in words, a description that machines read."""
