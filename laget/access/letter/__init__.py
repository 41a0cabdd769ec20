"""Another secure way in, for those who can't have an electronic id: by a letter, a password and a code from an app."""
