"""The base of every error of this package that a person has to mend."""


class RuntimeFault(Exception):
    """Its message says what is wrong and what to do; a command line prints it without a traceback."""
