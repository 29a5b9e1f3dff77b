"""What every HTTP interface of the house stands on: keys of programs, problems, cursors, requests sent twice."""
