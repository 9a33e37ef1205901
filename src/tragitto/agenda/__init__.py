"""Things to do and by when: deadlines with the articles and the rows of the law they rest on."""
