"""Fills a home that was set up: `ZHICHENG_HOME=… python bench/fill.py --cases 300000`. How: see `filling.py`."""

import argparse
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhicheng.config.settings")


def main() -> None:
    """Fills a home that holds no case yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=300_000)
    count: int = parser.parse_args().cases
    django.setup()
    from filling import fill_home

    fill_home(count)


if __name__ == "__main__":
    main()
