"""Reply templates: texts that a body writes again and again, with blanks that the case fills."""
