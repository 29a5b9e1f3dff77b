"""What lists and pages cost somebody who reads: `ZHICHENG_HOME=… python bench/lists.py`, the home filled before.

Every list is asked for as every role, through the product's whole stack in this process (session, middleware,
templates), in turn with a bare view that reads the same rows by their keys and writes them into a plain table.
Prints the median and the 95th percentile in milliseconds, the bare view's median, and the ratio of the medians.
"""

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.config.settings")


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=15, help="how often each page is asked for (default 15)")
    parser.add_argument("--only", default="", help="only lines that contain this text")
    parser.add_argument("--exports", action="store_true", help="also what exports take, and the memory they need")
    options = parser.parse_args()
    django.setup()
    from django.conf import settings

    from exporting import print_exports
    from reading import print_lists, print_pages

    with settings.EMBEDDED.running():
        print_lists(options.times, options.only)
        print_pages(options.times, options.only)
        if options.exports:
            print_exports()


if __name__ == "__main__":
    main()
